using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 11 without dependency injection: changed credentials are taken over as a whole, or refused with an exception.</summary>
public class MoneyRule11ReloadByHandTests
{
    private static readonly FakeTimeProvider Clock = new(TestMerchant.Now);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_next_call_uses_what_was_reloaded()
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        var options = TestMerchant.Options(Clock);
        using var client = new TestClient(options, api);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        options.MerchantCertificateSerialNumber = "0C1B2C3D4E5F60718293A4B5C6D7E8F901234567";
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        client.ReloadCredentials(options);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.Contains(TestMerchant.MerchantSerial, api.Requests[1].Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains("serial_no=\"0C1B2C3D", api.Requests[2].Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_under_way_keeps_to_what_it_began_with()
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        using var client = new TestClient(TestMerchant.Options(Clock), api);
        api.Before = (_, _) =>
        {
            var options = TestMerchant.Options(Clock);
            (options.PublicKeyId, options.PublicKey, options.PlatformCertificates) = (null, null, [TestMerchant.KeyText("platform2.cert.pem")]);
            client.ReloadCredentials(options);
            return Task.CompletedTask;
        };
        Assert.Equal("wx1", (await client.Orders.PostAsync(new() { SecretName = "张三" }, cancellationToken: Ct)).PrepayId);
        Assert.Equal(TestMerchant.Platform2Serial, client.SensitiveData.Encrypt("x").Serial);
    }

    [Theory]
    [InlineData("damaged", "MerchantPrivateKey")]
    [InlineData("short", "ApiV3Key")]
    [InlineData("merchant", "a client stays with its merchant")]
    [InlineData("address", "BaseAddress, BackupBaseAddress changed")]
    [InlineData("proxy", "Proxy changed")]
    [InlineData("both", "2 problems")]
    public async Task A_bad_reload_throws_and_keeps_the_old_set(string kind, string problem)
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        using var client = new TestClient(TestMerchant.Options(Clock), api);
        var before = client.Core.Credentials;
        var options = TestMerchant.Options(Clock);
        options.MerchantCertificateSerialNumber = "AA";
        switch (kind)
        {
            case "damaged": options.MerchantPrivateKey = "TESTONLYkey"; break;
            case "short": options.ApiV3Key = "TESTONLYshort"; break;
            case "merchant": options.MerchantId = "1900000002"; break;
            case "address": options.BaseAddress = new("https://api.wechatpay.cn/"); break;
            case "proxy": options.Proxy = new System.Net.WebProxy("http://127.0.0.1:3128"); break;
            default: (options.MerchantPrivateKey, options.ApiV3Key) = ("TESTONLYkey", "TESTONLYshort"); break;
        }

        var failure = Assert.Throws<ArgumentException>(() => client.ReloadCredentials(options));
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTONLY", failure.ToString(), StringComparison.Ordinal);
        Assert.Same(before, client.Core.Credentials);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
    }
}
