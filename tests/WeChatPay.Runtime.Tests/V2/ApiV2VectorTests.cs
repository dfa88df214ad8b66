using System.IO;
using System.Text;
using System.Text.Json;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>The recorded messages of APIv2.</summary>
public sealed class ApiV2VectorTests
{
    private static readonly JsonElement Vector = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf("07-apiv2.json"))).RootElement;
    private static readonly string Key = Vector.Text("apiv2_key");

    public static TheoryData<string> Answers => [.. Vector.GetProperty("responses").EnumerateArray().Select(row => row.Text("name"))];

    public static TheoryData<string> Requests => [.. Vector.GetProperty("requests").EnumerateArray().Select(row => row.Text("name"))];

    [Theory]
    [VectorRows("07-apiv2.json")]
    [InlineData("published_known_answer")]
    public void The_published_example_is_signed_as_published(string name)
    {
        var known = Vector.GetProperty(name);
        var members = Members(known.GetProperty("params"));
        Assert.Equal(known.Text("md5"), V2Signature.Compute(members, known.Text("key"), V2SignType.Md5));
        Assert.Equal(known.Text("hmac_sha256"), V2Signature.Compute(members, known.Text("key"), V2SignType.HmacSha256));
    }

    [Theory]
    [VectorRows("07-apiv2.json")]
    [InlineData("upload_sign")]
    public void An_uploads_parts_of_text_are_signed_as_recorded(string name)
    {
        var row = Vector.GetProperty(name);
        var members = Members(row.GetProperty("params"));
        Assert.Equal(row.Text("string_to_sign"), string.Join('&', members.Select(member => $"{member.Key}={member.Value}").Order(StringComparer.Ordinal)) + $"&key={Key}");
        Assert.Equal(row.Text("sign"), V2Signature.Compute(members, Key, V2SignType.HmacSha256));
    }

    [Theory]
    [VectorRows("07-apiv2.json", "requests")]
    [MemberData(nameof(Requests))]
    public async Task A_request_has_the_recorded_bytes(string name)
    {
        var row = Vector.GetProperty("requests").EnumerateArray().Single(item => item.Text("name") == name);
        using var api = new FakeApi(_ => FakeApi.Unsigned("<xml><return_code>FAIL</return_code></xml>", 200));
        using var client = Client(api);

        await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Pay.OrderAsync(new([.. Members(row.GetProperty("params")).Select(pair => (pair.Key, (string?)pair.Value))]), TestContext.Current.CancellationToken));

        // In the vector, sign stands last and the empty member is written, not signed.
        var sent = Assert.Single(api.Requests);
        Assert.Equal(Sorted(row.Text("xml")), Sorted(sent.Text));
        Assert.EndsWith($"<sign>{row.Text("sign")}</sign></xml>", sent.Text, StringComparison.Ordinal);
        Assert.Equal(("POST", "https://api.mch.weixin.qq.com/pay/unifiedorder"), (sent.Method, sent.Address.AbsoluteUri));
        Assert.Equal("text/xml; charset=utf-8", sent.Header("Content-Type"));
        Assert.Null(sent.Header("Authorization"));
        Assert.Null(sent.Header("Wechatpay-Serial"));
    }

    [Theory]
    [VectorRows("07-apiv2.json", "responses")]
    [MemberData(nameof(Answers))]
    public async Task An_answer_gets_the_recorded_verdict(string name)
    {
        var row = Vector.GetProperty("responses").EnumerateArray().Single(item => item.Text("name") == name);
        using var api = new FakeApi(_ => FakeApi.Unsigned(row.Text("xml"), 200));
        using var client = Client(api);
        var signType = name.Contains("hmac", StringComparison.Ordinal) ? "HMAC-SHA256" : null;
        var call = client.Pay.OrderAsync(new(("mch_id", VectorMerchant.Config.Text("mchid")), ("sign_type", signType)), TestContext.Current.CancellationToken);

        switch (row.Text("expect"))
        {
            case "valid":
                var answer = await call;
                Assert.Equal(("wx2016", ""), (answer.PrepayId, answer.CodeUrl));
                Assert.Equal("JSAPI", answer.Http.XmlMembers["trade_type"]);
                break;
            case "communication_error":
                var refusal = await Assert.ThrowsAsync<WeChatPayApiException>(() => call);
                Assert.Equal((null, "签名错误", WeChatPayOutcome.Unknown, false), (refusal.Code, refusal.ApiMessage, refusal.Outcome, refusal.IsVerified));
                break;
            case "business_error":
                var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => call);
                Assert.Equal(("ORDERPAID", "该订单已支付", WeChatPayOutcome.Rejected, true), (error.Code, error.ApiMessage, error.Outcome, error.IsVerified));
                break;
            case "rejected":
                var unreadable = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => call);
                Assert.Equal((WeChatPayOutcome.Unknown, false), (unreadable.Outcome, unreadable.IsVerified));
                break;
            default:
                var unproven = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => call);
                Assert.Equal(WeChatPayOutcome.Unknown, unproven.Outcome);
                break;
        }
    }

    private static V2Client Client(FakeApi api)
    {
        return new(VectorMerchant.ApiV2Options(Key), api);
    }

    private static List<KeyValuePair<string, string>> Members(JsonElement parameters)
        => [.. parameters.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!))];

    private static string Sorted(string xml)
        => string.Join('\n', V2Signature.Members(XmlParser.Parse(Encoding.UTF8.GetBytes(xml))).Select(member => $"{member.Key}={member.Value}").Order(StringComparer.Ordinal));
}
