using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>The forms in which keys are handed over, and what is no SM2 key.</summary>
public sealed class Sm2KeyTests
{
    private static readonly string Pem = TestMerchant.KeyText("sm2_merchant_private_pkcs8.pem");
    private static readonly byte[] Pkcs8 = Convert.FromBase64String(Pem[PemEncoding.Find(Pem).Base64Data]);
    private static readonly byte[] Scalar = Pkcs8[(Array.IndexOf(Pkcs8, (byte)0x20) + 1)..][..32];
    private static readonly byte[] Point = SmMerchant.Merchant.PublicPoint();

    public static TheoryData<string> Forms =>
    [
        Pem,
        Pem.Replace("\n", "\r\n", StringComparison.Ordinal),
        "\uFEFF\"" + Pem.ReplaceLineEndings("\\n") + "\"",
        TestMerchant.KeyText("sm2_merchant.cert.pem") + Pem,
        Convert.ToBase64String(Encoding.ASCII.GetBytes(Pem)),
        Convert.ToBase64String(Pkcs8, Base64FormattingOptions.InsertLineBreaks),
        Convert.ToBase64String(Pkcs8),
        PemEncoding.WriteString("EC PRIVATE KEY", Sec1(Scalar, "1.2.156.10197.1.301", Point)),
        "-----BEGIN EC PARAMETERS-----\nBggqgRzPVQGCLQ==\n-----END EC PARAMETERS-----\n" + PemEncoding.WriteString("EC PRIVATE KEY", Sec1(Scalar, "1.2.156.10197.1.301", null)),
        PemEncoding.WriteString("PRIVATE KEY", WrapPkcs8(Sec1(Scalar, null, null))),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_private_key_comes_in_many_forms(string text)
    {
        var key = WeChatPayShangMi.ReadMerchantKey(text);
        Assert.Equal(SmMerchant.Scheme, key.Scheme);
        Assert.True(SmMerchant.Merchant.Verify("message"u8.ToArray(), key.Sign("message"u8)));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "", "neither PEM nor base64" },
        { "apiclient_key.pem", "neither PEM nor base64" },
        { "-----BEGIN PRIVATE KEY-----", "no whole block" },
        { TestMerchant.KeyText("merchant_private_pkcs8.pem"), "no SM2 key" },
        { TestMerchant.KeyText("merchant_private_pkcs1.pem"), "RSA key" },
        { TestMerchant.KeyText("sm2_merchant.cert.pem"), "certificate" },
        { TestMerchant.KeyText("sm2_merchant_public.pem"), "no private key" },
        { PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", Pkcs8), "password" },
        { P256Key(), "no SM2 key" },
        { PemEncoding.WriteString("EC PRIVATE KEY", Sec1(Scalar, null, null)), "another curve" },
        { PemEncoding.WriteString("EC PRIVATE KEY", Sec1(Scalar, "1.2.840.10045.3.1.7", null)), "another curve" },
        { PemEncoding.WriteString("PRIVATE KEY", WrapPkcs8(Sec1(Scalar, "1.2.840.10045.3.1.7", null))), "another curve" },
        { PemEncoding.WriteString("PRIVATE KEY", Pkcs8.AsSpan(0, 100)), "damaged" },
        { PemEncoding.WriteString("PRIVATE KEY", [.. Pkcs8, 0]), "damaged" },
        { PemEncoding.WriteString("PRIVATE KEY", WrapPkcs8(Sec1(new byte[32], null, null))), "damaged" },
        { PemEncoding.WriteString("PRIVATE KEY", WrapPkcs8(Sec1(TextbookSm2.Bytes(TextbookSm2.N - 1), null, null))), "damaged" },
        { PemEncoding.WriteString("PRIVATE KEY", WrapPkcs8(Sec1(TextbookSm2.Bytes(TextbookSm2.N), null, null))), "damaged" },
        { PemEncoding.WriteString("PRIVATE KEY", WrapPkcs8(Sec1(Scalar[1..], null, null))), "damaged" },
        { PemEncoding.WriteString("PRIVATE KEY", WrapPkcs8(Sec1(Scalar, null, SmMerchant.Platform.PublicPoint()))), "damaged" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_no_SM2_key_is_refused_without_quoting_it(string text, string expected)
    {
        var failure = Assert.Throws<ArgumentException>(() => WeChatPayShangMi.ReadMerchantKey(text));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        foreach (var secret in (string[])[Convert.ToBase64String(Scalar), Convert.ToHexString(Scalar), Convert.ToBase64String(Pkcs8)[20..60]])
            Assert.DoesNotContain(secret, failure.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_public_key_is_a_point_of_the_curve()
    {
        Assert.NotNull(Read(Spki(Point)));
        Assert.Null(Read(Spki([4, .. new byte[64]])));
        Assert.Null(Read(Spki([0])));
        Assert.Null(Read(Spki([])));
        Assert.Null(Read(Spki([.. Point[..64], (byte)(Point[64] ^ 1)])));
        Assert.Null(Read(Spki([2, .. Point[1..33]])));
        Assert.Null(Read(Spki([6, .. Point[1..]])));
        Assert.Null(Read(Spki([.. Point, 0])));
        Assert.Null(Read(Spki([4, .. TextbookSm2.Bytes(TextbookSm2.P), .. Point[33..]])));
        Assert.Null(Read(Spki(Point, "1.2.840.10045.3.1.7")));
        Assert.Null(Read(Spki(Point, algorithm: "1.2.840.113549.1.1.1")));
        Assert.Null(Read([.. Spki(Point), 0]));
        Assert.Null(Read(Spki(Point)[..^1]));
        Assert.Null(Read([]));
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(Read(p256.ExportSubjectPublicKeyInfo()));

        static IPlatformKey? Read(byte[] der) => WeChatPayShangMi.AlgorithmSuite.TryReadPublicKey(der);
    }

    [Fact]
    public void A_key_does_not_show_itself()
    {
        var key = WeChatPayShangMi.ReadMerchantKey(Pem);
        Assert.DoesNotContain(Convert.ToHexString(Scalar), key.ToString()!, StringComparison.OrdinalIgnoreCase);
    }

    private static string P256Key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static byte[] Sec1(byte[] scalar, string? curve, byte[]? point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteOctetString(scalar);
            if (curve is not null)
            {
                using (writer.PushSequence(new(TagClass.ContextSpecific, 0)))
                    writer.WriteObjectIdentifier(curve);
            }

            if (point is not null)
            {
                using (writer.PushSequence(new(TagClass.ContextSpecific, 1)))
                    writer.WriteBitString(point);
            }
        }

        return writer.Encode();
    }

    private static byte[] WrapPkcs8(byte[] key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            WriteAlgorithm(writer, "1.2.840.10045.2.1", "1.2.156.10197.1.301");
            writer.WriteOctetString(key);
        }

        return writer.Encode();
    }

    private static byte[] Spki(byte[] point, string curve = "1.2.156.10197.1.301", string algorithm = "1.2.840.10045.2.1")
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteAlgorithm(writer, algorithm, curve);
            writer.WriteBitString(point);
        }

        return writer.Encode();
    }

    private static void WriteAlgorithm(AsnWriter writer, string algorithm, string curve)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(algorithm);
            writer.WriteObjectIdentifier(curve);
        }
    }
}
