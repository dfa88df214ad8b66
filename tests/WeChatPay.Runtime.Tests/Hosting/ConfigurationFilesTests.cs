using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Hosting;

/// <summary>Key material in files that the configuration names.</summary>
public sealed class ConfigurationFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wechatpay-config-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Keys_are_read_from_files_relative_to_the_content_root()
    {
        Write("apiclient_key.pem", "\uFEFF" + TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        Write("apiclient_cert.pem", TestMerchant.KeyText("merchant.cert.pem"));
        Write("pub_key.pem", TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem"));
        Write("apiv3", TestMerchant.ApiV3Key + "\r\n");
        Write("former", "TESTONLYapiv3key0123456789former\n");
        Write("platform.pem", TestMerchant.KeyText("platform.cert.pem"));
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        await using var shop = new ConfiguredShop(
            new Dictionary<string, string?>
            {
                ["MerchantId"] = TestMerchant.MerchantId,
                ["MerchantCertificateFile"] = "apiclient_cert.pem",
                ["MerchantPrivateKeyFile"] = "apiclient_key.pem",
                ["ApiV3KeyFile"] = Path.Combine(_folder, "apiv3"),
                ["PublicKeyId"] = TestMerchant.PublicKeyId,
                ["PublicKeyFile"] = "pub_key.pem",
                ["PlatformCertificateFiles:0"] = "platform.pem",
                ["FormerApiV3Keys:0:KeyFile"] = "former",
                ["FormerApiV3Keys:0:Until"] = "2026-03-01T00:00:00+08:00",
                ["FetchPlatformCertificates"] = "false",
            },
            api,
            contentRoot: _folder);
        Assert.Empty(shop.Problems());
        Assert.Equal(TestMerchant.ApiV3Key, shop.Options.ApiV3Key);
        Assert.Equal("TESTONLYapiv3key0123456789former", Assert.Single(shop.Options.FormerApiV3Keys).Key);
        await shop.Client.Orders.PostAsync(new(), cancellationToken: Ct);
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
        Assert.Contains(TestMerchant.PlatformSerial, shop.Client.Core.Credentials.PlatformKeys.Keys.Select(key => key.Serial));
    }

    [Fact]
    public async Task A_key_file_may_be_DER()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        File.WriteAllBytes(Path.Combine(_folder, "key.der"), rsa.ExportPkcs8PrivateKey());
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(("MerchantPrivateKey", null), ("MerchantPrivateKeyFile", "key.der")), contentRoot: _folder);
        Assert.Empty(shop.Problems());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("other", true)]
    [InlineData("other", false)]
    public async Task The_TLS_certificate_comes_from_its_p12(string? password, bool isSaid)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=TEST ONLY", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(Path.Combine(_folder, "apiclient_cert.p12"), certificate.Export(X509ContentType.Pfx, password ?? TestMerchant.MerchantId));
        await using var shop = new ConfiguredShop(
            ConfiguredShop.Keys(("ClientCertificateFile", "apiclient_cert.p12"), ("ClientCertificatePassword", isSaid ? password : null)), contentRoot: _folder);
        if (!isSaid)
        {
            Assert.Contains("WeChatPay:Shop:ClientCertificateFile cannot be opened", Assert.Single(shop.Problems()), StringComparison.Ordinal);
            return;
        }

        Assert.Empty(shop.Problems());
        Assert.Equal(certificate.Thumbprint, shop.Options.ClientCertificate!.Thumbprint);
        Assert.True(shop.Options.ClientCertificate.HasPrivateKey);
    }

    [Theory]
    [InlineData("missing.pem", "names a file that is not there: correct the path; a relative one begins at ")]
    [InlineData(".", "names a file that cannot be read (")]
    [InlineData("empty", "names a file that is empty")]
    [InlineData("large", "names a file of more than 256 KB")]
    [InlineData("-----BEGIN PRIVATE KEY-----MIITESTONLY", "takes the path of a file and holds the content")]
    public async Task A_file_that_cannot_be_read_is_told_by_its_key(string value, string problem)
    {
        Write("empty", "");
        Write("large", new string('x', 300_000));
        foreach (var key in new[] { "MerchantPrivateKey", "MerchantCertificate", "PublicKey", "ApiV3Key" })
        {
            await using var shop = new ConfiguredShop(ConfiguredShop.Keys((key, null), (key + "File", value)), contentRoot: _folder);
            var problems = shop.Problems();
            Assert.StartsWith($"WeChatPay:Shop:{key}File {problem}", Assert.Single(problems), StringComparison.Ordinal);
            Assert.DoesNotContain("TESTONLY", problems[0], StringComparison.Ordinal);
        }

        await using var list = new ConfiguredShop(ConfiguredShop.Keys(("PlatformCertificateFiles:0", value)), contentRoot: _folder);
        Assert.StartsWith($"WeChatPay:Shop:PlatformCertificateFiles:0 {problem}", Assert.Single(list.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_content_is_told_with_the_key_that_names_the_file()
    {
        Write("key.pem", TestMerchant.KeyText("merchant.cert.pem"));
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(("MerchantPrivateKey", null), ("MerchantPrivateKeyFile", "key.pem")), contentRoot: _folder);
        var problem = Assert.Single(shop.Problems());
        Assert.StartsWith("WeChatPayOptions.MerchantPrivateKey is a certificate", problem, StringComparison.Ordinal);
        Assert.EndsWith("read from the file that WeChatPay:Shop:MerchantPrivateKeyFile names.)", problem, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
