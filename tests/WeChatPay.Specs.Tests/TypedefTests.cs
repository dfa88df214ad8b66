using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Notifications whose types are JSDoc typedefs, completed by samples.</summary>
public sealed class TypedefTests
{
    private const string Path = "specs/webhook/v3/PARCEL.ARRIVED.md";

    private const string Whole = """
        ---
        title: 包裹送达通知
        description: 包裹送达时发出
        ---

        # {{ $frontmatter.title }} {#post}

        {{ $frontmatter.description }} [官方文档](https://docs.example.com/parcel)

        ```js twoslash
        /**
         * @typedef RequestHeader
         * @prop {string} wechatpay-nonce
         * @prop {string} wechatpay-serial
         *
         * @typedef RequestJsonData
         * @prop {string} id - 通知的唯一ID
         * @prop {'PARCEL.ARRIVED'} event_type
         * @prop {{algorithm: string, original_type: 'parcel', ciphertext: string}} resource
         */
        /**
         * @typedef PlainObject
         * @prop {string} parcel_no - 包裹号
         * @prop {number} weight
         * @prop {?boolean} fragile
         * @prop {'SENT'|'ARRIVED'} state
         * @prop {{amount:number, unit: string=}[]=} fees
         * @prop {string|Date} arrive_time
         * @prop {{
         *   name: string,
         *   address: { city: string, lines: string[] }
         * }} receiver
         */
        import { Aes } from 'library'
        // ---cut---
        export const handler = (request) => Aes.decrypt(request)
        ```

        ::: details 通知数据示例
        ```json
        { "id": "x", "event_type": "PARCEL.ARRIVED", "resource": { "original_type": "parcel", "ciphertext": "..." } }
        ```
        :::

        ::: details 解密后的明文格式
        ```json
        { "parcel_no": "P1", "weight": 3, "fees": [ { "amount": 1 } ], "receiver": { "name": "a", "address": { "city": "b", "lines": [] } } }
        ```
        :::
        """;

    private static string Page(string props, string sample = "") => "# 通知\n\n```js twoslash\n/**\n * @typedef PlainObject\n" + props + "\n */\n```\n\n::: details 解密后的明文格式\n```json\n" + sample + "\n```\n:::\n";

    private static string[] Members(SpecReadResult result)
        => [.. Assert.Single(result.File.Notifications).Resource.Members.Select(m => m.WireName + ": " + Spec.Show(m.Type))];

    [Fact]
    public void A_notification_of_typedefs()
    {
        var notification = Assert.Single(Spec.Clean(Whole, Path).Notifications);
        Assert.Equal((3, "PARCEL.ARRIVED", "parcel", "Webhook.V3", "ParcelArrived"), (notification.Version, notification.EventType, notification.OriginalType, notification.Namespace, notification.Resource.TypeName));
        Assert.Equal((NotificationProtection.AeadResource, NotificationWireFormat.Json), (notification.Protection, notification.WireFormat));
        Assert.Empty(notification.Variants);
        Assert.Equal(
            [
                "parcel_no: Text", "weight: Integer", "fragile: Boolean", "state: ParcelArrivedState (Sent=SENT, Arrived=ARRIVED)",
                "fees: List of ParcelArrivedFees { amount: Integer, unit: Text }", "arrive_time: Time DateTime",
                "receiver: ParcelArrivedReceiver { name: Text, address: ParcelArrivedReceiverAddress { city: Text, lines: List of Text } }",
            ],
            notification.Resource.Members.Select(m => m.WireName + ": " + Spec.Show(m.Type)));
        Assert.Equal("包裹号", notification.Resource.Members[0].Documentation.Title);
        Assert.Equal("包裹送达通知", notification.Documentation.Title);
    }

    [Fact]
    public void Line_ends_of_Windows_change_nothing()
        => Assert.Equal(Spec.Clean(Whole, Path).Notifications, Spec.Clean(Whole.ReplaceLineEndings("\r\n"), Path).Notifications);

    [Theory]
    [InlineData("{string=} a", "a: Text")]
    [InlineData("{?string} a", "a: Text")]
    [InlineData("{!number} a", "a: Integer")]
    [InlineData("{Array.<string>} a", "a: List of Text")]
    [InlineData("{Array<{b: number}>} a", "a: List of ParcelArrivedA { b: Integer }")]
    [InlineData("{Object.<string, number>} a", "a: Json")]
    [InlineData("{*} a", "a: Json")]
    [InlineData("{string} [a] - optional", "a: Text")]
    [InlineData("{string} [a=b]", "a: Text")]
    [InlineData("{string|number} a", "a: TextOrNumber")]
    [InlineData("{{b, c}} a", "a: ParcelArrivedA { b: Json, c: Json }")]
    [InlineData("{Object} a\n * @prop {string} a.b\n * @prop {number} [a.c] - 数", "a: ParcelArrivedA { b: Text, c: Integer }")]
    [InlineData("{Object[]} a\n * @prop {string} a[].b", "a: List of ParcelArrivedA { b: Text }")]
    [InlineData("{Array.<Object>} a\n * @prop {string} a.b", "a: List of ParcelArrivedA { b: Text }")]
    [InlineData("{Array} a\n * @prop {{c: string}} a.b\n * @prop {number} a.b.d", "a: List of ParcelArrivedA { b: ParcelArrivedAB { c: Text, d: Integer } }")]
    [InlineData("{string} a[].b", "a: List of ParcelArrivedA { b: Text }")]
    [InlineData("{string} a.b.c", "a: ParcelArrivedA { b: ParcelArrivedAB { c: Text } }")]
    public void Forms_of_Closure(string prop, string member)
    {
        var result = Spec.Read(Page(" * @prop " + prop), Path);
        Assert.Empty(result.Diagnostics.Select(d => d.ToString()));
        Assert.Equal([member], Members(result));
    }

    [Theory]
    [InlineData(" * @prop {{b: string} a\n * @prop {string} z", "WXP0064", "{", "a: ParcelArrivedA { b: Text }")]
    [InlineData(" * @prop {string a\n * @prop {string} z", "WXP0064", "{", "a: Text")]
    [InlineData(" * @prop {{b: {c: string}} a\n * @prop {string} z", "WXP0064", "{", "a: ParcelArrivedA { b: ParcelArrivedAB { c: Text } }")]
    [InlineData(" * @prop {string}} a\n * @prop {string} z", "WXP0064", "}", "a: Text")]
    [InlineData(" * @prop {{b: string}}[] a\n * @prop {string} z", "WXP0064", "[]", "a: List of ParcelArrivedA { b: Text }")]
    [InlineData(" * @prop {b: string}[]} a\n * @prop {string} z", "WXP0064", "[]", "a: List of ParcelArrivedA { b: Text }")]
    [InlineData(" * @prop {b: string} a\n * @prop {string} z", "WXP0064", "{", "a: ParcelArrivedA { b: Text }")]
    [InlineData(" * {number} a\n * @prop {string} z", "WXP0064", "{number} a", "a: Integer")]
    [InlineData(" * a\n * @prop {string} z", "WXP0064", "a", "a: Text")]
    [InlineData(" * @prop a\n * @prop {string} z", "WXP0064", "a", "a: Text")]
    [InlineData(" * @porp {string} a\n * @prop {string} z", "WXP0064", "@porp {string} a", "a: Text")]
    [InlineData(" * @prop {bool} a\n * @prop {string} z", "WXP0030", "bool", "a: Boolean")]
    public void Mistakes_cost_nothing_but_a_warning_at_their_place(string props, string id, string marked, string member)
    {
        var text = Page(props);
        var result = Spec.Read(text, Path);
        Assert.Equal((id, SpecSeverity.Warning), (Spec.Only(result).Descriptor.Id, Spec.Only(result).Descriptor.Severity));
        Assert.Equal(marked, Spec.Marked(text, Spec.Only(result)));
        Assert.Equal([member, "z: Text"], Members(result));
    }

    [Theory]
    [InlineData("{{}} a", "{ \"a\": { \"b\": 1 } }", "a: ParcelArrivedA { b: Integer }")]
    [InlineData("{object} a", "{ \"a\": [ { \"b\": true } ] }", "a: List of ParcelArrivedA { b: Boolean }")]
    [InlineData("{string} a", "{ \"a\": { \"b\": \"c\" } }", "a: ParcelArrivedA { b: Text }")]
    [InlineData("{[]} a", "{ \"a\": [ \"x\" ] }", "a: List of Text")]
    [InlineData("{{b: string}} a", "{ \"a\": [ { \"b\": \"c\", \"d\": 1 } ] }", "a: List of ParcelArrivedA { b: Text, d: Integer }")]
    [InlineData("{{b: string}[]} a", "{ \"a\": { \"b\": \"c\" } }", "a: ParcelArrivedA { b: Text }")]
    [InlineData("{string} a", "{ \"a\": 1 }", "a: TextOrNumber")]
    [InlineData("{number} a", "{ \"a\": 1.5 }", "a: Decimal")]
    [InlineData("{number} a", "{ \"a\": \"2020-01-01\" }", "a: Text")]
    public void A_sample_corrects_what_is_opaque_or_wrong(string prop, string sample, string member)
    {
        var result = Spec.Read(Page(" * @prop " + prop, sample), Path);
        Assert.All(result.Diagnostics, d => Assert.Equal(("WXP0063", SpecSeverity.Info), (d.Descriptor.Id, d.Descriptor.Severity)));
        Assert.NotEmpty(result.Diagnostics);
        Assert.Equal([member], Members(result));
    }

    [Fact]
    public void A_sample_adds_what_is_missing()
    {
        var text = Page(" * @prop {string} a\n * @prop {{b: string}} o", "{ \"a\": \"1\", \"o\": { \"b\": \"2\", \"c\": 3 }, \"list\": [ { \"x\": 1 }, { \"y\": \"2\" } ] }");
        var result = Spec.Read(text, Path);
        Assert.Equal(["a: Text", "o: ParcelArrivedO { b: Text, c: Integer }", "list: List of ParcelArrivedList { x: Integer, y: Text }"], Members(result));
        Assert.Equal(["\"c\"", "\"list\""], result.Diagnostics.Select(d => Spec.Marked(text, d)));
    }

    [Theory]
    [InlineData("{ \"a\": \"1\", }", ",")]
    [InlineData("{ \"a\t\": \"1\" }", "\"a\t\"")]
    [InlineData("{ \"a\": \"1\"", "{")]
    public void Mistakes_in_a_sample_are_information(string sample, string marked)
    {
        var text = Page(" * @prop {string} a", sample);
        var result = Spec.Read(text, Path);
        Assert.Equal(("WXP0065", SpecSeverity.Info), (Spec.Only(result).Descriptor.Id, Spec.Only(result).Descriptor.Severity));
        Assert.Equal(marked, Spec.Marked(text, Spec.Only(result)));
        Assert.Equal(["a: Text"], Members(result));
    }

    [Fact]
    public void The_file_names_the_event()
    {
        const string other = "specs/webhook/v3/PARCEL.LOST.md";
        var result = Spec.Read(Whole, other);
        Assert.Equal("WXP0062", Spec.Only(result).Descriptor.Id);
        Assert.Equal("'PARCEL.ARRIVED'", Spec.Marked(Whole, Spec.Only(result)));
        Assert.Equal(("PARCEL.LOST", "ParcelLost"), (result.File.Notifications[0].EventType, result.File.Notifications[0].Resource.TypeName));
    }

    [Fact]
    public void A_sample_alone_tells_the_content()
    {
        var text = "# X\n\n```js twoslash\n/**\n * @typedef RequestJsonData\n * @prop {string} id\n * @prop {{original_type: string}} resource\n */\n```\n\n```json\n{ \"id\": \"1\", \"resource\": { \"original_type\": \"parcel\", \"ciphertext\": \"c\" } }\n```\n\n::: details 解密后的明文格式\n```json\n{ \"a\": 1 }\n```\n:::\n";
        var result = Spec.Read(text, Path);
        Assert.Equal(["a: Integer"], Members(result));
        Assert.Equal("parcel", result.File.Notifications[0].OriginalType);
    }

    [Fact]
    public void A_payment_of_version_2_is_its_own_content()
    {
        var text = "# X\n\n```js twoslash\n/**\n * @typedef XmlDataRequest\n * @prop {string} appid\n * @prop {string} sign\n * @prop {string} coupon_id_$n\n */\n```\n\n"
            + "```xml\n<xml>\n <appid><![CDATA[a]]></appid>\n <sign>s</sign>\n <nonce_str>n</nonce_str>\n <total_fee >1</total_fee>\n <coupon_id_0>1</coupon_id_0>\n</xml>\n```\n";
        var result = Spec.Read(text, "specs/webhook/v2/PARCEL.PAID.md");
        Assert.Equal(["WXP0063", "WXP0063", "WXP0065"], Spec.Ids(result).Order());
        var notification = Assert.Single(result.File.Notifications);
        Assert.Equal((2, NotificationProtection.SignedPlain, NotificationWireFormat.Xml), (notification.Version, notification.Protection, notification.WireFormat));
        Assert.Equal(["appid", "sign", "coupon_id_$n", "nonce_str", "total_fee"], notification.Resource.Members.Select(m => m.WireName));
    }

    [Theory]
    [InlineData("req_info", NotificationProtection.RequestInfo)]
    [InlineData("event_ciphertext", NotificationProtection.SignedCiphertext)]
    public void An_encrypted_notification_of_version_2(string member, NotificationProtection protection)
    {
        var text = "# X\n\n```js twoslash\n/**\n * @typedef XmlDataRequest\n * @prop {string} appid\n * @prop {string} " + member + "\n * @typedef PlainObject\n * @prop {string} refund_id\n */\n```\n";
        var notification = Assert.Single(Spec.Clean(text, "specs/webhook/v2/PARCEL.BACK.md").Notifications);
        Assert.Equal(protection, notification.Protection);
        Assert.Equal(["refund_id"], notification.Resource.Members.Select(m => m.WireName));
    }

    [Theory]
    [InlineData("/** @typedef")]
    [InlineData("/** @typedef A @prop {{{{{{ x")]
    [InlineData("/**\n * @typedef A\n * @prop {}}}}} \n * @prop\n * @\n */")]
    [InlineData("/** @typedef A\n@prop {a.<} b\n@prop {'} c */")]
    public void Broken_typedefs_never_end_in_an_exception(string comment)
    {
        var result = Spec.Read("```js twoslash\n" + comment + "\n```\n\n```json\n{ \"a\": [ { ] }, : \n```\n", Path);
        Assert.NotEmpty(result.Diagnostics);
        Assert.DoesNotContain("WXP0010", Spec.Ids(result));
    }

    [Theory]
    [InlineData(" * @typedef A\n")]
    [InlineData(" * @prop {string} a\n")]
    [InlineData(" * a\n")]
    public void Endless_typedefs_are_cut(string line)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = Spec.Read("```js\n/**\n * @typedef A\n" + string.Concat(Enumerable.Repeat(line, 50_000)) + " */\n```\n", Path);
        Assert.NotEmpty(result.Diagnostics);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }

    [Fact]
    public void A_notification_whose_content_nothing_tells_is_known_all_the_same()
    {
        var result = Spec.Read("# 通知\n\n```js twoslash\n/**\n * @typedef RequestJsonData\n * @prop {'PARCEL.ARRIVED'} event_type\n * @prop {{ciphertext: string}} resource\n */\n```\n", Path);
        Assert.Equal("WXP0067", Spec.Only(result).Descriptor.Id);
        Assert.Empty(Assert.Single(result.File.Notifications).Resource.Members);
    }
}
