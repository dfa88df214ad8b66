using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>What is told, to the word, of options about keys that are missing, doubled, of another kind or at odds with each other.</summary>
public class KeyOptionsTests
{
    private const string Digits32 = "12345678901234567890123456789012";
    private static readonly RSA Small = RSA.Create(1024);
    private static readonly string MerchantPem = TestMerchant.KeyText("merchant.cert.pem");
    private static readonly string PlatformPem = TestMerchant.KeyText("platform.cert.pem");

    public static TheoryData<string, string> Mistakes => new()
    {
        { "no merchant", "WeChatPayOptions.MerchantId is not set: set it to the merchant id (mchid) of the merchant platform, e.g. 1900000001, not an app id; or set BrandId for a brand's client." },
        { "33 digits", "WeChatPayOptions.MerchantId must consist of digits: it takes the merchant id (mchid) of the merchant platform, e.g. 1900000001, not an app id; or set BrandId for a brand's client." },
        { "no digits", "WeChatPayOptions.MerchantId must consist of digits: it takes the merchant id (mchid) of the merchant platform, e.g. 1900000001, not an app id; or set BrandId for a brand's client." },
        { "brand no digits", "WeChatPayOptions.BrandId must consist of digits: it takes the brand id of the brand platform." },
        { "brand and merchant", "WeChatPayOptions.MerchantId and WeChatPayOptions.BrandId are both set: a client signs as one of them. Take one client for the merchant and one for the brand, each with its own keys." },
        { "brand with APIv2 key", "WeChatPayOptions.ApiV2Key belongs to a merchant: leave it out of a brand's client." },
        { "brand with a suite", "WeChatPayOptions.BrandId takes RSA keys: brand interfaces know no other algorithm, so leave AlgorithmSuite out and sign with an RSA key." },
        { "no serial", "WeChatPayOptions.MerchantCertificateSerialNumber is not set: set it to the serial number of the merchant API certificate (openssl x509 -in apiclient_cert.pem -noout -serial), or set WeChatPayOptions.MerchantCertificate." },
        { "odd serial", "WeChatPayOptions.MerchantCertificateSerialNumber has 3 hex digits, but whole bytes make an even number; a tool may have dropped a leading zero." },
        { "other serial", $"WeChatPayOptions.MerchantCertificateSerialNumber (AB) is not the serial number of WeChatPayOptions.MerchantCertificate ({TestMerchant.MerchantSerial}): remove the first, which is read from the certificate, or set the certificate that belongs to it." },
        { "two keys", "WeChatPayOptions.MerchantPrivateKey and WeChatPayOptions.MerchantKey are both set: keep the one that signs and remove the other." },
        { "no key", "WeChatPayOptions.MerchantPrivateKey is not set: set it to the content of apiclient_key.pem, or set WeChatPayOptions.MerchantKey." },
        { "no scheme", "WeChatPayOptions.MerchantKey names no signature scheme; it would open the Authorization header." },
        { "scheme without suite", "WeChatPayOptions.MerchantKey signs with WECHATPAY2-TEST, and WeChatPayOptions.AlgorithmSuite is not set: set it to the suite of that scheme, without which no answer can be verified." },
        { "scheme of another suite", "WeChatPayOptions.MerchantKey signs with WECHATPAY2-OTHER, and WeChatPayOptions.AlgorithmSuite is that of WECHATPAY2-TEST: set it to the suite of that scheme, without which no answer can be verified." },
        { "no platform key of the scheme", $"The merchant's key signs with WECHATPAY2-TEST, and no key of WeChat Pay that is set does ({TestMerchant.PublicKeyId}: WECHATPAY2-SHA256-RSA2048): add WeChat Pay's public key or platform certificate of that scheme." },
        { "key as merchant certificate", "WeChatPayOptions.MerchantCertificate takes the merchant API certificate (apiclient_cert.pem). WeChatPayOptions.MerchantCertificate holds a PEM block 'PRIVATE KEY' where a CERTIFICATE is expected." },
        { "two merchant certificates", "WeChatPayOptions.MerchantCertificate holds 2 certificates: it takes the merchant API certificate (apiclient_cert.pem) alone." },
        { "small merchant certificate", "WeChatPayOptions.MerchantCertificate has no key that a merchant API certificate could have: it takes apiclient_cert.pem." },
        { "merchant certificate of another key", $"The merchant's private key does not belong to WeChatPayOptions.MerchantCertificate ({TestMerchant.Platform2Serial}): take apiclient_key.pem and apiclient_cert.pem of the same download." },
        { "merchant key that cannot sign", $"The merchant's private key does not belong to WeChatPayOptions.MerchantCertificate ({TestMerchant.MerchantSerial}): take apiclient_key.pem and apiclient_cert.pem of the same download." },
        { "APIv3 key with a blank", "WeChatPayOptions.ApiV3Key has 33 bytes: it takes the 32 ASCII characters that were set as APIv3 key on the merchant platform, without blanks around them." },
        { "former key twice", "WeChatPayOptions.FormerMerchantKeys[1] takes either PrivateKey or Key: both are set." },
        { "former key without key", "WeChatPayOptions.FormerMerchantKeys[0] takes either PrivateKey or Key: neither is set." },
        { "former key is null", "WeChatPayOptions.FormerMerchantKeys[0].Until is not set: a key that was replaced stays for a time only; set it to the date from which it is to open nothing any more." },
        { "former key is no key", "WeChatPayOptions.FormerMerchantKeys[0].PrivateKey is no private key; it takes the content (not the path) of apiclient_key.pem, as PEM or base64." },
        { "former APIv3 key is null", "WeChatPayOptions.FormerApiV3Keys[1].Until is not set: a key that was replaced stays for a time only; set it to the date from which it is to open nothing any more." },
        { "former APIv3 key without key", "WeChatPayOptions.FormerApiV3Keys[0].Key has 0 bytes: it takes the 32 ASCII characters that were set as APIv3 key on the merchant platform, without blanks around them." },
        { "id without key", "WeChatPayOptions.PublicKey is not set although WeChatPayOptions.PublicKeyId is: set it to the content of pub_key.pem." },
        { "key without id", "WeChatPayOptions.PublicKeyId is not set although WeChatPayOptions.PublicKey is: set it to the id that the merchant platform shows (PUB_KEY_ID_…)." },
        { "id with a blank", "WeChatPayOptions.PublicKeyId must be the id exactly as the merchant platform shows it, beginning with PUB_KEY_ID_ and without blanks." },
        { "id without prefix", "WeChatPayOptions.PublicKeyId must be the id exactly as the merchant platform shows it, beginning with PUB_KEY_ID_ and without blanks." },
        { "public key is none", "WeChatPayOptions.PublicKey is no public key; it takes the content (not the path) of pub_key.pem, as PEM or base64." },
        { "own public key", $"The platform key '{TestMerchant.PublicKeyId}' is the merchant's own key: take WeChat Pay's public key or platform certificate, not the merchant API certificate." },
        { "own certificate", $"WeChatPayOptions.PlatformCertificates[0] is the merchant's own certificate ({TestMerchant.MerchantSerial}): it takes certificates of WeChat Pay; trusting the own one would let anyone who has it forge answers." },
        { "certificate is none", "WeChatPayOptions.PlatformCertificates[1] holds no certificate; it takes the PEM text of a WeChat Pay platform certificate (-----BEGIN CERTIFICATE-----)." },
        { "certificate is null", "WeChatPayOptions.PlatformCertificates[0] holds no certificate; it takes the PEM text of a WeChat Pay platform certificate (-----BEGIN CERTIFICATE-----)." },
        { "small certificate", "WeChatPayOptions.PlatformCertificates[0] (0A) has no RSA key of at least 2048 bit." },
        { "small certificate beside a suite", "WeChatPayOptions.PlatformCertificates[0] (0A) has neither an RSA key of at least 2048 bit nor a key of WECHATPAY2-TEST." },
        { "no platform key", "No key of WeChat Pay is set, so no answer could be verified: set WeChatPayOptions.PublicKeyId and WeChatPayOptions.PublicKey (merchant platform, API security), or WeChatPayOptions.ApiV3Key, with which platform certificates are fetched." },
        { "expired", $"None of WeChatPayOptions.PlatformCertificates is valid now ({TestMerchant.ExpiredSerial}: 2018-01-01 00:00:00Z to 2023-01-01 00:00:00Z): add the current certificate, or set WeChatPayOptions.PublicKeyId and WeChatPayOptions.PublicKey." },
        { "former key as platform key", $"The platform key '{TestMerchant.PublicKeyId}' is one of the merchant's own keys: take WeChat Pay's public key or platform certificate." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_alone_and_to_the_word(string mistake, string expected)
    {
        var options = TestMerchant.Options();
        options.PlatformCertificates = [];
        Make(mistake, options);
        var problems = new List<string>();
        Assert.Null(MerchantCredentials.TryCreate(options, problems));
        Assert.Equal([expected], problems);
    }

    [Theory]
    [InlineData("1")]
    [InlineData(" 1900000001\n")]
    [InlineData(Digits32)]
    public void An_id_has_up_to_32_digits(string id)
    {
        var options = TestMerchant.Options();
        options.MerchantId = id;
        Assert.Equal(id.Trim(), MerchantCredentials.Create(options).MerchantId);
        (options.MerchantId, options.BrandId) = (null, id);
        Assert.Equal((id.Trim(), true), (MerchantCredentials.Create(options).MerchantId, MerchantCredentials.Create(options).IsBrand));
    }

    [Fact]
    public void A_missing_key_is_told_where_it_is_needed_with_its_merchant()
    {
        var options = TestMerchant.Options();
        options.ApiV3Key = null;
        var credentials = MerchantCredentials.Create(options);
        Assert.False(credentials.HasApiV3Key);
        Assert.Equal(
            "WeChatPayOptions.ApiV3Key of merchant 1900000001 is not set, so notifications cannot be opened: set it to the APIv3 key of the merchant platform (32 characters).",
            Assert.Throws<InvalidOperationException>(() => credentials.ApiV3Key).Message);
        Assert.Equal(
            "WeChatPayOptions.ApiV2Key of merchant 1900000001 is not set, and APIv2 calls and notifications are signed with it: set it to the APIv2 key of the merchant platform (32 characters).",
            Assert.Throws<InvalidOperationException>(() => credentials.ApiV2Key).Message);
        options.ApiV2Key = Digits32;
        options.AcceptMd5Notifications = !options.AcceptMd5Notifications;
        Assert.Equal((Digits32, options.AcceptMd5Notifications), (MerchantCredentials.Create(options).ApiV2Key, MerchantCredentials.Create(options).AcceptsMd5Notifications));
    }

    [Fact]
    public void A_brand_is_told_who_opens_payments()
    {
        var merchant = MerchantCredentials.Create(TestMerchant.Options());
        Assert.Same(merchant, merchant.RequireMerchant());
        Assert.Equal(
            "This is the client of brand 1004, and what a front end takes is made with a merchant's keys: use the Invocation of the merchant's client.",
            Assert.Throws<NotSupportedException>(() => MerchantCredentials.Create(MoneyRule09BrandTests.Options()).RequireMerchant()).Message);
    }

    [Fact]
    public void A_key_that_was_replaced_opens_until_its_date_and_not_in_that_very_second()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        using var former = RSA.Create(2048);
        var text = former.Encrypt("a"u8, RSAEncryptionPadding.OaepSHA1);
        var keys = new DecryptionKeys(MerchantCredentials.Create(TestMerchant.Options()).Key, [new(WeChatPayMerchantKey.FromRsa(former), TestMerchant.Now.AddSeconds(1))], clock);
        Assert.True(keys.AreLocal);
        Assert.Equal("a"u8, keys.Decrypt(text));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.ThrowsAny<CryptographicException>(() => keys.Decrypt(text));
    }

    [Fact]
    public void Platform_certificates_are_fetched_for_merchants_with_an_APIv3_key_unless_that_is_turned_off()
    {
        var options = TestMerchant.Options();
        Assert.False(PlatformKeyOptions.CanFetch(options));
        options.FetchPlatformCertificates = true;
        Assert.True(PlatformKeyOptions.CanFetch(options));
        options.ApiV3Key = "";
        Assert.False(PlatformKeyOptions.CanFetch(options));
        var brand = MoneyRule09BrandTests.Options();
        brand.FetchPlatformCertificates = true;
        Assert.False(PlatformKeyOptions.CanFetch(brand));
    }

    private static void Make(string mistake, WeChatPayOptions options)
    {
        switch (mistake)
        {
            case "no merchant": options.MerchantId = " "; break;
            case "33 digits": options.MerchantId = Digits32 + "3"; break;
            case "no digits": options.MerchantId = "190000000/"; break;
            case "brand no digits": (options.MerchantId, options.BrandId) = (null, "1:"); break;
            case "brand and merchant": options.BrandId = "1004"; break;
            case "brand with APIv2 key": (options.MerchantId, options.BrandId, options.ApiV2Key) = (null, "1004", Digits32); break;
            case "brand with a suite": (options.MerchantId, options.BrandId, options.AlgorithmSuite) = (null, "1004", new Suite()); break;
            case "no serial": options.MerchantCertificateSerialNumber = " "; break;
            case "odd serial": options.MerchantCertificateSerialNumber = "abc"; break;
            case "other serial": (options.MerchantCertificate, options.MerchantCertificateSerialNumber) = (MerchantPem, "ab"); break;
            case "two keys": options.MerchantKey = new Key(); break;
            case "no key": options.MerchantPrivateKey = " "; break;
            case "no scheme": (options.MerchantPrivateKey, options.MerchantKey) = (null, new Key("RSA")); break;
            case "scheme without suite": (options.MerchantPrivateKey, options.MerchantKey) = (null, new Key("WECHATPAY2-TEST")); break;
            case "scheme of another suite": (options.MerchantPrivateKey, options.MerchantKey, options.AlgorithmSuite) = (null, new Key("WECHATPAY2-OTHER"), new Suite()); break;
            case "no platform key of the scheme": (options.MerchantPrivateKey, options.MerchantKey, options.AlgorithmSuite) = (null, new Key("WECHATPAY2-TEST"), new Suite()); break;
            case "key as merchant certificate": options.MerchantCertificate = options.MerchantPrivateKey; break;
            case "two merchant certificates": options.MerchantCertificate = MerchantPem + PlatformPem; break;
            case "small merchant certificate": options.MerchantCertificate = SmallCertificate(); break;
            case "merchant certificate of another key": (options.MerchantCertificate, options.MerchantCertificateSerialNumber) = (TestMerchant.KeyText("platform2.cert.pem"), null); break;
            case "merchant key that cannot sign": (options.MerchantCertificate, options.MerchantPrivateKey, options.MerchantKey) = (MerchantPem, null, new LocalKey()); break;
            case "APIv3 key with a blank": options.ApiV3Key += " "; break;
            case "former key twice":
                options.FormerMerchantKeys = [new() { Key = new Key(), Until = TestMerchant.Now }, new() { PrivateKey = options.MerchantPrivateKey, Key = new Key(), Until = TestMerchant.Now }];
                break;
            case "former key without key": options.FormerMerchantKeys = [new() { Until = TestMerchant.Now }]; break;
            case "former key is null": options.FormerMerchantKeys = [null!]; break;
            case "former key is no key": options.FormerMerchantKeys = [new() { PrivateKey = "x", Until = TestMerchant.Now }]; break;
            case "former APIv3 key is null": options.FormerApiV3Keys = [new() { Key = TestMerchant.ApiV3Key, Until = TestMerchant.Now }, null!]; break;
            case "former APIv3 key without key": options.FormerApiV3Keys = [new() { Until = TestMerchant.Now }]; break;
            case "id without key": options.PublicKey = " "; break;
            case "key without id": options.PublicKeyId = " "; break;
            case "id with a blank": options.PublicKeyId += " "; break;
            case "id without prefix": options.PublicKeyId = "0" + options.PublicKeyId; break;
            case "public key is none": options.PublicKey = "x"; break;
            case "own public key": options.PublicKey = Own(rsa => rsa.ExportSubjectPublicKeyInfoPem()); break;
            case "own certificate": options.PlatformCertificates = [MerchantPem]; break;
            case "certificate is none": options.PlatformCertificates = [PlatformPem, "x"]; break;
            case "certificate is null": options.PlatformCertificates = [null!]; break;
            case "small certificate": options.PlatformCertificates = [SmallCertificate()]; break;
            case "small certificate beside a suite": (options.PlatformCertificates, options.AlgorithmSuite) = ([SmallCertificate()], new Suite()); break;
            case "no platform key": (options.PublicKey, options.PublicKeyId) = (null, null); break;
            case "expired": (options.PublicKey, options.PublicKeyId, options.PlatformCertificates) = (null, null, [TestMerchant.KeyText("platform_expired.cert.pem")]); break;
            case "former key as platform key": options.FormerMerchantKeys = [new() { PrivateKey = TestMerchant.KeyText("wechatpay_pubkey_mode_private_pkcs8.pem"), Until = TestMerchant.Now }]; break;
            default: throw new InvalidOperationException(mistake);
        }
    }

    private static string Own(Func<RSA, string> export)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        return export(rsa);
    }

    private static string SmallCertificate()
    {
        var request = new CertificateRequest("CN=TEST ONLY", Small, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            new X500DistinguishedName("CN=TEST ONLY CA"), X509SignatureGenerator.CreateForRSA(Small, RSASignaturePadding.Pkcs1), TestMerchant.Now, TestMerchant.Now.AddDays(1), [0x0A]);
        return certificate.ExportCertificatePem();
    }

    private class Key(string scheme = "WECHATPAY2-SHA256-RSA2048") : IMerchantKey
    {
        public string Scheme => scheme;

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class LocalKey : Key, ILocalMerchantKey
    {
        public byte[] Sign(ReadOnlySpan<byte> message) => throw new CryptographicException();

        public byte[] Decrypt(ReadOnlySpan<byte> ciphertext) => throw new CryptographicException();
    }

    private sealed class Suite : IAlgorithmSuite
    {
        public string Scheme => "WECHATPAY2-TEST";

        public string AeadAlgorithm => "AEAD_TEST";

        public byte[] OpenAead(ReadOnlySpan<byte> apiV3Key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext) => throw new NotSupportedException();

        public IPlatformKey? TryReadPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) => null;
    }
}
