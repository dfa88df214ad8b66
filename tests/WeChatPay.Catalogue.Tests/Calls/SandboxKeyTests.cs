using System.Net.Http;

namespace WeChatPay.Catalogue.Tests.Calls;

/// <summary>WeChat Pay's own sandbox for payment codes: a key that is asked for with the real one, and a second client that signs with it.</summary>
public sealed class SandboxKeyTests
{
    private const string SandboxKey = "TESTONLYsandboxkey0123456789ABCD";

    [Fact]
    public async Task The_key_that_is_asked_for_signs_the_calls_of_the_sandbox()
    {
        // The answer that carries the key has no signature, so the operation must be marked.
        var keys = Gateway.OfXml(new(StringComparer.Ordinal) { ["return_code"] = "SUCCESS", ["sandbox_signkey"] = SandboxKey }, isSigned: false);
        using var client = new WeChatPayClient(TestKeys.Options(), new Handler(keys));
        var answer = await client.V2.Xdc.Apiv2getsignkey.Sign.Getsignkey.PostAsync(new() { MchId = TestKeys.MerchantId }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(SandboxKey, answer.SandboxSignkey);

        var options = TestKeys.Options();
        options.ApiV2Key = answer.SandboxSignkey;
        var gateway = Gateway.OfXml(new(StringComparer.Ordinal) { ["return_code"] = "SUCCESS", ["result_code"] = "SUCCESS" }, isSigned: true);
        using var sandbox = new WeChatPayClient(options, new Handler(gateway));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => sandbox.V2.Xdc.Apiv2sandbox.Pay.Micropay.PostAsync(
            new() { MchId = TestKeys.MerchantId, AuthCode = "130000000000000000", WechatpayNegativeTest = "MICROPAY_USERPAYING" }, cancellationToken: TestContext.Current.CancellationToken));

        // The gateway answered with the real key, which is none here.
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, failure.Reason);
        var sent = Assert.Single(gateway.Requests);
        Assert.Equal("MICROPAY_USERPAYING", sent.Headers["Wechatpay-Negative-Test"]);
        var members = XmlSample.Parse(sent.Body);
        Assert.Equal(XmlSample.Sign(members, members["sign"].Length, SandboxKey), members["sign"]);
    }

    private sealed class Handler(Gateway gateway) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => gateway.AnswerAsync(request, cancellationToken);
    }
}
