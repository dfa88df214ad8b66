using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>The algorithm is a property of the key: with RSA and SM2 keys in one trust set, neither accepts what the other one's algorithm made.</summary>
public sealed class SubstitutionTests
{
    private const string Timestamp = "1760000000";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"prepay_id":"wx1"}""");
    private static readonly string Sm2Signature = SmMerchant.Platform.SignText(Timestamp, SmMerchant.Nonce, Body);
    private static readonly string RsaSignature = TestMerchant.Sign(Timestamp, SmMerchant.Nonce, Body);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_key_verifies_with_its_own_algorithm()
    {
        Assert.Equal("wx1", (await CallAsync(SmMerchant.PlatformSerial, Sm2Signature, SmMerchant.Scheme)).PrepayId);
        Assert.Equal("wx1", (await CallAsync(TestMerchant.PublicKeyId, RsaSignature, "WECHATPAY2-SHA256-RSA2048")).PrepayId);
        Assert.Equal("wx1", (await CallAsync(TestMerchant.PublicKeyId, RsaSignature, null)).PrepayId);
    }

    public static TheoryData<string, string, string?, WeChatPaySignatureFailure> Substitutions => new()
    {
        // What the header claims decides nothing.
        { "rsa", "sm2", SmMerchant.Scheme, WeChatPaySignatureFailure.UnsupportedAlgorithm },
        { "rsa", "sm2", "WECHATPAY2-SHA256-RSA2048", WeChatPaySignatureFailure.MalformedSignature },
        { "rsa", "sm2", null, WeChatPaySignatureFailure.MalformedSignature },
        { "sm2", "rsa", "WECHATPAY2-SHA256-RSA2048", WeChatPaySignatureFailure.UnsupportedAlgorithm },
        { "sm2", "rsa", SmMerchant.Scheme, WeChatPaySignatureFailure.MalformedSignature },
        { "sm2", "rsa", null, WeChatPaySignatureFailure.UnsupportedAlgorithm },

        // A good signature under a wrong or missing claim.
        { "sm2", "sm2", "WECHATPAY2-SHA256-RSA2048", WeChatPaySignatureFailure.UnsupportedAlgorithm },
        { "sm2", "sm2", "wechatpay2-sm2-with-sm3", WeChatPaySignatureFailure.UnsupportedAlgorithm },
        { "sm2", "sm2", null, WeChatPaySignatureFailure.UnsupportedAlgorithm },
        { "rsa", "rsa", SmMerchant.Scheme, WeChatPaySignatureFailure.UnsupportedAlgorithm },
    };

    [Theory]
    [MemberData(nameof(Substitutions))]
    public async Task A_substituted_algorithm_is_refused(string key, string signature, string? type, WeChatPaySignatureFailure expected)
    {
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync(
            key == "rsa" ? TestMerchant.PublicKeyId : SmMerchant.PlatformSerial, signature == "rsa" ? RsaSignature : Sm2Signature, type));
        Assert.Equal(expected, failure.Reason);
    }

    [Fact]
    public async Task Plain_ECDSA_by_the_same_key_is_no_SM2_signature()
    {
        // What .NET makes when an SM2 key is loaded as one of ECDSA.
        using var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportFromPem(TestMerchant.KeyText("sm2_platform_private_pkcs8.pem"));
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            Assert.Skip("This platform knows no curve of SM2.");
        }

        byte[] message = [.. Encoding.ASCII.GetBytes($"{Timestamp}\n{SmMerchant.Nonce}\n"), .. Body, (byte)'\n'];
        var signature = ecdsa.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(
            () => CallAsync(SmMerchant.PlatformSerial, Convert.ToBase64String(signature), SmMerchant.Scheme));
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, failure.Reason);
    }

    [Fact]
    public async Task The_merchants_own_signature_proves_nothing()
        => await Assert.ThrowsAsync<WeChatPaySignatureException>(
            () => CallAsync(SmMerchant.PlatformSerial, SmMerchant.Merchant.SignText(Timestamp, SmMerchant.Nonce, Body), SmMerchant.Scheme));

    [Theory]
    [InlineData("r is zero")]
    [InlineData("s is zero")]
    [InlineData("r and s make the order")]
    [InlineData("r plus the order")]
    [InlineData("s plus the order")]
    [InlineData("r negative")]
    [InlineData("not minimal")]
    [InlineData("long length")]
    [InlineData("something behind it")]
    [InlineData("three integers")]
    [InlineData("raw")]
    [InlineData("empty sequence")]
    [InlineData("zeros")]
    public async Task A_signature_has_one_form(string form)
    {
        var good = Convert.FromBase64String(Sm2Signature);
        var parts = new System.Formats.Asn1.AsnReader(good, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        var (r, s) = (parts.ReadInteger(), parts.ReadInteger());
        var body = good[2..];
        byte[] signature = form switch
        {
            "r is zero" => TextbookSm2.Der(0, s),
            "s is zero" => TextbookSm2.Der(r, 0),
            "r and s make the order" => TextbookSm2.Der(r, TextbookSm2.N - r),
            "r plus the order" => TextbookSm2.Der(r + TextbookSm2.N, s),
            "s plus the order" => TextbookSm2.Der(r, s + TextbookSm2.N),
            "r negative" => TextbookSm2.Der(r - TextbookSm2.N, s),
            "not minimal" => [0x30, (byte)(body.Length + 1), 0x02, (byte)(body[1] + 1), 0, .. body[2..]],
            "long length" => [0x30, 0x81, (byte)body.Length, .. body],
            "something behind it" => [.. good, 0],
            "three integers" => [0x30, (byte)(body.Length + 3), .. body, 2, 1, 1],
            "raw" => [.. TextbookSm2.Bytes(r), .. TextbookSm2.Bytes(s)],
            "empty sequence" => [0x30, 0, 0, 0, 0, 0, 0, 0],
            _ => new byte[71],
        };
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync(SmMerchant.PlatformSerial, Convert.ToBase64String(signature), SmMerchant.Scheme));

        // A refused signature leaves nothing behind in the verifier.
        await CallAsync(SmMerchant.PlatformSerial, Sm2Signature, SmMerchant.Scheme);
    }

    [Fact]
    public async Task SM4_is_refused_where_it_is_not_enabled()
    {
        var options = TestMerchant.Options();
        using var client = SmMerchant.Client(options, _ => throw new InvalidOperationException());
        var body = Encoding.UTF8.GetBytes(SmMerchant.Vectors.GetProperty("callback").Text("body_utf8"));
        var failure = await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.Notifications.ReadAsync(RsaSigned(body), Ct).AsTask());
        Assert.Contains("AEAD_SM4_GCM", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cipher_that_nobody_knows_is_refused_with_those_that_are_known()
    {
        using var client = SmMerchant.Client(SmMerchant.BothOptions(), _ => throw new InvalidOperationException());
        var body = Encoding.UTF8.GetBytes(SmMerchant.Vectors.GetProperty("callback").Text("body_utf8").Replace("AEAD_SM4_GCM", "AEAD_SM4_CBC", StringComparison.Ordinal));
        var failure = await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.Notifications.ReadAsync(RsaSigned(body), Ct).AsTask());
        Assert.Contains("AEAD_AES_256_GCM and AEAD_SM4_GCM", failure.Message, StringComparison.Ordinal);

        // The name decides on cipher and key: SM4's ciphertext is none of AES.
        body = Encoding.UTF8.GetBytes(SmMerchant.Vectors.GetProperty("callback").Text("body_utf8").Replace("AEAD_SM4_GCM", "AEAD_AES_256_GCM", StringComparison.Ordinal));
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.Notifications.ReadAsync(RsaSigned(body), Ct).AsTask());
    }

    [Fact]
    public async Task During_the_switch_a_notification_signed_with_RSA_may_be_sealed_with_SM4()
    {
        using var client = SmMerchant.Client(SmMerchant.BothOptions(), _ => throw new InvalidOperationException());
        var body = Encoding.UTF8.GetBytes(SmMerchant.Vectors.GetProperty("callback").Text("body_utf8"));
        Assert.Equal("EV-TESTONLY-SM", (await client.Notifications.ReadAsync(RsaSigned(body), Ct)).Id);
    }

    private static WeChatPayNotificationMessage RsaSigned(byte[] body) => new(
        header => header switch
        {
            "Wechatpay-Timestamp" => [Timestamp],
            "Wechatpay-Nonce" => [SmMerchant.Nonce],
            "Wechatpay-Serial" => [TestMerchant.PublicKeyId],
            "Wechatpay-Signature" => [TestMerchant.Sign(Timestamp, SmMerchant.Nonce, body)],
            _ => [],
        },
        body);

    private static async Task<Order> CallAsync(string serial, string signature, string? type)
    {
        using var client = SmMerchant.Client(SmMerchant.BothOptions(), _ => SmMerchant.Answer(Body, Timestamp, SmMerchant.Nonce, serial, signature, type));
        return await client.Orders.PostAsync(new(), cancellationToken: Ct);
    }
}
