using System.Net.Http;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>A merchant with the APIv2 key and nothing of APIv3.</summary>
public sealed class ApiV2OnlyTests
{
    private const string Key = "TESTONLYapiv2key0123456789ABCDEF";

    private static readonly V2Members Request = new(("mch_id", "1900000001"), ("sign_type", "HMAC-SHA256"));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_of_APIv2_work_and_name_no_key_of_WeChat_Pay()
    {
        var api = Api();
        using var client = new V2Client(Options(), api);
        var answer = await client.Pay.OrderAsync(Request, Ct);
        Assert.Equal(200, answer.Http.Status);
        var request = Assert.Single(api.Requests);
        Assert.Null(request.Header("Authorization"));
        Assert.Null(request.Header("Wechatpay-Serial"));
    }

    [Fact]
    public async Task Calls_of_APIv3_are_refused_before_anything_is_sent_and_say_what_they_need()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(Options(), api);
        var failures = new List<Exception>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct)),
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.Orders.PostAsync(new() { SecretName = "x" }, cancellationToken: Ct)),
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.SendAsync(HttpMethod.Get, "/v3/x", cancellationToken: Ct)),
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.Core.DownloadAsync(new("https://api.mch.weixin.qq.com/v3/billdownload/file?token=x"), null, Ct)),
            Assert.Throws<InvalidOperationException>(() => client.Invocation.Jsapi("wx1", "wx2")),
        };
        Assert.All(failures, failure =>
        {
            Assert.Contains("1900000001 hold the APIv2 key and nothing of APIv3", failure.Message, StringComparison.Ordinal);
            Assert.Contains("PublicKeyId", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
        });
        Assert.Contains("POST /v3/pay/transactions/jsapi", failures[0].Message, StringComparison.Ordinal);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public void What_opens_an_order_of_APIv2_is_signed_with_its_key()
    {
        using var client = new V2Client(Options(), Api());
        Assert.NotEmpty(client.Invocation.ApiV2.Jsapi("wx1", "wx2", ApiV2SignType.HmacSha256).PaySign);
    }

    [Theory]
    [InlineData("private key")]
    [InlineData("serial")]
    [InlineData("public key")]
    [InlineData("APIv3 key")]
    [InlineData("certificate")]
    public void Half_of_APIv3_is_a_mistake_and_the_message_knows_both_ways_out(string what)
    {
        var options = Options();
        switch (what)
        {
            case "private key": options.MerchantPrivateKey = TestMerchant.KeyText("merchant_private_pkcs8.pem"); break;
            case "serial": options.MerchantCertificateSerialNumber = TestMerchant.MerchantSerial; break;
            case "public key": (options.PublicKeyId, options.PublicKey) = (TestMerchant.PublicKeyId, TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem")); break;
            case "APIv3 key": options.ApiV3Key = TestMerchant.ApiV3Key; break;
            default: options.PlatformCertificates = [TestMerchant.KeyText("platform.cert.pem")]; break;
        }

        var failure = Assert.Throws<ArgumentException>(() => new TestClient(options, new FakeApi("{}")));
        if (what != "private key")
            Assert.Contains("For APIv2 alone set MerchantId and ApiV2Key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_APIv2_key_everything_of_APIv3_is_asked_for()
    {
        var options = Options();
        options.ApiV2Key = null;
        var failure = Assert.Throws<ArgumentException>(() => new TestClient(options, new FakeApi("{}")));
        Assert.Contains("MerchantPrivateKey is not set", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("APIv2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reload_never_takes_APIv3_away_but_may_bring_it()
    {
        using var both = new TestClient(TestMerchant.Options(), new FakeApi("{}"));
        var before = both.Core.Credentials;
        var problems = new List<string>();
        both.Core.Reload(Options(), problems);
        Assert.Contains("nothing of APIv3 any more", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Same(before, both.Core.Credentials);

        using var client = new TestClient(Options(), new FakeApi("{}"));
        problems.Clear();
        client.Core.Reload(TestMerchant.Options(), problems);
        Assert.Empty(problems);
        Assert.False(client.Core.Credentials.IsApiV2Only);
    }

    /// <summary>Certificates that cannot be fetched are no obstacle to what does not need them.</summary>
    [Fact]
    public async Task A_call_of_APIv2_waits_for_a_key_of_WeChat_Pay_only_if_it_encrypts()
    {
        var options = TestMerchant.Options(new FakeTimeProvider(TestMerchant.Now));
        (options.ApiV2Key, options.PublicKeyId, options.PublicKey, options.PlatformCertificates, options.FetchPlatformCertificates) = (Key, null, null, [], true);
        var api = Api();
        var answer = api.Answer;
        api.Answer = request => request.Address.AbsolutePath == "/v3/certificates" ? FakeApi.Unsigned("{}", 500) : answer(request);
        using var client = new OrderClient(options, api);
        await client.OrderAsync(Request, Ct);
        Assert.Equal("/pay/unifiedorder", Assert.Single(api.Requests).Address.AbsolutePath);

        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.OrderAsync(new Secret(), Ct));
        Assert.Equal((WeChatPaySignatureFailure.NoPlatformKey, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Equal("/v3/certificates", api.Requests[1].Address.AbsolutePath);
        Assert.Equal(2, api.Requests.Count);
    }

    private static WeChatPayOptions Options() => new() { MerchantId = "1900000001", ApiV2Key = Key, TimeProvider = new FakeTimeProvider(TestMerchant.Now) };

    private static FakeApi Api()
    {
        KeyValuePair<string, string>[] members = [new("return_code", "SUCCESS"), new("result_code", "SUCCESS"), new("mch_id", "1900000001")];
        var xml = "<xml>" + string.Concat(members.Select(member => $"<{member.Key}>{member.Value}</{member.Key}>")) + $"<sign>{V2Signature.Compute(members, Key, V2SignType.HmacSha256)}</sign></xml>";
        return new(_ => FakeApi.Unsigned(xml, 200));
    }

    private sealed class OrderClient(WeChatPayOptions options, HttpMessageHandler handler) : WeChatPayClientBase(options, handler)
    {
        public Task<V2OrderAnswer> OrderAsync(IWeChatPayRequest request, CancellationToken token) => new OrderResource(ResourceContext).PostAsync(request, token);
    }

    private sealed class OrderResource(WeChatPayResourceContext context) : WeChatPayResource(context)
    {
        private static readonly WeChatPayOperationDescriptor Post = new("POST", "/pay/unifiedorder") { Body = WeChatPayBodyKind.Xml };

        public Task<V2OrderAnswer> PostAsync(IWeChatPayRequest request, CancellationToken token) => SendForXmlAnswerAsync<V2OrderAnswer>(Post, request, null, token);
    }

    private sealed class Secret : IWeChatPayRequest
    {
        void IWeChatPayRequest.WriteXml(XmlBodyWriter w) => w.Encrypted("name", "张三");
    }
}
