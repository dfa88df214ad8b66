using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WeChatPay.Encryption;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

public sealed class JsonBodyWriterTests
{
    private static OrderRequest Order() => new() { Appid = "wx1", Amount = new() { Total = 100, Currency = "CNY" } };

    internal static string Write(IWeChatPayRequest request) => Encoding.UTF8.GetString(JsonBody.Write(request, null).Bytes.Span);

    private static ArgumentException Fails(OrderRequest request) => Assert.Throws<ArgumentException>(() => Write(request));

    [Fact]
    public void Members_that_are_not_set_are_left_out()
        => Assert.Equal("""{"appid":"wx1","amount":{"total":100,"currency":"CNY"}}""", Write(Order()));

    [Fact]
    public void A_default_time_or_enumeration_is_left_out_and_an_empty_text_or_list_is_written()
    {
        var order = Order();
        order.Appid = "";
        order.TimeExpire = default(WeChatPayTime);
        order.GoodsDetail = [];
        order.Tags = [""];
        order.PayerName = "";
        Assert.Equal("""{"appid":"","amount":{"total":100,"currency":"CNY"},"goods_detail":[],"tags":[""],"payer_name":""}""", Write(order));
    }

    [Fact]
    public void Members_that_are_set_are_written_as_UTF8_text()
    {
        var order = Order();
        order.TimeExpire = new DateTimeOffset(2025, 10, 9, 16, 53, 20, 123, TimeSpan.FromHours(8));
        order.GoodsDetail = [new() { GoodsId = "1", Name = "苹果 <&'+>\"\n\0", Part = new() { Name = "半" } }];
        order.LimitPay = [new("no_credit"), new("new \\")];
        order.SupportFapiao = false;
        order.SceneInfo = JsonDocument.Parse("""{"a":[1.50,null,"中"]}""").RootElement;
        order.ExtraProperties = new JsonObject { ["settle_info"] = new JsonObject { ["profit_sharing"] = true }, ["nothing"] = null };
        Assert.Equal(
            """{"appid":"wx1","time_expire":"2025-10-09T16:53:20+08:00","amount":{"total":100,"currency":"CNY"},"goods_detail":[{"goods_id":"1","name":"苹果 <&'+>\"\n\u0000","part":{"name":"半"}}],"limit_pay":["no_credit","new \\"],"support_fapiao":false,"scene_info":{"a":[1.50,null,"中"]},"settle_info":{"profit_sharing":true}}""",
            Write(order));
    }

    [Fact]
    public void A_request_without_body_members_is_an_empty_object() => Assert.Equal("{}", Write(new NoMembers()));

    [Fact]
    public void Each_body_has_bytes_of_its_own()
    {
        var first = JsonBody.Write(Order(), null);
        var copy = first.Bytes.ToArray();
        var other = Order();
        other.Appid = "something else";
        JsonBody.Write(other, null);
        Assert.Equal(copy, first.Bytes.ToArray());
    }

    [Fact]
    public void A_required_member_that_is_not_set_is_named_by_its_path()
    {
        var order = Order();
        order.Amount.Currency = null;
        var failure = Fails(order);
        Assert.Equal("amount.currency", failure.ParamName);
        Assert.StartsWith("The request member 'amount.currency' is required but not set.", failure.Message, StringComparison.Ordinal);

        order = Order();
        order.Amount = null!;
        Assert.Equal("amount", Fails(order).ParamName);

        order = Order();
        order.Appid = null!;
        Assert.Equal("appid", Fails(order).ParamName);

        order = Order();
        order.GoodsDetail = [new() { Name = "a" }, new() { Name = "b", Part = new() { GoodsId = "x" } }];
        Assert.Equal("goods_detail[1].part.name", Fails(order).ParamName);
    }

    [Fact]
    public void A_failure_leaves_no_trace_in_the_next_body()
    {
        var order = Order();
        order.Amount.Currency = null;
        Fails(order);
        Assert.Equal("""{"appid":"wx1","amount":{"total":100,"currency":"CNY"}}""", Write(Order()));
    }

    [Fact]
    public void A_null_element_is_named_by_its_index()
    {
        var order = Order();
        order.Tags = ["a", null!];
        Assert.Equal("tags[1]", Fails(order).ParamName);

        order = Order();
        order.GoodsDetail = [new() { Name = "a" }, null!];
        Assert.Equal("goods_detail[1]", Fails(order).ParamName);

        order = Order();
        order.LimitPay = [null!];
        Assert.Equal("limit_pay[0]", Fails(order).ParamName);
    }

    // Numbers, because half a character does not survive in an attribute.
    [Theory]
    [InlineData(0xD83C, 0xDF4E)]
    [InlineData(0xD83C, ' ')]
    [InlineData(' ', 0xDF4E)]
    public void Emoji_and_half_characters_are_refused_with_the_path(int first, int second)
    {
        var text = "juice " + (char)first + (char)second;
        var order = Order();
        order.GoodsDetail = [new() { Name = text }];
        var failure = Fails(order);
        Assert.Equal("goods_detail[0].name", failure.ParamName);
        Assert.DoesNotContain(text, failure.Message, StringComparison.Ordinal);

        order = Order();
        order.Tags = ["x", text];
        Assert.Equal("tags[1]", Fails(order).ParamName);

        order = Order();
        order.TimeExpire = text;
        Assert.Equal("time_expire", Fails(order).ParamName);
    }

    [Fact]
    public void Emoji_in_raw_JSON_and_in_extra_members_are_refused_with_the_path()
    {
        var order = Order();
        order.SceneInfo = JsonDocument.Parse("""{"a":["x","\ud83c\udf4e"]}""").RootElement;
        Assert.Equal("scene_info", Fails(order).ParamName);

        order = Order();
        order.SceneInfo = JsonDocument.Parse("\"🍎\"").RootElement;
        Assert.Equal("scene_info", Fails(order).ParamName);

        order = Order();
        order.ExtraProperties = new JsonObject { ["ok"] = "\\ud83c is plain text", ["bad"] = "🍎" };
        Assert.Equal("bad", Fails(order).ParamName);
    }

    [Fact]
    public void An_extra_member_that_the_model_has_written_is_refused()
    {
        var order = Order();
        order.ExtraProperties = new JsonObject { ["currency"] = "at the root this name is free", ["appid"] = "wx2" };
        var failure = Fails(order);
        Assert.Equal("appid", failure.ParamName);
        Assert.Contains("given twice", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_holds_itself_is_refused()
    {
        var goods = new OrderRequestGoods { Name = "a" };
        goods.Part = goods;
        var order = Order();
        order.GoodsDetail = [goods];
        Assert.Contains("nested too deeply", Fails(order).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_from_many_threads_mixes_nothing()
    {
        Parallel.For(0, 2000, i =>
        {
            var order = Order();
            order.Appid = $"wx{i}";
            Assert.Equal($$$"""{"appid":"wx{{{i}}}","amount":{"total":100,"currency":"CNY"}}""", Write(order));
        });
    }

    [Fact]
    public void Encrypted_members_are_OAEP_with_the_named_key_and_the_request_is_not_changed()
    {
        using var rsa = RSA.Create(2048);
        var order = Order();
        order.PayerName = "张三𠮷";
        order.OtherNames = ["李四", ""];
        var body = JsonBody.Write(order, new SensitiveEncryptor("PUB_KEY_ID_1", rsa));

        Assert.Equal("PUB_KEY_ID_1", body.EncryptedWithSerial);
        Assert.Equal("张三𠮷", order.PayerName);
        using var json = JsonDocument.Parse(body.Bytes);
        Assert.Equal("张三𠮷", Decrypt(json.RootElement.GetProperty("payer_name")));
        Assert.Equal("李四", Decrypt(json.RootElement.GetProperty("other_names")[0]));
        Assert.Equal("", json.RootElement.GetProperty("other_names")[1].GetString());

        string Decrypt(JsonElement element) => Encoding.UTF8.GetString(rsa.Decrypt(Convert.FromBase64String(element.GetString()!), RSAEncryptionPadding.OaepSHA1));
    }

    [Fact]
    public void A_body_without_encrypted_values_names_no_key()
    {
        using var rsa = RSA.Create(2048);
        var order = Order();
        order.PayerName = "";
        Assert.Null(JsonBody.Write(order, new SensitiveEncryptor("PUB_KEY_ID_1", rsa)).EncryptedWithSerial);
    }

    [Fact]
    public void A_text_too_long_for_the_key_is_refused_with_the_path()
    {
        using var rsa = RSA.Create(2048);
        var encryptor = new SensitiveEncryptor("PUB_KEY_ID_1", rsa);
        var order = Order();
        order.PayerName = new string('a', 214);
        JsonBody.Write(order, encryptor);
        order.PayerName = new string('中', 71) + "a";
        JsonBody.Write(order, encryptor);

        order.PayerName += "b";
        var failure = Assert.Throws<ArgumentException>(() => JsonBody.Write(order, encryptor));
        Assert.Equal("payer_name", failure.ParamName);
        Assert.Contains("214", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("中", failure.ToString(), StringComparison.Ordinal);

        order.PayerName = null;
        order.OtherNames = ["a", "\ud800"];
        Assert.Equal("other_names[1]", Assert.Throws<ArgumentException>(() => JsonBody.Write(order, encryptor)).ParamName);
    }

    [Fact]
    public void An_encrypted_member_without_a_key_is_refused()
    {
        var order = Order();
        order.PayerName = "张三";
        Assert.Equal("payer_name", Fails(order).ParamName);
    }

    private sealed class NoMembers : IWeChatPayRequest;
}
