using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WeChatPay.Keys;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Keys and certificates in the forms in which people have them, and what is said, to the word, of what they paste in their place.</summary>
public class KeyTextTests
{
    private static readonly string PublicPem = TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem");
    private static readonly string PrivatePem = TestMerchant.KeyText("merchant_private_pkcs8.pem");
    private static readonly string CertificatePem = TestMerchant.KeyText("platform.cert.pem");
    private static readonly RSA Small = RSA.Create(1024);
    private static readonly ECDsa Elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string> PublicKeyForms => ["PEM", "PKCS#1", "escaped", "quoted", "apostrophes", "base64 of PEM", "base64 of DER", "base64 of PKCS#1", "blanks around"];

    [Theory]
    [MemberData(nameof(PublicKeyForms))]
    public void A_public_key_is_read_in_every_form(string form)
    {
        using var expected = RSA.Create();
        expected.ImportFromPem(PublicPem);
        var text = form switch
        {
            "PKCS#1" => expected.ExportRSAPublicKeyPem(),
            "escaped" => PublicPem.ReplaceLineEndings("\\r\\n"),
            "quoted" => $"\"{PublicPem.ReplaceLineEndings("\\n")}\"",
            "apostrophes" => $"'{PublicPem}'",
            "base64 of PEM" => Convert.ToBase64String(Encoding.ASCII.GetBytes(PublicPem)),
            "base64 of DER" => Convert.ToBase64String(expected.ExportSubjectPublicKeyInfo()),
            "base64 of PKCS#1" => Convert.ToBase64String(expected.ExportRSAPublicKey()),
            "blanks around" => $" \n{Convert.ToBase64String(expected.ExportSubjectPublicKeyInfo())}\n ",
            _ => PublicPem,
        };
        using var key = KeyText.TryReadPublicKey(text, "N", out var problem);
        Assert.Null(problem);
        Assert.Equal(expected.ExportParameters(false).Modulus, key!.ExportParameters(false).Modulus);
    }

    public static TheoryData<string, string> NoPublicKeys => new()
    {
        { "", "is no public key; it takes the content (not the path) of pub_key.pem, as PEM or base64" },
        { "/etc/pub_key.pem", "is no public key; it takes the content (not the path) of pub_key.pem, as PEM or base64" },
        { "AAAA", "is no public key; it takes the content (not the path) of pub_key.pem, as PEM or base64" },
        { "certificate", "is a certificate; a platform certificate belongs into PlatformCertificates, the WeChat Pay public key is pub_key.pem" },
        { "PRIVATE KEY", "is a private key; it takes the public key that WeChat Pay shows on the merchant platform (pub_key.pem)" },
        { "RSA PRIVATE KEY", "is a private key; it takes the public key that WeChat Pay shows on the merchant platform (pub_key.pem)" },
        { "ENCRYPTED PRIVATE KEY", "is a private key; it takes the public key that WeChat Pay shows on the merchant platform (pub_key.pem)" },
        { "CRL", "is a PEM block 'X509 CRL'; it takes an RSA public key (PUBLIC KEY)" },
        { "small", "has only 1024 bit; WeChat Pay uses at least 2048" },
        { "EC", "is damaged: it has the form of an RSA public key, but its content cannot be read; download pub_key.pem again" },
        { "random base64", "is damaged: it has the form of an RSA public key, but its content cannot be read; download pub_key.pem again" },
        { "cut PEM", "is damaged: it has the form of an RSA public key, but its content cannot be read; download pub_key.pem again" },
    };

    [Theory]
    [MemberData(nameof(NoPublicKeys))]
    public void What_is_no_public_key_is_told_with_what_to_take(string what, string expected)
    {
        var text = what switch
        {
            "certificate" => CertificatePem,
            "PRIVATE KEY" => PrivatePem,
            "RSA PRIVATE KEY" => TestMerchant.KeyText("merchant_private_pkcs1.pem"),
            "ENCRYPTED PRIVATE KEY" => Small.ExportEncryptedPkcs8PrivateKeyPem("x", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)),
            "CRL" => PemEncoding.WriteString("X509 CRL", [1, 2, 3]),
            "small" => Small.ExportSubjectPublicKeyInfoPem(),
            "EC" => Elliptic.ExportSubjectPublicKeyInfoPem(),
            "random base64" => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)),
            "cut PEM" => PemEncoding.WriteString("PUBLIC KEY", [0x30, 0x10]),
            _ => what,
        };
        Assert.Null(KeyText.TryReadPublicKey(text, "N", out var problem));
        Assert.Equal($"N {expected}.", problem);
    }

    public static TheoryData<string, string> NoPrivateKeys => new()
    {
        { "", "is no private key; it takes the content (not the path) of apiclient_key.pem, as PEM or base64" },
        { "certificate", "is a certificate; it takes the private key (apiclient_key.pem), not apiclient_cert.pem" },
        { "PUBLIC KEY", "is a public key; it takes the merchant's private key (apiclient_key.pem)" },
        { "RSA PUBLIC KEY", "is a public key; it takes the merchant's private key (apiclient_key.pem)" },
        { "EC", "is a PEM block 'EC PRIVATE KEY'; it takes an RSA private key (PRIVATE KEY or RSA PRIVATE KEY)" },
        { "CRL", "is a PEM block 'X509 CRL'; it takes an RSA private key (PRIVATE KEY or RSA PRIVATE KEY)" },
        { "EC in PKCS#8", "is no RSA key (algorithm 1.2.840.10045.2.1): WeChat Pay's merchant certificates have RSA keys; a key of 国密 goes through WeChatPay.ShangMi" },
        { "encrypted", "is encrypted with a password: set it (MerchantPrivateKeyPassword), or decrypt the key first (openssl pkcs8 -in … -out …)" },
        { "encrypted DER", "is encrypted with a password: set it (MerchantPrivateKeyPassword)" },
        { "old form", "is encrypted in the old form of OpenSSL, which cannot be read here and protects little; convert it (openssl pkcs8 -topk8 -in … -out …)" },
        { "small", "has only 1024 bit; WeChat Pay uses at least 2048" },
        { "random base64", "is damaged: it has the form of an RSA private key, but its content cannot be read; copy apiclient_key.pem again, as a whole" },
        { "cut PKCS#1", "is damaged: it has the form of an RSA private key, but its content cannot be read; copy apiclient_key.pem again, as a whole" },
        { "cut PKCS#8", "is damaged: it has the form of an RSA private key, but its content cannot be read; copy apiclient_key.pem again, as a whole" },
    };

    [Theory]
    [MemberData(nameof(NoPrivateKeys))]
    public void What_is_no_private_key_is_told_with_what_to_take(string what, string expected)
    {
        var encrypted = Small.ExportEncryptedPkcs8PrivateKey("x", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));
        var text = what switch
        {
            "certificate" => CertificatePem,
            "PUBLIC KEY" => PublicPem,
            "RSA PUBLIC KEY" => Small.ExportRSAPublicKeyPem(),
            "EC" => Elliptic.ExportECPrivateKeyPem(),
            "CRL" => PemEncoding.WriteString("X509 CRL", [1, 2, 3]),
            "EC in PKCS#8" => Elliptic.ExportPkcs8PrivateKeyPem(),
            "encrypted" => PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", encrypted),
            "encrypted DER" => Convert.ToBase64String(encrypted),
            "old form" => TestMerchant.KeyText("merchant_private_pkcs1.pem").Replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n", StringComparison.Ordinal),
            "small" => Small.ExportPkcs8PrivateKeyPem(),
            "random base64" => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)),
            "cut PKCS#1" => PemEncoding.WriteString("RSA PRIVATE KEY", [0x30, 0x10]),
            "cut PKCS#8" => PemEncoding.WriteString("PRIVATE KEY", [0x30, 0x10]),
            _ => what,
        };
        foreach (var password in new[] { null, "" })
        {
            Assert.Null(PrivateKeyText.TryRead(text, password, "N", out var problem));
            Assert.Equal($"N {expected}.", problem);
        }
    }

    [Fact]
    public void A_wrong_password_is_told_for_text_and_bytes()
    {
        var encrypted = Small.ExportEncryptedPkcs8PrivateKey("x", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1));
        foreach (var text in new[] { Convert.ToBase64String(encrypted), PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", encrypted) })
        {
            Assert.Null(PrivateKeyText.TryRead(text, "y", "N", out var problem));
            Assert.Equal("N cannot be decrypted: the password that is set (MerchantPrivateKeyPassword) is not its own, or it is no RSA key.", problem);
            Assert.Null(PrivateKeyText.TryRead(text, "x", "N", out problem));
            Assert.Equal("N has only 1024 bit; WeChat Pay uses at least 2048.", problem);
        }
    }

    [Theory]
    [InlineData("", "N holds no certificate; it takes the PEM text of a WeChat Pay platform certificate (-----BEGIN CERTIFICATE-----).")]
    [InlineData("public key", "N holds a PEM block 'PUBLIC KEY' where a CERTIFICATE is expected; a WeChat Pay public key belongs into PublicKey, with its id in PublicKeyId.")]
    [InlineData("private key", "N holds a PEM block 'PRIVATE KEY' where a CERTIFICATE is expected.")]
    [InlineData("certificate and key", "N holds a PEM block 'PRIVATE KEY' where a CERTIFICATE is expected.")]
    [InlineData("damaged", "N is damaged: it has the form of a certificate, but its content cannot be read; download it again.")]
    [InlineData("damaged DER", "N is damaged: it has the form of a certificate, but its content cannot be read; download it again.")]
    public void What_is_no_certificate_is_told(string what, string expected)
    {
        var text = what switch
        {
            "public key" => PublicPem,
            "private key" => PrivatePem,
            "certificate and key" => CertificatePem + PrivatePem,
            "damaged" => PemEncoding.WriteString("CERTIFICATE", [0x30, 0x10]),
            "damaged DER" => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)),
            _ => what,
        };
        Assert.Empty(KeyText.ReadCertificates(text, "N", out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Certificates_come_as_PEM_with_either_label_as_DER_and_several_in_one_text()
    {
        using var certificate = X509Certificate2.CreateFromPem(CertificatePem);
        foreach (var (text, count) in new[]
        {
            (CertificatePem, 1),
            (PemEncoding.WriteString("X509 CERTIFICATE", certificate.RawData), 1),
            (Convert.ToBase64String(certificate.RawData), 1),
            ("text before\n" + CertificatePem + "\ntext between\n" + CertificatePem + "text behind", 2),
        })
        {
            var read = KeyText.ReadCertificates(text, "N", out var problem);
            Assert.Null(problem);
            Assert.Equal(count, read.Count);
            Assert.All(read, each => Assert.Equal(certificate.RawData, each.RawData));
        }
    }

    [Fact]
    public void Less_than_64_characters_are_no_key_of_any_kind()
    {
        Assert.Equal("", KeyText.Plain(new string('A', 63), out var der));
        Assert.Null(der);
        Assert.Equal("", KeyText.Plain(new string('A', 60), out der));
        Assert.Null(der);
        Assert.Equal("", KeyText.Plain(new string('A', 64), out der));
        Assert.Equal(new byte[48], der);
        Assert.Equal("", KeyText.Plain(new string('*', 64), out der));
        Assert.Null(der);
    }

    [Fact]
    public void A_suite_is_shown_bare_keys_and_those_of_a_PUBLIC_KEY_block()
    {
        var der = Elliptic.ExportSubjectPublicKeyInfo();
        var suite = new Suite();
        Assert.Null(KeyText.TryReadPublicKey(PublicPem, suite: null));
        foreach (var text in new[] { Convert.ToBase64String(der), Elliptic.ExportSubjectPublicKeyInfoPem() })
        {
            suite.Shown = null;
            KeyText.TryReadPublicKey(text, suite);
            Assert.Equal(der, suite.Shown);
        }

        foreach (var text in new[] { "", CertificatePem, PemEncoding.WriteString("EC PUBLIC KEY", der) })
        {
            suite.Shown = null;
            Assert.Null(KeyText.TryReadPublicKey(text, suite));
            Assert.Null(suite.Shown);
        }
    }

    [Theory]
    [InlineData("0A1B2C3D4E5F60718293A4B5C6D7E8F901234567", true)]
    [InlineData("0A1B2C3D4E5F60718293A4B5C6D7E8F90123456", false)]
    [InlineData("0A1B2C3D4E5F60718293A4B5C6D7E8F9012345670", false)]
    [InlineData("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567", false)]
    [InlineData("GA1B2C3D4E5F60718293A4B5C6D7E8F901234567", false)]
    [InlineData("", false)]
    public void A_certificate_has_a_serial_of_40_digits_in_upper_case(string serial, bool isOne) => Assert.Equal(isOne, SerialNumber.IsOfCertificate(serial));

    [Theory]
    [InlineData("ab", "AB", null)]
    [InlineData("00ab", "00AB", null)]
    [InlineData("00F1E2D3C4B5A6978877665544332211000FEDCBA8", "F1E2D3C4B5A6978877665544332211000FEDCBA8", null)]
    [InlineData("", null, "must have 40 hex digits")]
    [InlineData(" : ", null, "must have 40 hex digits")]
    [InlineData("01F1E2D3C4B5A6978877665544332211000FEDCBA8", null, "must have 40 hex digits")]
    [InlineData("0F1E2D3C4B5A6978877665544332211000FEDCBA8", null, "must have 40 hex digits")]
    [InlineData("000F1E2D3C4B5A6978877665544332211000FEDCBA8", null, "has more than 40 hex digits; copy the serial number of the merchant API certificate")]
    [InlineData("ABC", null, "has 3 hex digits, but whole bytes make an even number; a tool may have dropped a leading zero")]
    [InlineData("xyz", null, "has characters that are no hex digits; copy the serial number of the merchant API certificate (openssl x509 -in apiclient_cert.pem -noout -serial)")]
    [InlineData("AB\tCD", null, "has characters that are no hex digits; copy the serial number of the merchant API certificate (openssl x509 -in apiclient_cert.pem -noout -serial)")]
    [InlineData("PUB_KEY_ID_01", null, "is the id of a WeChat Pay public key; it takes the serial number of the merchant's own API certificate (openssl x509 -in apiclient_cert.pem -noout -serial), the other one belongs into PublicKeyId")]
    public void A_serial_is_brought_into_its_form_or_told_what_is_wrong(string text, string? serial, string? expected)
    {
        Assert.Equal(serial, SerialNumber.Normalize(text, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("7F", "7F")]
    [InlineData("0080", "80")]
    [InlineData("0A00", "0A00")]
    [InlineData("00FF01", "FF01")]
    [InlineData("5FA0B1", "5FA0B1")]
    public void The_sign_byte_of_a_serial_goes_and_nothing_else(string der, string serial)
    {
        var request = new CertificateRequest("CN=TEST ONLY", Small, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            new X500DistinguishedName("CN=TEST ONLY CA"), X509SignatureGenerator.CreateForRSA(Small, RSASignaturePadding.Pkcs1), TestMerchant.Now, TestMerchant.Now.AddDays(1), Convert.FromHexString(der));
        Assert.Equal(serial, SerialNumber.Of(certificate));
    }

    [Fact]
    public async Task A_key_of_the_caller_signs_as_it_is_and_a_short_or_missing_one_is_refused()
    {
        using var rsa = RSA.Create(2048);
        var signature = await WeChatPayMerchantKey.FromRsa(rsa).SignAsync("a"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.True(rsa.VerifyData("a"u8, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.StartsWith("The key has 1024 bit; WeChat Pay uses at least 2048.", Assert.Throws<ArgumentException>(() => WeChatPayMerchantKey.FromRsa(Small)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => WeChatPayMerchantKey.FromRsa(null!));
        Assert.Throws<ArgumentNullException>(() => WeChatPayMerchantKey.FromPem(null!));
        Assert.Throws<ArgumentNullException>(() => WeChatPayMerchantKey.FromFile(null!));
        Assert.Throws<ArgumentException>(() => WeChatPayMerchantKey.FromFile(""));
        Assert.StartsWith("text is no private key", Assert.Throws<ArgumentException>(() => WeChatPayMerchantKey.FromPem("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PKCS12_file_without_an_RSA_key_is_refused()
    {
        using var certificate = new CertificateRequest("CN=TEST ONLY", Elliptic, HashAlgorithmName.SHA256).CreateSelfSigned(TestMerchant.Now, TestMerchant.Now.AddDays(1));
        var failure = Assert.Throws<ArgumentException>(() => WeChatPayMerchantKey.FromPfx(certificate.Export(X509ContentType.Pfx, "1"), "1"));
        Assert.StartsWith("The PKCS#12 file holds no RSA private key; use apiclient_cert.p12 as WeChat Pay issued it.", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Suite : IAlgorithmSuite
    {
        public byte[]? Shown { get; set; }

        public string Scheme => "WECHATPAY2-TEST";

        public string AeadAlgorithm => "AEAD_TEST";

        public byte[] OpenAead(ReadOnlySpan<byte> apiV3Key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext) => throw new NotSupportedException();

        public IPlatformKey? TryReadPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
        {
            Shown = subjectPublicKeyInfo.ToArray();
            return null;
        }
    }
}
