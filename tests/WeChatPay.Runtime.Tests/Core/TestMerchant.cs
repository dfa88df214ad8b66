using System.IO;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>The merchant of the vectors, and the platform's private keys to sign answers with.</summary>
internal static class TestMerchant
{
    public const string MerchantId = "1900000001";
    public const string MerchantSerial = "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567";
    public const string PlatformSerial = "5F0E1D2C3B4A59687786A5B4C3D2E1F00F1E2D3C";
    public const string Platform2Serial = "F1E2D3C4B5A6978877665544332211000FEDCBA9";
    public const string ExpiredSerial = "11223344556677889900AABBCCDDEEFF00112233";
    public const string PublicKeyId = "PUB_KEY_ID_0119000000012024101500192200000001";
    public const string ApiV3Key = "TESTONLYapiv3key0123456789abcdef";

    /// <summary>The time at which the recorded messages were signed.</summary>
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1760000000);

    private static readonly Lazy<RSA> PublicKeyModeKey = new(() => PrivateKey("wechatpay_pubkey_mode"));
    private static readonly Lazy<RSA> PlatformKey = new(() => PrivateKey("platform"));

    public static string KeyText(string file) => File.ReadAllText(Vectors.PathOf($"keys/TEST_ONLY_{file}"));

    /// <summary>All keys of the vectors: the public key, two certificates and an expired one.</summary>
    public static WeChatPayOptions Options(TimeProvider? clock = null) => new()
    {
        MerchantId = MerchantId,
        MerchantCertificateSerialNumber = MerchantSerial,
        MerchantPrivateKey = KeyText("merchant_private_pkcs8.pem"),
        ApiV3Key = ApiV3Key,
        PublicKeyId = PublicKeyId,
        PublicKey = KeyText("wechatpay_pubkey_mode_public.pem"),
        PlatformCertificates = [KeyText("platform.cert.pem"), KeyText("platform2.cert.pem"), KeyText("platform_expired.cert.pem")],

        // Most tests count the requests of calls; those of the refresh turn it on.
        FetchPlatformCertificates = false,
        TimeProvider = clock ?? new FakeTimeProvider(Now),
    };

    /// <summary>What a registration changes, as another merchant has it.</summary>
    public static void Copy(WeChatPayOptions from, WeChatPayOptions to)
    {
        to.MerchantId = from.MerchantId;
        to.MerchantCertificateSerialNumber = from.MerchantCertificateSerialNumber;
        to.MerchantPrivateKey = from.MerchantPrivateKey;
        to.ApiV3Key = from.ApiV3Key;
        to.PublicKeyId = from.PublicKeyId;
        to.PublicKey = from.PublicKey;
        to.PlatformCertificates = from.PlatformCertificates;
        to.FetchPlatformCertificates = from.FetchPlatformCertificates;
        to.TimeProvider = from.TimeProvider;
    }

    /// <summary>Signs as WeChat Pay does with the key behind the public key id, or with that of the first platform certificate.</summary>
    public static string Sign(string timestamp, string nonce, ReadOnlySpan<byte> body, bool withCertificate = false)
    {
        byte[] message = [.. System.Text.Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n'];
        var key = withCertificate ? PlatformKey.Value : PublicKeyModeKey.Value;
        return Convert.ToBase64String(key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static RSA PrivateKey(string name)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(KeyText(name + "_private_pkcs8.pem"));
        return rsa;
    }
}
