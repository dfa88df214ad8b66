using System.Net.Http;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>What is missing or wrong with the settings is said before the first call.</summary>
public sealed class SmOptionsTests
{
    [Fact]
    public void An_SM2_key_needs_a_key_of_WeChat_Pay_that_is_SM2()
    {
        var options = SmMerchant.BothOptions();
        options.PlatformCertificates = [TestMerchant.KeyText("platform.cert.pem")];
        options.FetchPlatformCertificates = false;
        Assert.Contains(SmMerchant.Scheme, Problem(options), StringComparison.Ordinal);
    }

    [Fact]
    public void An_RSA_key_needs_a_key_of_WeChat_Pay_that_is_RSA()
    {
        var options = TestMerchant.Options().UseShangMi();
        (options.PublicKeyId, options.PublicKey) = (null, null);
        options.PlatformCertificates = [TestMerchant.KeyText("sm2_platform.cert.pem")];
        options.FetchPlatformCertificates = false;
        Assert.Contains("WECHATPAY2-SHA256-RSA2048", Problem(options), StringComparison.Ordinal);
    }

    [Fact]
    public void An_SM2_certificate_is_refused_where_SM2_is_not_enabled()
    {
        var options = TestMerchant.Options();
        options.PlatformCertificates.Add(TestMerchant.KeyText("sm2_platform.cert.pem"));
        Assert.Contains("has no RSA key", Problem(options), StringComparison.Ordinal);

        options = TestMerchant.Options();
        options.PublicKey = TestMerchant.KeyText("sm2_platform_public.pem");
        Assert.Contains("PublicKey", Problem(options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_scheme_needs_its_suite()
    {
        var options = SmMerchant.Options();
        options.AlgorithmSuite = null;
        Assert.Contains("AlgorithmSuite", Problem(options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("WECHATPAY2-SM2-WITH-SM3\r\nX: y")]
    [InlineData("WECHATPAY2-SM2-WITH-SM3 ")]
    [InlineData("Basic")]
    public void A_scheme_that_cannot_open_the_header_is_refused(string scheme)
    {
        var options = SmMerchant.Options();
        options.MerchantKey = new NamedKey(scheme);
        Assert.Contains("MerchantKey names no signature scheme", Problem(options), StringComparison.Ordinal);
    }

    [Fact]
    public void The_merchants_own_certificate_and_key_are_never_trusted()
    {
        var options = SmMerchant.Options();
        options.PlatformCertificates.Add(TestMerchant.KeyText("sm2_merchant.cert.pem"));
        Assert.Contains("merchant's own certificate", Problem(options), StringComparison.Ordinal);

        options = SmMerchant.Options();
        (options.PublicKeyId, options.PublicKey) = (TestMerchant.PublicKeyId, TestMerchant.KeyText("sm2_merchant_public.pem"));
        Assert.Contains("merchant's own key", Problem(options), StringComparison.Ordinal);
    }

    [Fact]
    public void The_serial_number_may_come_out_of_the_merchants_certificate()
    {
        var options = SmMerchant.Options();
        options.MerchantCertificateSerialNumber = null;
        options.MerchantCertificate = TestMerchant.KeyText("sm2_merchant.cert.pem");
        new TestClient(options.UseShangMi(TestMerchant.KeyText("sm2_merchant_private_pkcs8.pem"))).Dispose();

        options.PlatformCertificates = [];
        options.UseShangMi(TestMerchant.KeyText("sm2_platform_private_pkcs8.pem"));
        Assert.Contains("does not belong", Problem(options), StringComparison.Ordinal);

        options.MerchantCertificate = TestMerchant.KeyText("merchant.cert.pem");
        Assert.Contains("does not belong", Problem(options), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_merchant_keys_are_one_too_many()
    {
        var options = SmMerchant.Options();
        options.MerchantPrivateKey = TestMerchant.KeyText("merchant_private_pkcs8.pem");
        Assert.Contains("both set", Problem(options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_key_is_refused_where_it_is_set()
    {
        Assert.Throws<ArgumentException>(() => new WeChatPayOptions().UseShangMi(TestMerchant.KeyText("merchant_private_pkcs8.pem"), SmMerchant.MerchantSerial));
        Assert.Throws<ArgumentNullException>(() => ((WeChatPayOptions)null!).UseShangMi());
        Assert.Throws<ArgumentNullException>(() => new WeChatPayOptions().UseShangMi(null!, SmMerchant.MerchantSerial));
    }

    [Fact]
    public async Task An_expired_certificate_proves_nothing_and_nothing_is_sent_without_a_valid_one()
    {
        // RSA's public key does not expire, and must not stand in.
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestMerchant.Now);
        var options = SmMerchant.BothOptions();
        options.TimeProvider = clock;
        options.FetchPlatformCertificates = false;
        using var api = new FakeApi(_ => SmMerchant.Signed("{}"));
        using var client = new TestClient(options, api);
        clock.Advance(TimeSpan.FromDays(365 * 20));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(
            () => client.SendAsync(HttpMethod.Get, "/v3/certificates", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((WeChatPaySignatureFailure.ExpiredCertificate, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Empty(api.Requests);
    }

    private static string Problem(WeChatPayOptions options) => Assert.Throws<ArgumentException>(() => new TestClient(options).Dispose()).Message;

    private sealed class NamedKey(string scheme) : IMerchantKey
    {
        public string Scheme => scheme;

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
