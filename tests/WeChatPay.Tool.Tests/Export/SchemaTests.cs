using System.Text.Json.Nodes;
using WeChatPay.Specs;
using WeChatPay.Specs.Model;
using WeChatPay.Tool.Loading;
using WeChatPay.Tool.OpenApi;

namespace WeChatPay.Tool.Tests.Export;

/// <summary>Parts of the model by hand, whatever the reader makes of documents.</summary>
public sealed class SchemaTests
{
    private static readonly ScalarType Text = new(ScalarKind.Text);

    [Fact]
    public void An_indexed_family_becomes_a_pattern()
    {
        var schema = new JsonObject();
        Member[] members = [Member("coupon_fee", Text), Member("coupon_id_$n", new ListType(Text)), Member("refund_id_$n_$m", new ListType(new ListType(Text)))];
        MemberSchemas.AddTo(schema, members, "V2.Sample", new TypeSchemas(new ComponentSchemas()));
        Assert.Equal(["coupon_fee"], schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(["^coupon_id_[0-9]+$", "^refund_id_[0-9]+_[0-9]+$"], schema["patternProperties"]!.AsObject().Select(property => property.Key));
        Assert.Equal("string", (string?)schema["patternProperties"]!["^refund_id_[0-9]+_[0-9]+$"]!["type"]);
        Assert.Equal("coupon_id_$n", (string?)schema["patternProperties"]!["^coupon_id_[0-9]+$"]!["x-wechatpay-family"]);
    }

    [Fact]
    public void A_name_that_is_no_component_key_is_written_in_ascii_and_two_schemas_never_share_a_key()
    {
        var components = new ComponentSchemas();
        Assert.Equal("#/components/schemas/V3.A_u94F6", Reference("V3.A银", "one"));
        Assert.Equal("#/components/schemas/V3.A_u94F6", Reference("V3.A银", "one"));
        Assert.Equal("#/components/schemas/V3.A_u94F6_2", Reference("V3.A_u94F6", "two"));
        Assert.Equal(["V3.A_u94F6", "V3.A_u94F6_2"], components.Build().Select(schema => schema.Key));

        string? Reference(string name, string description) => (string?)components.Reference(name, () => new() { ["description"] = description })["$ref"];
    }

    [Fact]
    public void Limits_that_no_schema_can_hold_stay_readable()
    {
        var member = Member("name", Text) with { Constraints = new() { Minimum = "many", Pattern = "([a", Default = "x", Format = "uri" } };
        var schema = MemberSchemas.Of(member, "V3", new TypeSchemas(new ComponentSchemas()));
        Assert.Equal("many", (string?)schema["x-wechatpay-minimum"]);
        Assert.Equal("([a", (string?)schema["x-wechatpay-pattern"]);
        Assert.Equal("uri", (string?)schema["format"]);
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_stop_the_export()
    {
        var member = Member("na\uD800me", Text) with { Documentation = new() { Title = "\uDC00" } };
        var schema = new JsonObject();
        MemberSchemas.AddTo(schema, [member], "V3", new TypeSchemas(new ComponentSchemas()));
        Assert.Contains("na\uFFFDme", OpenApiJson.Write(schema), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NotificationProtection.SignedPlain, null)]
    [InlineData(NotificationProtection.RequestInfo, "req_info")]
    [InlineData(NotificationProtection.SignedCiphertext, "event_ciphertext")]
    [InlineData(NotificationProtection.AeadResource, "resource")]
    public void A_notification_stands_where_its_protection_puts_it(NotificationProtection protection, string? holder)
    {
        var components = new ComponentSchemas();
        var notification = new Notification
        {
            Version = 2,
            EventType = "SAMPLE",
            Namespace = "Webhook.V2",
            Resource = new() { TypeName = "Sample", Documentation = Documentation.None, Members = new([Member("out_trade_no", Text)]) },
            Documentation = Documentation.None,
            Protection = protection,
            WireFormat = NotificationWireFormat.Xml,
        };
        var file = new LoadedSpec(new("/specs/webhook/v2/SAMPLE.md", "specs/webhook/v2/SAMPLE.md", "webhook/v2/SAMPLE.md"), SpecReader.Read("specs/webhook/v2/SAMPLE.md", "", cancellationToken: TestContext.Current.CancellationToken));
        var webhook = new NotificationWriter(new TypeSchemas(components)).Write(new(file, notification));
        var schema = webhook["post"]!["requestBody"]!["content"]!["text/xml"]!["schema"]!;
        var content = holder switch
        {
            null => schema,
            "resource" => schema["properties"]!["resource"]!["properties"]!["ciphertext"]!["contentSchema"]!,
            _ => schema["properties"]![holder]!["contentSchema"]!,
        };
        Assert.Equal("#/components/schemas/Webhook.V2.Sample", (string?)content["$ref"]);
        Assert.Equal("xml", (string?)webhook["post"]!["x-wechatpay-wire-format"]);
    }

    private static Member Member(string wireName, TypeReference type)
        => new() { WireName = wireName, PropertyName = "Property", Type = type, Documentation = Documentation.None };
}
