using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>What goes over the wire in a call that succeeds, and what comes back.</summary>
public partial class SignedCallTests
{
    [Fact]
    public async Task A_typed_call_sends_one_signed_request_and_returns_the_verified_answer()
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        using var client = new TestClient(TestMerchant.Options(), api);

        var order = await client.Orders.PostAsync(
            new() { OutTradeNo = "T1", Description = "测试" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("wx1", order.PrepayId);
        Assert.Equal(200, order.Http.Status);
        Assert.Equal("08TESTONLY0000000000-0", order.Http.RequestId);
        Assert.Equal("""{"prepay_id":"wx1"}""", Encoding.UTF8.GetString(order.Http.RawBody.Span));
        Assert.Equal("wx1", order.Http.Json.GetProperty("prepay_id").GetString());
        Assert.Equal([TestMerchant.PublicKeyId], order.Http.Headers["wechatpay-serial"]);

        var request = Assert.Single(api.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("https://api.mch.weixin.qq.com/v3/pay/transactions/jsapi", request.Address.AbsoluteUri);
        Assert.Equal("""{"out_trade_no":"T1","description":"测试"}""", request.Text);
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal(TestMerchant.PublicKeyId, request.Header("Wechatpay-Serial"));
        Assert.StartsWith("WeChatPay.Generated/", request.Header("User-Agent"), StringComparison.Ordinal);
        Assert.Null(request.Header("Expect"));
        AssertSigned(request);
    }

    [Fact]
    public async Task A_call_without_a_spec_is_signed_and_verified_like_any_other()
    {
        var api = new FakeApi("""{"data":[]}""");
        using var client = new TestClient(TestMerchant.Options(), api);

        var answer = await client.SendAsync(
            HttpMethod.Get, "/v3/certificates?algorithm_type=RSA&note=%E6%B5%8B%20", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, answer.Http.Json.GetProperty("data").GetArrayLength());
        var request = Assert.Single(api.Requests);
        Assert.Equal("/v3/certificates?algorithm_type=RSA&note=%E6%B5%8B%20", request.Address.PathAndQuery);
        Assert.Empty(request.Body);
        Assert.Null(request.Header("Content-Type"));
        AssertSigned(request);
    }

    [Theory]
    [InlineData("get", "GET")]
    [InlineData("Post", "POST")]
    [InlineData("patch", "PATCH")]
    public async Task A_verb_is_signed_as_it_is_sent(string verb, string sent)
    {
        var api = new FakeApi("{}");
        using var http = new HttpClient(api);
        using var client = new TestClient(TestMerchant.Options(), api);
        using var other = new TestClient(TestMerchant.Options(), http);
        foreach (var each in new[] { client, other })
        {
            await each.SendAsync(new HttpMethod(verb), "/v3/x", cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, api.Requests.Count);
        foreach (var request in api.Requests)
        {
            Assert.Equal(sent, request.Method);
            AssertSigned(request);
        }
    }

    [Fact]
    public async Task A_byte_order_mark_hides_neither_the_JSON_of_an_answer_nor_an_error()
    {
        var api = new FakeApi("\uFEFF{\"prepay_id\":\"wx1\"}");
        using var client = new TestClient(TestMerchant.Options(), api);
        var order = await client.Orders.PostAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("wx1", "wx1"), (order.PrepayId, order.Http.Json.GetProperty("prepay_id").GetString()));

        api.Answer = _ => FakeApi.Signed("\uFEFF{\"code\":\"PARAM_ERROR\"}", 400);
        var failure = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.PostAsync(new(), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("PARAM_ERROR", failure.Code);
    }

    [Fact]
    public async Task An_answer_without_content_is_verified_over_the_empty_body()
    {
        var api = new FakeApi("", 204);
        using var client = new TestClient(TestMerchant.Options(), api);

        var answer = await client.Orders.CloseAsync("T1", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(204, answer.Http.Status);
        Assert.Equal(System.Text.Json.JsonValueKind.Undefined, answer.Http.Json.ValueKind);
        var request = Assert.Single(api.Requests);
        Assert.Equal("/v3/pay/transactions/out-trade-no/T1/close", request.Address.AbsolutePath);
        Assert.Equal("{}", request.Text);
        AssertSigned(request);
    }

    [Fact]
    public async Task An_answer_signed_with_a_platform_certificate_is_accepted_beside_the_public_key()
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(_ => FakeApi.Signed("""{"prepay_id":"wx2"}""", withCertificate: true)));
        var order = await client.Orders.PostAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("wx2", order.PrepayId);
    }

    [Fact]
    public async Task Sensitive_members_are_encrypted_for_the_key_that_the_request_names()
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        using var client = new TestClient(TestMerchant.Options(), api);
        await client.Orders.PostAsync(new() { SecretName = "张三" }, cancellationToken: TestContext.Current.CancellationToken);

        var request = Assert.Single(api.Requests);
        var ciphertext = System.Text.Json.JsonDocument.Parse(request.Body).RootElement.GetProperty("name").GetBytesFromBase64();
        using var key = RSA.Create();
        key.ImportFromPem(TestMerchant.KeyText("wechatpay_pubkey_mode_private_pkcs8.pem"));
        Assert.Equal("张三", Encoding.UTF8.GetString(key.Decrypt(ciphertext, RSAEncryptionPadding.OaepSHA1)));
        Assert.Equal(TestMerchant.PublicKeyId, request.Header("Wechatpay-Serial"));
        AssertSigned(request);
    }

    [Fact]
    public async Task One_client_serves_many_threads()
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        using var client = new TestClient(TestMerchant.Options(), api);
        await Parallel.ForAsync(0, 64, TestContext.Current.CancellationToken, async (i, ct) =>
            Assert.Equal("wx1", (await client.Orders.PostAsync(new() { OutTradeNo = $"T{i}" }, cancellationToken: ct)).PrepayId));
        Assert.Equal(64, api.Requests.Count);
        Assert.All(api.Requests, AssertSigned);
    }

    /// <summary>Checks a request as the server does: with the merchant's certificate, over what came over the wire.</summary>
    internal static void AssertSigned(Received request)
    {
        var authorization = AuthorizationForm().Match(request.Header("Authorization")!);
        Assert.True(authorization.Success, request.Header("Authorization"));
        Assert.Equal(VectorMerchant.Config.Text("mchid"), authorization.Groups["mchid"].Value);
        Assert.Equal(VectorMerchant.Config.Text("merchant_serial"), authorization.Groups["serial"].Value);
        byte[] message =
        [
            .. Encoding.ASCII.GetBytes($"{request.Method}\n{request.Address.PathAndQuery}\n{authorization.Groups["timestamp"].Value}\n{authorization.Groups["nonce"].Value}\n"),
            .. request.Body,
            (byte)'\n',
        ];
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(TestMerchant.KeyText("merchant.cert.pem"));
        using var key = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPublicKey(certificate)!;
        Assert.True(key.VerifyData(message, Convert.FromBase64String(authorization.Groups["signature"].Value), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [GeneratedRegex("^WECHATPAY2-SHA256-RSA2048 mchid=\"(?<mchid>[0-9]+)\",nonce_str=\"(?<nonce>[0-9A-Za-z]{32})\",signature=\"(?<signature>[^\"]+)\",timestamp=\"(?<timestamp>[0-9]+)\",serial_no=\"(?<serial>[0-9A-F]{40})\"$")]
    private static partial Regex AuthorizationForm();
}
