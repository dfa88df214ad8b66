using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Answers carry a signature of the key that the merchant is on, and errors carry none.</summary>
public sealed class AnswerSignatureTests
{
    private const string Order = "/v3/pay/transactions/jsapi";

    [Fact]
    public async Task An_answer_is_signed_over_its_very_bytes()
    {
        await using var gateway = await StartAsync(TestMerchants.First);
        using var client = new HandMadeClient(gateway);

        var answer = await client.PostAsync(Order, Bodies.Jsapi(gateway).ToJsonString());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(gateway.Merchant.PublicKeyId, answer.Header("Wechatpay-Serial"));
        Assert.Equal("WECHATPAY2-SHA256-RSA2048", answer.Header("Wechatpay-Signature-Type"));
        Assert.EndsWith("-0", answer.Header("Request-ID"), StringComparison.Ordinal);
        Assert.True(answer.IsSignedBy(gateway.Merchant.PublicKey));
        Assert.False((answer with { Body = [.. answer.Body, (byte)' '] }).IsSignedBy(gateway.Merchant.PublicKey));
    }

    [Fact]
    public async Task A_204_is_signed_over_nothing()
    {
        await using var gateway = await StartAsync(TestMerchants.First);
        using var client = new HandMadeClient(gateway);
        await client.PostAsync(Order, Bodies.Jsapi(gateway).ToJsonString());

        var answer = await client.PostAsync($"/v3/pay/transactions/out-trade-no/{Bodies.OutTradeNo}/close", """{"mchid":"1900000001"}""");

        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.Empty(answer.Body);
        Assert.True(answer.IsSignedBy(gateway.Merchant.PublicKey));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Errors_are_signed_only_by_option(bool signErrors)
    {
        await using var gateway = await SandboxGateway.StartAsync(
            new SandboxOptions { Merchants = { TestMerchants.First }, SignErrors = signErrors }, TestContext.Current.CancellationToken);
        using var client = new HandMadeClient(gateway);

        var answer = await client.GetAsync("/v3/pay/transactions/out-trade-no/NOBODY?mchid=1900000001");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(signErrors, answer.Headers.ContainsKey("Wechatpay-Signature"));
        Assert.False(answer.Header("Request-ID").EndsWith("-0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_public_key_mode_there_is_no_certificate()
    {
        await using var gateway = await StartAsync(TestMerchants.First);
        using var client = new HandMadeClient(gateway);

        var answer = await client.GetAsync("/v3/certificates");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("RESOURCE_NOT_EXISTS", answer.Code);
    }

    [Fact]
    public async Task An_unknown_serial_in_the_request_is_refused()
    {
        await using var gateway = await StartAsync(TestMerchants.First);
        using var client = new HandMadeClient(gateway) { WechatpaySerial = "PUB_KEY_ID_0000" };

        var answer = await client.PostAsync(Order, Bodies.Jsapi(gateway).ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Empty(gateway.Orders);
    }

    [Fact]
    public async Task While_migrating_the_answer_follows_the_request()
    {
        using var merchant = SandboxMerchant.Create();
        merchant.KeyMode = SandboxKeyMode.Migration;
        await using var gateway = await StartAsync(merchant);
        using var client = new HandMadeClient(gateway);
        var certificate = merchant.PlatformCertificates.Single();

        var withoutName = await client.PostAsync(Order, Bodies.Jsapi(gateway).ToJsonString());
        client.WechatpaySerial = merchant.PublicKeyId;
        var publicKey = await client.PostAsync(Order, Bodies.Jsapi(gateway).ToJsonString());
        client.WechatpaySerial = certificate.SerialNumber;
        var named = await client.PostAsync(Order, Bodies.Jsapi(gateway).ToJsonString());

        Assert.True(withoutName.IsSignedBy(certificate.Pem));
        Assert.True(publicKey.IsSignedBy(merchant.PublicKey));
        Assert.Equal(merchant.PublicKeyId, publicKey.Header("Wechatpay-Serial"));
        Assert.True(named.IsSignedBy(certificate.Pem));
        Assert.Equal(certificate.SerialNumber, named.Header("Wechatpay-Serial"));
    }

    [Fact]
    public async Task Before_the_migration_a_named_public_key_still_gives_a_certificate_signature()
    {
        using var merchant = SandboxMerchant.Create();
        merchant.KeyMode = SandboxKeyMode.Certificate;
        await using var gateway = await StartAsync(merchant);
        using var client = new HandMadeClient(gateway) { WechatpaySerial = merchant.PublicKeyId };

        var answer = await client.PostAsync(Order, Bodies.Jsapi(gateway).ToJsonString());

        Assert.True(answer.IsSignedBy(merchant.PlatformCertificates.Single().Pem));

        client.WechatpaySerial = "PUB_KEY_ID_0000";
        Assert.Equal("PARAM_ERROR", (await client.PostAsync(Order, Bodies.Jsapi(gateway).ToJsonString())).Code);
    }

    [Fact]
    public async Task The_certificate_list_opens_with_the_api_v3_key_and_verifies_itself()
    {
        using var merchant = SandboxMerchant.Create();
        merchant.KeyMode = SandboxKeyMode.Certificate;
        merchant.AddPlatformCertificate();
        await using var gateway = await StartAsync(merchant);
        using var client = new HandMadeClient(gateway);

        var answer = await client.GetAsync("/v3/certificates?algorithm_type=RSA");

        var listed = answer.Json["data"]!.AsArray();
        Assert.Equal(2, listed.Count);
        foreach (var item in listed)
        {
            using var certificate = X509Certificate2.CreateFromPem(Open(item!["encrypt_certificate"]!, merchant));
            Assert.Equal((string?)item["serial_no"], certificate.SerialNumber);
            Assert.Equal(40, certificate.SerialNumber.Length);
        }

        var newest = listed.Single(i => (string?)i!["serial_no"] == answer.Header("Wechatpay-Serial"))!;
        Assert.True(answer.IsSignedBy(Open(newest["encrypt_certificate"]!, merchant)));
        Assert.Equal(merchant.PlatformCertificates[^1].SerialNumber, answer.Header("Wechatpay-Serial"));
    }

    private static string Open(JsonNode box, SandboxMerchant merchant) => Signatures.Decrypt(
        merchant.ApiV3Key, (string)box["nonce"]!, (string)box["associated_data"]!, (string)box["ciphertext"]!);

    private static Task<SandboxGateway> StartAsync(SandboxMerchant merchant)
        => SandboxGateway.StartAsync(new SandboxOptions { Merchants = { merchant } }, TestContext.Current.CancellationToken);
}
