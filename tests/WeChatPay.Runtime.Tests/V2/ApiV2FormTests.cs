using System.Net.Http;
using System.Text;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>APIv2 beyond XML bodies: signed queries, JSON, pages; and XML that APIv3 signs in its headers.</summary>
public sealed class ApiV2FormTests
{
    private const string Key = "TESTONLYapiv2key0123456789ABCDEF";

    private static readonly V2Parameters Request = new(("openid", "o1"), ("empty", ""), ("sign_type", "HMAC-SHA256"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_is_signed_without_its_empty_values_and_sent_with_them()
    {
        using var api = new FakeApi(_ => FakeApi.Unsigned(Json(("prepay_id", "p")), 200));
        using var client = Client(api);
        Assert.Equal("p", (await client.Pay.QueryAsync(Request, Token)).PrepayId);
        var sign = V2Signature.Compute([new("openid", "o1"), new("sign_type", "HMAC-SHA256")], Key, V2SignType.HmacSha256);
        Assert.Equal($"/appauth/query?openid=o1&empty=&sign_type=HMAC-SHA256&sign={sign}", Assert.Single(api.Requests).Address.PathAndQuery);
    }

    [Fact]
    public async Task What_cannot_be_signed_in_a_query_is_told_before_anything_is_sent()
    {
        using var api = new FakeApi(_ => FakeApi.Unsigned("{}", 200));
        using var client = Client(api);
        Assert.Contains("sign_type", (await Assert.ThrowsAsync<ArgumentException>(() => client.Pay.QueryAsync(new(("sign_type", "SHA1")), Token))).Message, StringComparison.Ordinal);
        Assert.Contains("once", (await Assert.ThrowsAsync<ArgumentException>(() => client.Pay.QueryAsync(new(("a", "1"), ("a", "2")), Token))).Message, StringComparison.Ordinal);
        Assert.Contains("sign", (await Assert.ThrowsAsync<ArgumentException>(() => client.Pay.QueryAsync(new(("sign", "00")), Token))).Message, StringComparison.Ordinal);

        using var keyless = new V2Client(TestMerchant.Options(), api);
        Assert.Contains("ApiV2Key", (await Assert.ThrowsAsync<InvalidOperationException>(() => keyless.Pay.QueryAsync(Request, Token))).Message, StringComparison.Ordinal);
        Assert.Empty(api.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_about_another_request_is_refused_signed_or_not(bool isSigned)
    {
        using var api = new FakeApi(_ => FakeApi.Unsigned(isSigned ? Json(("openid", "o2")) : """{"openid":"o2"}""", 200));
        using var client = Client(api);
        var error = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => isSigned ? client.Pay.QueryAsync(Request, Token) : client.Pay.UnsignedQueryAsync(Request, Token));
        Assert.Equal((WeChatPaySignatureFailure.EchoMismatch, WeChatPayOutcome.Unknown), (error.Reason, error.Outcome));
    }

    [Fact]
    public async Task An_answer_that_says_accepted_is_no_success()
    {
        using var api = new FakeApi(_ => FakeApi.Unsigned(Json(("prepay_id", "p")), 202));
        using var client = Client(api);
        var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Pay.QueryAsync(Request, Token));
        Assert.Equal((202, WeChatPayOutcome.Unknown, true), (error.Status, error.Outcome, error.IsVerified));
    }

    [Theory]
    [InlineData("""{"err_code":"NOTENOUGH","err_code_des":"m"}""", "NOTENOUGH", WeChatPayOutcome.Rejected)]
    [InlineData("""{"err_code":"SYSTEMERROR"}""", "SYSTEMERROR", WeChatPayOutcome.Unknown)]
    [InlineData("""{"errcode":40001}""", "40001", WeChatPayOutcome.Unknown)]
    [InlineData("""{"code":"NOTENOUGH"}""", "NOTENOUGH", WeChatPayOutcome.Unknown)]
    [InlineData("""{"return_code":"FAIL"}""", null, WeChatPayOutcome.Unknown)]
    public async Task Errors_in_JSON_and_what_they_leave_open(string answer, string? code, WeChatPayOutcome outcome)
    {
        using var api = new FakeApi(_ => FakeApi.Unsigned(answer, 200));
        using var client = Client(api);
        var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Pay.QueryAsync(Request, Token));
        Assert.Equal((code, outcome, false), (error.Code, error.Outcome, error.IsVerified));
    }

    [Fact]
    public async Task An_unsigned_answer_that_cannot_be_read_does_not_claim_to_be_verified()
    {
        using var api = new FakeApi(_ => FakeApi.Unsigned("""{"total_fee":"1.5"}""", 200));
        using var client = Client(api);
        var error = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => client.Pay.UnsignedQueryAsync(Request, Token));
        Assert.Equal(("total_fee", false, WeChatPayOutcome.Unknown), (error.Path, error.IsVerified, error.Outcome));
    }

    [Fact]
    public async Task XML_of_APIv3_is_verified_by_its_headers()
    {
        using var api = new FakeApi(_ => FakeApi.Signed("<xml><return_code>SUCCESS</return_code><prepay_id>p</prepay_id></xml>"));
        using var client = Client(api);
        Assert.Equal("p", (await client.Pay.V3XmlAsync(isUnsigned: false, Token)).PrepayId);
        Assert.StartsWith("WECHATPAY2-SHA256-RSA2048 ", api.Requests[0].Header("Authorization"), StringComparison.Ordinal);

        using var failing = Client(new FakeApi(_ => FakeApi.Signed("<xml><return_code>FAIL</return_code><err_code>NO_AUTH</err_code></xml>")));
        var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => failing.Pay.V3XmlAsync(isUnsigned: false, Token));
        Assert.Equal(("NO_AUTH", true), (error.Code, error.IsVerified));

        using var bare = Client(new FakeApi(_ => FakeApi.Unsigned("<xml><prepay_id>p</prepay_id></xml>", 200)));
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => bare.Pay.V3XmlAsync(isUnsigned: false, Token));
    }

    [Fact]
    public async Task An_answer_of_APIv3_is_believed_without_a_signature_only_where_there_is_none_by_its_spec()
    {
        using var bare = Client(new FakeApi(_ => FakeApi.Unsigned("<xml><prepay_id>p</prepay_id></xml>", 200)));
        Assert.Equal("p", (await bare.Pay.V3XmlAsync(isUnsigned: true, Token)).PrepayId);

        using var forged = Client(new FakeApi(_ =>
        {
            var answer = FakeApi.Signed("<xml><prepay_id>p</prepay_id></xml>");
            answer.Content = new ByteArrayContent("<xml><prepay_id>q</prepay_id></xml>"u8.ToArray());
            return answer;
        }));
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => forged.Pay.V3XmlAsync(isUnsigned: true, Token));
    }

    [Fact]
    public void A_page_goes_to_the_environment_of_the_base_address_only()
    {
        using var api = new FakeApi(_ => FakeApi.Unsigned("", 200));
        using var client = Client(api);
        Assert.StartsWith("https://api.mch.weixin.qq.com/papay/entrustweb?a=%26&sign=", client.Pay.PageUri(new(("a", "&"))).AbsoluteUri, StringComparison.Ordinal);
        var error = Assert.Throws<WeChatPayTransportException>(() => client.Pay.PageUri(new(("a", "&")), isForeign: true));
        Assert.Equal((WeChatPayTransportFailure.HostRefused, WeChatPayOutcome.NotSent), (error.Reason, error.Outcome));
        Assert.Throws<ArgumentException>(() => client.Pay.PageUri(new(("a", "😀"))));
        Assert.Empty(api.Requests);
    }

    [Theory]
    [InlineData("{}", "", """{"sign":"S"}""")]
    [InlineData("""{"a":1,"b":"x\"\u0026","c":{"d":[1, 2]},"e":true,"f":""}""", "a=1&b=x\"&&c={\"d\":[1, 2]}&e=true&", """{"a":1,"b":"x\"\u0026","c":{"d":[1, 2]},"e":true,"f":"","sign":"S"}""")]
    public void A_JSON_body_is_signed_over_its_members(string json, string signed, string expected)
    {
        var (body, message) = V2Json.Sign(Encoding.UTF8.GetBytes(json), Key);
        var sign = Convert.ToHexString(Md5(signed + "key=" + Key));
        Assert.Equal(expected.Replace("\"S\"", $"\"{sign}\"", StringComparison.Ordinal), Encoding.UTF8.GetString(body.Span));
        Assert.Equal(V2SignType.Md5, message.SignType);
        Assert.Throws<ArgumentException>(() => V2Json.Sign(body, Key));
    }

    [Theory]
    [InlineData("{} x")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("[]")]
    public void What_is_no_JSON_object_has_no_members(string json) => Assert.Throws<JsonBodyException>(() => V2Json.Members(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void JSON_that_nests_without_end_is_refused()
        => Assert.Throws<JsonBodyException>(() => V2Json.Members(Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', 100_000)}")));

    [Fact]
    public async Task A_handler_that_copies_an_order_with_other_content_cannot_send_it_twice()
    {
        foreach (var copiesHeaders in new[] { true, false })
        {
            using var api = new FakeApi(_ => FakeApi.Unsigned("", 502));
            var options = TestMerchant.Options();
            options.ApiV2Key = Key;
            using var http = new HttpClient(new Copier(copiesHeaders) { InnerHandler = new WeChatPay.Transport.WireGate(api) });
            using var core = WeChatPayCore.Create(options, http, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            using var client = new V2Client(core);

            var error = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Pay.OrderAsync(new(("mch_id", "1900000001")), Token));
            Assert.Equal((WeChatPayTransportFailure.RequestChanged, WeChatPayOutcome.Unknown), (error.Reason, error.Outcome));
            Assert.Single(api.Requests);
        }
    }

    private static V2Client Client(HttpMessageHandler api)
    {
        var options = TestMerchant.Options();
        options.ApiV2Key = Key;
        return new(options, api);
    }

    private static string Json(params (string Name, string Value)[] members)
    {
        var sign = V2Signature.Compute(members.Select(member => KeyValuePair.Create(member.Name, member.Value)), Key, V2SignType.HmacSha256);
        return $"{{{string.Concat(members.Select(member => $"\"{member.Name}\":\"{member.Value}\","))}\"sign\":\"{sign}\"}}";
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The protocol's older algorithm.")]
    private static byte[] Md5(string text) => System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends the request, and after an error a copy of it, as some retry handlers do: with its content read into new one.</summary>
    private sealed class Copier(bool copiesHeaders) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await base.SendAsync(request, cancellationToken);
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent("<xml/>"u8.ToArray()) };
            if (copiesHeaders)
            {
                foreach (var header in request.Headers)
                {
                    copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
            }
            else
            {
                foreach (var option in request.Options)
                {
                    ((IDictionary<string, object?>)copy.Options).Add(option);
                }
            }

            return await base.SendAsync(copy, cancellationToken);
        }
    }
}
