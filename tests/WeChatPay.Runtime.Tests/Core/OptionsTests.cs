using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Options are checked once, all problems at once, each with its remedy; key material comes in all the forms in which people have it.</summary>
public class OptionsTests
{
    private const string Password = "TESTONLY-p4ss";

    public static TheoryData<string> PrivateKeyForms =>
    [
        "pkcs8", "pkcs1", "crlf", "escaped", "escaped crlf", "one line", "quoted", "bom", "text around", "base64 of pkcs8 DER", "base64 of pkcs1 DER", "base64 of PEM", "wrapped base64",
        "behind its certificate", "encrypted", "encrypted escaped", "base64 of encrypted DER",
    ];

    [Theory]
    [MemberData(nameof(PrivateKeyForms))]
    public void A_private_key_is_read_in_every_form(string form)
    {
        var pkcs8 = TestMerchant.KeyText("merchant_private_pkcs8.pem");
        var pkcs1 = TestMerchant.KeyText("merchant_private_pkcs1.pem");
        var options = TestMerchant.Options();
        options.MerchantPrivateKey = form switch
        {
            "pkcs8" => pkcs8,
            "pkcs1" => pkcs1,
            "crlf" => pkcs8.ReplaceLineEndings("\r\n"),
            "escaped" => pkcs8.ReplaceLineEndings("\\n"),
            "escaped crlf" => pkcs8.ReplaceLineEndings("\\r\\n"),
            "one line" => pkcs8.ReplaceLineEndings(" "),
            "quoted" => $"\"{pkcs8.ReplaceLineEndings("\\n")}\"",
            "bom" => "\uFEFF" + pkcs8,
            "text around" => "Bag Attributes\n" + pkcs8 + "\n",
            "base64 of pkcs8 DER" => Convert.ToBase64String(Der(pkcs8)),
            "base64 of pkcs1 DER" => Convert.ToBase64String(Der(pkcs1)),
            "base64 of PEM" => Convert.ToBase64String(Encoding.ASCII.GetBytes(pkcs8)),
            "behind its certificate" => TestMerchant.KeyText("merchant.cert.pem") + pkcs8,
            "encrypted" => Encrypted(),
            "encrypted escaped" => Encrypted().ReplaceLineEndings("\\n"),
            "base64 of encrypted DER" => Convert.ToBase64String(Der(Encrypted())),
            _ => Convert.ToBase64String(Der(pkcs8), Base64FormattingOptions.InsertLineBreaks),
        };
        options.MerchantPrivateKeyPassword = form.Contains("encrypted", StringComparison.Ordinal) ? Password : null;
        using var expected = RSA.Create();
        expected.ImportFromPem(pkcs8);
        Assert.Equal(expected.ExportParameters(false).Modulus, ((RsaMerchantKey)MerchantCredentials.Create(options).Key).Modulus);
    }

    [Theory]
    [InlineData("0A1B2C3D4E5F60718293A4B5C6D7E8F901234567", "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567")]
    [InlineData("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567")]
    [InlineData(" 0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9:01:23:45:67\n", "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567")]
    [InlineData("00F1E2D3C4B5A6978877665544332211000FEDCBA8", "F1E2D3C4B5A6978877665544332211000FEDCBA8")]
    [InlineData("F1E2D3C4B5A6978877665544332211000FEDCBA8", "F1E2D3C4B5A6978877665544332211000FEDCBA8")]
    public void The_merchants_serial_is_brought_into_the_form_of_the_wire(string text, string serial)
    {
        var options = TestMerchant.Options();
        options.MerchantCertificateSerialNumber = text;
        Assert.Equal(serial, MerchantCredentials.Create(options).CertificateSerialNumber);
    }

    [Fact]
    public void A_certificates_serial_keeps_its_leading_zero_and_loses_the_sign_byte()
    {
        using var topBit = X509Certificate2.CreateFromPem(TestMerchant.KeyText("platform2.cert.pem"));
        Assert.Equal(42, topBit.SerialNumber.Length);
        Assert.Equal(TestMerchant.Platform2Serial, SerialNumber.Of(topBit));
        using var zero = X509Certificate2.CreateFromPem(TestMerchant.KeyText("merchant.cert.pem"));
        Assert.Equal(TestMerchant.MerchantSerial, SerialNumber.Of(zero));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "no merchant", "MerchantId is not set" },
        { "app id as merchant", "MerchantId must consist of digits" },
        { "no serial", "MerchantCertificateSerialNumber is not set" },
        { "serial with letters", "no hex digits" },
        { "serial lost a zero", "dropped a leading zero" },
        { "serial too long", "more than 40 hex digits" },
        { "public key id as serial", "PublicKeyId" },
        { "no key", "MerchantPrivateKey is not set" },
        { "two keys", "both set" },
        { "path as key", "the content (not the path)" },
        { "certificate as key", "is a certificate" },
        { "public key as key", "is a public key" },
        { "encrypted key", "encrypted with a password" },
        { "damaged key", "is damaged" },
        { "short key", "has only 1024 bit" },
        { "wrong password", "is not its own" },
        { "wrong password of DER", "is not its own" },
        { "encrypted in the old form", "openssl pkcs8 -topk8" },
        { "EC key", "EC PRIVATE KEY" },
        { "EC key in PKCS#8", "is no RSA key (algorithm 1.2.840.10045.2.1)" },
        { "EC key as base64", "is no RSA key" },
        { "certificate of another key", "does not belong to WeChatPayOptions.MerchantCertificate" },
        { "certificate of another serial", "is not the serial number of WeChatPayOptions.MerchantCertificate" },
        { "key as merchant certificate", "takes the merchant API certificate" },
        { "two merchant certificates", "holds 2 certificates" },
        { "no serial and no certificate", "or set WeChatPayOptions.MerchantCertificate" },
        { "former key without end", "FormerMerchantKeys[0].Until is not set" },
        { "former key without key", "neither is set" },
        { "former key damaged", "FormerMerchantKeys[0].PrivateKey is damaged" },
        { "former APIv3 key without end", "FormerApiV3Keys[0].Until is not set" },
        { "former APIv3 key short", "FormerApiV3Keys[0].Key has 31 bytes" },
        { "former merchant key as public key", "one of the merchant's own keys" },
        { "short APIv3 key", "ApiV3Key has 31 bytes" },
        { "short APIv2 key", "ApiV2Key has 5 characters" },
        { "no platform key", "no answer could be verified" },
        { "no platform key and none to be fetched", "no answer could be verified" },
        { "id without key", "PublicKey is not set" },
        { "key without id", "PublicKeyId is not set" },
        { "id without prefix", "beginning with PUB_KEY_ID_" },
        { "certificate as public key", "belongs into PlatformCertificates" },
        { "public key as certificate", "belongs into PublicKey" },
        { "private key as public key", "is a private key" },
        { "merchant certificate as platform certificate", "merchant's own certificate" },
        { "merchant key as public key", "merchant's own key" },
        { "merchant key in a certificate of another serial", "merchant's own key" },
        { "only expired certificates", "None of WeChatPayOptions.PlatformCertificates is valid now" },
        { "certificate damaged", "is damaged" },
        { "no clock", "TimeProvider is null" },
        { "no time", "Timeout is 00:00:00" },
        { "no address", "BaseAddress is null" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_remedy(string mistake, string expected)
    {
        var options = TestMerchant.Options();
        Make(mistake, options);
        var failure = Assert.Throws<ArgumentException>(() => new TestClient(options));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("problems:", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MII", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var failure = Assert.Throws<ArgumentException>(() => new TestClient(new WeChatPayOptions()));
        Assert.Contains("4 problems", failure.Message, StringComparison.Ordinal);
        foreach (var name in new[] { "MerchantId", "MerchantCertificateSerialNumber", "MerchantPrivateKey", "PublicKeyId" })
        {
            Assert.Contains($"WeChatPayOptions.{name}", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Options_are_copied()
    {
        var options = TestMerchant.Options();
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        using var client = new TestClient(options, api);
        options.MerchantId = "1";
        options.BaseAddress = new("https://evil.example/");
        options.PlatformCertificates.Clear();
        options.PublicKeyId = null;
        await client.Orders.PostAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("mchid=\"1900000001\"", api.Requests[0].Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("api.mch.weixin.qq.com", api.Requests[0].Address.Host);
    }

    [Theory]
    [InlineData("2025-06-01", TestMerchant.Platform2Serial)]
    [InlineData("2024-06-01", TestMerchant.PlatformSerial)]
    [InlineData("2022-06-01", TestMerchant.ExpiredSerial)]
    public void Without_a_public_key_the_newest_valid_certificate_encrypts(string day, string serial)
    {
        var options = TestMerchant.Options(new FakeTimeProvider(new(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero)));
        options.PublicKey = options.PublicKeyId = null;
        Assert.Equal(serial, MerchantCredentials.Create(options).PlatformKeys.EncryptionKey.Serial);
    }

    [Fact]
    public async Task When_the_last_certificate_has_expired_nothing_is_sent()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var options = TestMerchant.Options(clock);
        options.PublicKey = options.PublicKeyId = null;
        options.FetchPlatformCertificates = false;
        var api = new FakeApi("{}");
        using var client = new TestClient(options, api);
        clock.SetUtcNow(new(2046, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((WeChatPaySignatureFailure.ExpiredCertificate, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Empty(api.Requests);
    }

    [Fact]
    public void A_bundle_of_certificates_may_be_one_text()
    {
        var options = TestMerchant.Options();
        options.PlatformCertificates = [TestMerchant.KeyText("platform.cert.pem") + "\n" + TestMerchant.KeyText("platform2.cert.pem"), TestMerchant.KeyText("platform.cert.pem")];
        Assert.Equal(
            [TestMerchant.PublicKeyId, TestMerchant.PlatformSerial, TestMerchant.Platform2Serial],
            MerchantCredentials.Create(options).PlatformKeys.Keys.Select(key => key.Serial));
    }

    [Fact]
    public async Task The_merchants_certificate_gives_the_serial_and_is_not_sent()
    {
        var options = TestMerchant.Options();
        (options.MerchantCertificate, options.MerchantCertificateSerialNumber) = (TestMerchant.KeyText("merchant.cert.pem"), null);
        Assert.Equal(TestMerchant.MerchantSerial, MerchantCredentials.Create(options).CertificateSerialNumber);

        options.MerchantCertificateSerialNumber = TestMerchant.MerchantSerial.ToLowerInvariant();
        var api = new FakeApi("{}");
        using var client = new TestClient(options, api);
        await client.Orders.PostAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
        Assert.DoesNotContain(api.Requests[0].Headers.Values, value => value.Contains("CERTIFICATE", StringComparison.Ordinal));
    }

    [Fact]
    public void The_certificate_is_read_for_a_key_in_a_vault_too()
    {
        var options = TestMerchant.Options();
        (options.MerchantCertificate, options.MerchantCertificateSerialNumber) = (TestMerchant.KeyText("merchant.cert.pem"), null);
        (options.MerchantKey, options.MerchantPrivateKey) = (new SilentKey(), null);
        Assert.Equal(TestMerchant.MerchantSerial, MerchantCredentials.Create(options).CertificateSerialNumber);
    }

    [Theory]
    [InlineData("PEM")]
    [InlineData("DER")]
    [InlineData("encrypted")]
    [InlineData("encrypted DER")]
    public async Task A_key_is_read_from_its_file(string form)
    {
        var pem = form.StartsWith("encrypted", StringComparison.Ordinal) ? Encrypted() : TestMerchant.KeyText("merchant_private_pkcs8.pem");
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, form.EndsWith("DER", StringComparison.Ordinal) ? Der(pem) : Encoding.UTF8.GetBytes(pem), TestContext.Current.CancellationToken);
            var key = WeChatPayMerchantKey.FromFile(path, Password);
            using var certificate = X509Certificate2.CreateFromPem(TestMerchant.KeyText("merchant.cert.pem"));
            var signature = await key.SignAsync("text"u8.ToArray(), TestContext.Current.CancellationToken);
            Assert.True(certificate.GetRSAPublicKey()!.VerifyData("text"u8, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

            await File.WriteAllTextAsync(path, "no key", TestContext.Current.CancellationToken);
            var failure = Assert.Throws<ArgumentException>(() => WeChatPayMerchantKey.FromFile(path));
            Assert.Contains($"The file {Path.GetFileName(path)} is no private key", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_PKCS12_file_gives_key_and_serial()
    {
        using var certificate = X509Certificate2.CreateFromPem(TestMerchant.KeyText("merchant.cert.pem"), TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        var (key, serial) = WeChatPayMerchantKey.FromPfx(certificate.Export(X509ContentType.Pfx, "1900000001"), "1900000001");
        Assert.Equal(TestMerchant.MerchantSerial, serial);
        var options = TestMerchant.Options();
        (options.MerchantKey, options.MerchantPrivateKey) = (key, null);
        Assert.NotNull(MerchantCredentials.Create(options));
        Assert.ThrowsAny<CryptographicException>(() => WeChatPayMerchantKey.FromPfx(certificate.Export(X509ContentType.Pfx, "1900000001"), "wrong"));
    }

    [Fact]
    public void The_APIv3_key_is_missed_only_when_it_is_needed()
    {
        var options = TestMerchant.Options();
        options.ApiV3Key = null;
        var credentials = MerchantCredentials.Create(options);
        Assert.Contains("ApiV3Key", Assert.Throws<InvalidOperationException>(() => credentials.ApiV3Key).Message, StringComparison.Ordinal);
    }

    /// <summary>A key in a vault: it must not be asked before a call needs it.</summary>
    private sealed class SilentKey : IMerchantKey
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private static void Make(string mistake, WeChatPayOptions options)
    {
        switch (mistake)
        {
            case "no merchant": options.MerchantId = " "; break;
            case "app id as merchant": options.MerchantId = "wx0000000000000001"; break;
            case "no serial": options.MerchantCertificateSerialNumber = null; break;
            case "serial with letters": options.MerchantCertificateSerialNumber = "XYZ"; break;
            case "serial lost a zero": options.MerchantCertificateSerialNumber = TestMerchant.MerchantSerial[1..]; break;
            case "serial too long": options.MerchantCertificateSerialNumber = "1234" + TestMerchant.MerchantSerial; break;
            case "public key id as serial": options.MerchantCertificateSerialNumber = TestMerchant.PublicKeyId; break;
            case "no key": options.MerchantPrivateKey = ""; break;
            case "two keys": options.MerchantKey = WeChatPayMerchantKey.FromPem(options.MerchantPrivateKey!); break;
            case "path as key": options.MerchantPrivateKey = "/etc/wechatpay/apiclient_key.pem"; break;
            case "certificate as key": options.MerchantPrivateKey = TestMerchant.KeyText("merchant.cert.pem"); break;
            case "public key as key": options.MerchantPrivateKey = options.PublicKey; break;
            case "encrypted key": options.MerchantPrivateKey = Pem("merchant", rsa => rsa.ExportEncryptedPkcs8PrivateKeyPem("x", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000))); break;
            case "damaged key": options.MerchantPrivateKey = options.MerchantPrivateKey!.Replace("MII", "MIA", StringComparison.Ordinal); break;
            case "short key": options.MerchantPrivateKey = RSA.Create(1024).ExportPkcs8PrivateKeyPem(); break;
            case "EC key": options.MerchantPrivateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportECPrivateKeyPem(); break;
            case "wrong password": (options.MerchantPrivateKey, options.MerchantPrivateKeyPassword) = (Encrypted(), "other"); break;
            case "wrong password of DER": (options.MerchantPrivateKey, options.MerchantPrivateKeyPassword) = (Convert.ToBase64String(Der(Encrypted())), "other"); break;
            case "encrypted in the old form": options.MerchantPrivateKey = TestMerchant.KeyText("merchant_private_pkcs1.pem").Replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n", StringComparison.Ordinal); break;
            case "EC key in PKCS#8": options.MerchantPrivateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem(); break;
            case "EC key as base64": options.MerchantPrivateKey = Convert.ToBase64String(ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKey()); break;
            case "certificate of another key": (options.MerchantCertificate, options.MerchantCertificateSerialNumber) = (TestMerchant.KeyText("platform.cert.pem"), null); options.PlatformCertificates = []; break;
            case "certificate of another serial": (options.MerchantCertificate, options.MerchantCertificateSerialNumber) = (TestMerchant.KeyText("merchant.cert.pem"), "0B" + TestMerchant.MerchantSerial[2..]); break;
            case "key as merchant certificate": options.MerchantCertificate = options.MerchantPrivateKey; break;
            case "two merchant certificates": options.MerchantCertificate = TestMerchant.KeyText("merchant.cert.pem") + TestMerchant.KeyText("platform.cert.pem"); break;
            case "no serial and no certificate": options.MerchantCertificateSerialNumber = " "; break;
            case "former key without end": options.FormerMerchantKeys = [new() { PrivateKey = options.MerchantPrivateKey }]; break;
            case "former key without key": options.FormerMerchantKeys = [new() { Until = TestMerchant.Now }]; break;
            case "former key damaged": options.FormerMerchantKeys = [new() { PrivateKey = options.MerchantPrivateKey!.Replace("MII", "MIA", StringComparison.Ordinal), Until = TestMerchant.Now }]; break;
            case "former APIv3 key without end": options.FormerApiV3Keys = [new() { Key = TestMerchant.ApiV3Key }]; break;
            case "former APIv3 key short": options.FormerApiV3Keys = [new() { Key = TestMerchant.ApiV3Key[1..], Until = TestMerchant.Now }]; break;
            case "former merchant key as public key":
                using (var former = RSA.Create(2048))
                {
                    options.FormerMerchantKeys = [new() { PrivateKey = former.ExportPkcs8PrivateKeyPem(), Until = TestMerchant.Now }];
                    options.PublicKey = former.ExportSubjectPublicKeyInfoPem();
                }

                break;
            case "short APIv3 key": options.ApiV3Key = TestMerchant.ApiV3Key[1..]; break;
            case "short APIv2 key": options.ApiV2Key = "short"; break;
            case "no platform key": (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.ApiV3Key) = (null, null, [], null); break;
            case "no platform key and none to be fetched": (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.FetchPlatformCertificates) = (null, null, [], false); break;
            case "id without key": options.PublicKey = null; break;
            case "key without id": options.PublicKeyId = null; break;
            case "id without prefix": options.PublicKeyId = TestMerchant.PublicKeyId["PUB_KEY_ID_".Length..]; break;
            case "certificate as public key": options.PublicKey = TestMerchant.KeyText("platform.cert.pem"); break;
            case "public key as certificate": options.PlatformCertificates = [options.PublicKey!]; break;
            case "private key as public key": options.PublicKey = options.MerchantPrivateKey; break;
            case "merchant certificate as platform certificate": options.PlatformCertificates = [TestMerchant.KeyText("merchant.cert.pem")]; break;
            case "merchant key as public key": options.PublicKey = Pem("merchant", rsa => rsa.ExportSubjectPublicKeyInfoPem()); break;
            case "merchant key in a certificate of another serial": options.PlatformCertificates = [SelfSigned()]; break;
            case "only expired certificates": (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.ApiV3Key) = (null, null, [TestMerchant.KeyText("platform_expired.cert.pem")], null); break;
            case "certificate damaged": options.PlatformCertificates = [TestMerchant.KeyText("platform.cert.pem").Replace("MII", "MIA", StringComparison.Ordinal)]; break;
            case "no clock": options.TimeProvider = null!; break;
            case "no time": options.Timeout = TimeSpan.Zero; break;
            case "no address": options.BaseAddress = null!; break;
            default: throw new InvalidOperationException(mistake);
        }
    }

    private static string Pem(string name, Func<RSA, string> export)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText(name + "_private_pkcs8.pem"));
        return export(rsa);
    }

    private static string Encrypted()
        => Pem("merchant", rsa => rsa.ExportEncryptedPkcs8PrivateKeyPem(Password, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));

    private static string SelfSigned() => Pem("merchant", rsa =>
    {
        var request = new CertificateRequest("CN=test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TestMerchant.Now.AddYears(-1), TestMerchant.Now.AddYears(1));
        return certificate.ExportCertificatePem();
    });

    private static byte[] Der(string pem) => Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
}
