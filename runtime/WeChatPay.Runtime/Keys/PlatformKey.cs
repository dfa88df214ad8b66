using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WeChatPay.Keys;

/// <summary>A key with which WeChat Pay signs and for which sensitive members are encrypted: a public key with an id, or a certificate.</summary>
[DebuggerDisplay("{Serial}")]
internal sealed class PlatformKey
{
    private const string Rsa2048 = "WECHATPAY2-SHA256-RSA2048";

    private PlatformKey(string serial, RSA rsa, DateTimeOffset notBefore, DateTimeOffset notAfter, bool isPublicKey)
    {
        Serial = serial;
        Rsa = rsa;
        NotBefore = notBefore;
        NotAfter = notAfter;
        IsPublicKey = isPublicKey;
    }

    /// <summary>The certificate's serial number or the public key's id: opaque text, compared ordinally.</summary>
    public string Serial { get; }

    /// <summary>The public key; one object for all threads, never disposed of while a snapshot may hold it.</summary>
    public RSA Rsa { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public bool IsPublicKey { get; }

    /// <summary>The one value that <c>Wechatpay-Signature-Type</c> may have for this key: the algorithm belongs to the key, not to the message.</summary>
    public string SignatureType { get; } = Rsa2048;

    public int SignatureLength => (Rsa.KeySize + 7) / 8;

    public static PlatformKey FromPublicKey(string id, RSA rsa) => new(id, rsa, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, true);

    /// <summary>Takes the key out of a certificate, or says why it is none that WeChat Pay would use.</summary>
    public static PlatformKey? TryFromCertificate(X509Certificate2 certificate, out string? problem)
    {
        var serial = SerialNumber.Of(certificate);
        var rsa = certificate.GetRSAPublicKey();
        if (rsa is null || rsa.KeySize < KeyText.ShortestKey)
        {
            problem = $"has no RSA key of at least {KeyText.ShortestKey} bit";
            return null;
        }

        problem = null;
        return new(serial, rsa, new(certificate.NotBefore.ToUniversalTime()), new(certificate.NotAfter.ToUniversalTime()), false);
    }

    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        => Rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
