using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Random documents: read as System.Text.Json sees them, in any order of members, and never with another exception than ours.</summary>
public sealed class JsonPropertyTests
{
    // Any character but halves of pairs; controls, quotes, backslashes and Chinese among them.
    private static readonly Gen<string> PlainText =
        Gen.Frequency((4, Gen.Char[' ', '~']), (2, Gen.Char['\u4e00', '\u9fff']), (1, Gen.Char['\0', '\u007f']), (1, Gen.Char['\ue000', '\uffff'])).Array[0, 24]
            .Select(characters => new string(characters));

    private static readonly Gen<string> AnyText = Gen.Frequency((3, PlainText), (1, PlainText.Select(text => text + "🍎")));

    private static readonly Gen<JsonNode?> Number = Gen.Long.Select(n => (JsonNode?)JsonValue.Create(n));
    private static readonly Gen<JsonNode?> Text = AnyText.Select(t => (JsonNode?)JsonValue.Create(t));

    private static readonly Gen<JsonNode?> Unknown = Gen.Recursive<JsonNode?>((depth, inner) => depth > 3
        ? Number
        : Gen.OneOf(
            Number,
            Text,
            Gen.Const((JsonNode?)null),
            inner.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)])),
            Gen.Select(PlainText, inner).Array[0, 3].Select(Members)));

    private static readonly Gen<JsonNode?> Amount = Object(("total", Number), ("currency", Text));
    private static readonly Gen<JsonNode?> Goods = Object(("goods_id", Text), ("price", Number), ("parts", ListOf(Object(("price", Number)))));

    // Unknown members have names that no model has.
    private static readonly Gen<JsonNode?> Answer = Object(
        ("out_trade_no", Text), ("trade_state", Text), ("success_time", Text), ("bill_date", Text), ("amount", Amount), ("goods_detail", ListOf(Goods)),
        ("tags", ListOf(Text)), ("numbers", ListOf(Number)), ("states", ListOf(Text)),
        ("closed", Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b))), ("scene_info", Unknown), ("unknown_1", Unknown), ("unknown_2", Unknown), ("unknown_3", Unknown));

    [Fact]
    public void A_document_is_read_as_System_Text_Json_sees_it()
        => Answer.Sample(
            node =>
            {
                using var seen = JsonDocument.Parse(node!.ToJsonString());
                AssertSame(seen.RootElement, Read(node.ToJsonString()));
                AssertSame(seen.RootElement, Read(node.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
            },
            iter: 2000);

    [Fact]
    public void The_order_of_members_makes_no_difference()
        => Gen.Select(Answer, Gen.Int).Sample(
            (node, seed) =>
            {
                using var seen = JsonDocument.Parse(node!.ToJsonString());
                AssertSame(seen.RootElement, Read(Shuffle(node, new Random(seed))!.ToJsonString()));
            },
            iter: 2000);

    [Fact]
    public void What_is_written_System_Text_Json_reads_back()
        => Gen.Select(PlainText, Gen.Long, PlainText.Null(), PlainText.Array[0, 3], Gen.Bool.Nullable(), Unknown.Where(IsPlain)).Sample(
            (appid, total, expire, tags, fapiao, scene) =>
            {
                var request = new OrderRequest
                {
                    Appid = appid,
                    Amount = new() { Total = total, Currency = appid },
                    TimeExpire = expire,
                    Tags = tags,
                    GoodsDetail = [.. tags.Select(tag => new OrderRequestGoods { Name = tag, Part = new() { Name = appid } })],
                    SupportFapiao = fapiao,
                    SceneInfo = JsonSerializer.SerializeToElement(scene),
                    ExtraProperties = new JsonObject { ["extra"] = Copy(scene) },
                };
                using var json = JsonDocument.Parse(JsonBody.Write(request, null).Bytes);
                var root = json.RootElement;
                Assert.Equal(appid, root.GetProperty("appid").GetString());
                Assert.Equal(total, root.GetProperty("amount").GetProperty("total").GetInt64());
                Assert.Equal(appid, root.GetProperty("amount").GetProperty("currency").GetString());
                Assert.Equal(expire, root.TryGetProperty("time_expire", out var time) ? time.GetString() : null);
                Assert.Equal(tags, root.GetProperty("tags").EnumerateArray().Select(e => e.GetString()));
                Assert.Equal(tags, root.GetProperty("goods_detail").EnumerateArray().Select(e => e.GetProperty("name").GetString()));
                Assert.Equal(fapiao, root.TryGetProperty("support_fapiao", out var flag) ? flag.GetBoolean() : null);
                foreach (var name in (string[])["scene_info", "extra"])
                {
                    Assert.Equal(scene is not null, root.TryGetProperty(name, out var raw));
                    if (scene is not null)
                        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(raw.GetRawText()), scene));
                }
            },
            iter: 1000);

    [Fact]
    public void A_damaged_document_is_read_or_refused_and_nothing_else()
        => Gen.Select(Answer, Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 3]).Array[1, 6]).Sample(
            (node, changes) => OursOnly(Damage(Encoding.UTF8.GetBytes(node!.ToJsonString()), changes)),
            iter: 5000);

    [Fact]
    public void Random_bytes_are_read_or_refused_and_nothing_else()
    {
        Gen.Byte.Array[0, 64].Sample(OursOnly, iter: 5000);
        string[] pieces = ["{", "}", "[", "]", ":", ",", "\"", "\"amount\":", "\"total\":", "\"goods_detail\":[", "\"parts\":[", "1", "-", "1.5", "e5", "\\", "\\u0061", "\\ud800", "null", "true", " ", "\"\"", "\"x\":"];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 40].Select(string.Concat).Sample(text => OursOnly(Encoding.UTF8.GetBytes("{" + text)), iter: 20_000);
    }

    [Fact]
    public void A_damaged_envelope_or_resource_never_crashes_a_receiver()
    {
        var receiver = NotificationMaker.Receiver();
        Gen.Select(Gen.Const(NotificationMaker.Payment), Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 3]).Array[1, 4]).Sample(
            (resource, changes) =>
            {
                try
                {
                    var maker = NotificationMaker.Make(Encoding.Latin1.GetString(Damage(Encoding.UTF8.GetBytes(resource), changes)));
                    receiver.ReadAsync(maker.Message()).AsTask().GetAwaiter().GetResult().As<PaymentResource>();
                }
                catch (WeChatPayException)
                {
                }

                try
                {
                    var maker = NotificationMaker.Make();
                    maker.Body = Damage(maker.Body, changes);
                    receiver.ReadAsync(maker.Sign().Message()).AsTask().GetAwaiter().GetResult().As<PaymentResource>();
                }
                catch (Exception e) when (e is WeChatPayException || (e is InvalidOperationException && e.Message.Contains("is the resource of", StringComparison.Ordinal)))
                {
                }
            },
            iter: 500);
    }

    private static OrderAnswer Read(string json) => JsonBody.Read<OrderAnswer>(Encoding.UTF8.GetBytes(json), null);

    private static void OursOnly(byte[] json)
    {
        try
        {
            JsonBody.Read<OrderAnswer>(json, null);
            // What we take System.Text.Json takes as well, but for the byte order mark.
            JsonDocument.Parse(json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsMemory(3) : json.AsMemory()).Dispose();
        }
        catch (JsonBodyException)
        {
        }
    }

    private static byte[] Damage(byte[] json, (int At, byte Value, int Kind)[] changes)
    {
        var bytes = new List<byte>(json);
        foreach (var (at, value, kind) in changes)
        {
            var place = at % (bytes.Count + 1);
            if (kind == 0 && place < bytes.Count)
                bytes[place] = value;
            else if (kind == 1 && place < bytes.Count)
                bytes.RemoveAt(place);
            else if (kind == 2)
                bytes.Insert(place, value);
            else
                bytes.RemoveRange(place, bytes.Count - place);
            if (bytes.Count == 0)
                break;
        }

        return [.. bytes];
    }

    private static void AssertSame(JsonElement seen, OrderAnswer read)
    {
        Assert.Equal(TextOf(seen, "out_trade_no"), read.OutTradeNo);
        Assert.Equal(TextOf(seen, "trade_state"), read.TradeState?.Value);
        Assert.Equal(TextOf(seen, "success_time"), read.SuccessTime?.Text);
        Assert.Equal(TextOf(seen, "bill_date"), read.BillDate?.Text);
        Assert.Equal(Has(seen, "amount", out var amount), read.Amount is not null);
        if (read.Amount is not null)
        {
            Assert.Equal(NumberOf(amount, "total"), read.Amount.Total);
            Assert.Equal(TextOf(amount, "currency"), read.Amount.Currency);
        }

        Assert.Equal(Has(seen, "goods_detail", out var goods), read.GoodsDetail is not null);
        if (read.GoodsDetail is not null)
        {
            var items = goods.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null).ToList();
            Assert.Equal(items.Select(e => (TextOf(e, "goods_id"), NumberOf(e, "price"))), read.GoodsDetail.Select(g => (g.GoodsId, g.Price)));
            Assert.Equal(
                items.Select(e => Has(e, "parts", out var parts) ? string.Join(',', parts.EnumerateArray().Where(p => p.ValueKind != JsonValueKind.Null).Select(p => NumberOf(p, "price")?.ToString(CultureInfo.InvariantCulture))) : null),
                read.GoodsDetail.Select(g => g.Parts is null ? null : string.Join(',', g.Parts.Select(p => p.Price?.ToString(CultureInfo.InvariantCulture)))));
        }

        Assert.Equal(ListOf(seen, "tags", e => e.GetString()!), read.Tags);
        Assert.Equal(ListOf(seen, "states", e => e.GetString()!), read.States?.Select(s => s.Value!));
        Assert.Equal(ListOf(seen, "numbers", e => e.GetInt64()), read.Numbers);
        Assert.Equal(Has(seen, "closed", out var closed) ? closed.GetBoolean() : null, read.Closed);
        Assert.Equal(Has(seen, "scene_info", out var scene), read.SceneInfo is not null);
        if (read.SceneInfo is { } info)
            Assert.True(JsonElement.DeepEquals(scene, info));
    }

    private static bool Has(JsonElement element, string name, out JsonElement value)
        => element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static string? TextOf(JsonElement element, string name) => Has(element, name, out var value) ? value.GetString() : null;

    private static long? NumberOf(JsonElement element, string name) => Has(element, name, out var value) ? value.GetInt64() : null;

    private static List<T>? ListOf<T>(JsonElement element, string name, Func<JsonElement, T> read)
        => Has(element, name, out var value) ? [.. value.EnumerateArray().Where(e => e.ValueKind != JsonValueKind.Null).Select(read)] : null;

    // Each member is there, null, or missing.
    private static Gen<JsonNode?> Object(params (string Name, Gen<JsonNode?> Value)[] members)
        => Gen.Select(
            Gen.Int[0, 5].Array[members.Length],
            Gen.Int.Array[members.Length].Select(seeds => seeds),
            Sequence([.. members.Select(m => m.Value)]),
            (kinds, _, values) =>
            {
                var node = new JsonObject();
                for (var i = 0; i < members.Length; i++)
                {
                    if (kinds[i] > 0)
                        node[members[i].Name] = kinds[i] == 1 ? null : Copy(values[i]);
                }

                return (JsonNode?)node;
            });

    private static Gen<JsonNode?[]> Sequence(Gen<JsonNode?>[] parts)
        => parts.Aggregate(Gen.Const(Array.Empty<JsonNode?>()), (all, part) => Gen.Select(all, part, (head, tail) => (JsonNode?[])[.. head, tail]));

    // Some elements are null.
    private static Gen<JsonNode?> ListOf(Gen<JsonNode?> element)
        => Gen.Frequency((4, element), (1, Gen.Const((JsonNode?)null))).Array[0, 4].Select(List);

    private static JsonNode? List(JsonNode?[] items) => new JsonArray([.. items.Select(Copy)]);

    private static JsonNode? Members((string Name, JsonNode? Value)[] members)
    {
        var node = new JsonObject();
        foreach (var (name, value) in members)
            node[name] = Copy(value);
        return node;
    }

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static bool IsPlain(JsonNode? node) => node is null || MemberError.IsPlainJson(Encoding.UTF8.GetBytes(node.ToJsonString()));

    private static JsonNode? Shuffle(JsonNode? node, Random random)
    {
        if (node is JsonArray array)
            return new JsonArray([.. array.Select(item => Shuffle(item, random))]);
        if (node is not JsonObject members)
            return Copy(node);
        var shuffled = members.ToArray();
        random.Shuffle(shuffled);
        return Members([.. shuffled.Select(member => (member.Key, Shuffle(member.Value, random)))]);
    }
}
