using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace WeChatPay.Keys;

/// <summary>A key with which WeChat Pay signs and for which sensitive members are encrypted: a public key with an id, or a certificate.</summary>
[DebuggerDisplay("{Serial}")]
internal sealed class PlatformKey
{
    private PlatformKey(string serial, IPlatformKey key, DateTimeOffset notBefore, DateTimeOffset notAfter, bool isPublicKey, string? signatureType = null)
    {
        SignatureType = signatureType ?? key.Scheme;
        Serial = serial;
        Key = key;
        NotBefore = notBefore;
        NotAfter = notAfter;
        IsPublicKey = isPublicKey;
    }

    /// <summary>The certificate's serial number or the public key's id: opaque text, compared ordinally.</summary>
    public string Serial { get; }

    /// <summary>The public key, which verifies and encrypts.</summary>
    public IPlatformKey Key { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public bool IsPublicKey { get; }

    /// <summary>The one value that <c>Wechatpay-Signature-Type</c> may have for this key: the algorithm belongs to the key, not to the message.</summary>
    public string SignatureType { get; }

    public static PlatformKey FromPublicKey(string id, RSA rsa) => FromPublicKey(id, new RsaPlatformKey(rsa));

    public static PlatformKey FromPublicKey(string id, IPlatformKey key) => new(id, key, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, true);

    /// <summary>Takes the key out of a certificate, or says why it is none that WeChat Pay would use.</summary>
    /// <param name="certificate">The certificate, which is not kept.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="suite">Algorithms beside RSA.</param>
    public static PlatformKey? TryFromCertificate(X509Certificate2 certificate, out string? problem, IAlgorithmSuite? suite = null)
    {
        var key = TryReadKey(certificate, suite);
        problem = key is not null ? null
            : suite is null ? $"has no RSA key of at least {KeyText.ShortestKey} bit"
            : $"has neither an RSA key of at least {KeyText.ShortestKey} bit nor a key of {suite.Scheme}";
        return key is null
            ? null
            : new(SerialNumber.Of(certificate), key, new(certificate.NotBefore.ToUniversalTime()), new(certificate.NotAfter.ToUniversalTime()), false);
    }

    /// <summary>The same key as one of a brand's trust set: it signs in the brand's scheme and in no other.</summary>
    public PlatformKey ForBrand() => new(Serial, Key, NotBefore, NotAfter, IsPublicKey, Signing.SignatureScheme.Brand);

    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Key.Verify(message, signature);

    private static IPlatformKey? TryReadKey(X509Certificate2 certificate, IAlgorithmSuite? suite)
    {
        if (certificate.GetRSAPublicKey() is { } rsa)
        {
            return rsa.KeySize >= KeyText.ShortestKey ? new RsaPlatformKey(rsa) : null;
        }

        // Not GetECDsaPublicKey, which throws for curves that the platform does not know.
        return suite?.TryReadPublicKey(certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }
}
