using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WeChatPay.Keys;

namespace WeChatPay;

/// <summary>Makes an <see cref="IMerchantKey"/> from key material that is not PEM text in <see cref="WeChatPayOptions.MerchantPrivateKey"/>.</summary>
public static class WeChatPayMerchantKey
{
    /// <summary>Reads PKCS#8 or PKCS#1, as PEM (also on one line with <c>\n</c> escapes) or as base64.</summary>
    /// <param name="text">The content of <c>apiclient_key.pem</c>.</param>
    /// <param name="password">The password, if it is an encrypted PKCS#8 key.</param>
    /// <returns>A key that stays in memory for the life of the process.</returns>
    /// <exception cref="ArgumentException">The text is no RSA private key of at least 2048 bit, or the password is not its own.</exception>
    public static IMerchantKey FromPem(string text, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PrivateKeyText.TryRead(text, password, nameof(text), out var problem) is { } rsa
            ? new RsaMerchantKey(rsa)
            : throw new ArgumentException(problem, nameof(text));
    }

    /// <summary>Reads a key file: PEM, or DER as it is.</summary>
    /// <param name="path">The path of <c>apiclient_key.pem</c>.</param>
    /// <param name="password">The password, if it is an encrypted PKCS#8 key.</param>
    /// <returns>A key that stays in memory for the life of the process.</returns>
    /// <exception cref="ArgumentException">The file holds no RSA private key of at least 2048 bit, or the password is not its own.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IMerchantKey FromFile(string path, string? password = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = File.ReadAllBytes(path);
        try
        {
            // A DER sequence begins with 0x30, which in PEM would be the digit 0 of some text before the key.
            var text = bytes.AsSpan().IndexOf("-----BEGIN"u8) < 0 && bytes is [0x30, ..] ? Convert.ToBase64String(bytes) : Encoding.UTF8.GetString(bytes);
            return PrivateKeyText.TryRead(text, password, $"The file {Path.GetFileName(path)}", out var problem) is { } rsa
                ? new RsaMerchantKey(rsa)
                : throw new ArgumentException(problem, nameof(path));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Uses a key that the caller holds, for instance one of an operating system's key store.</summary>
    /// <param name="rsa">A private key of at least 2048 bit. It must stay undisposed while a client uses it and must be safe for several threads.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The key is shorter than 2048 bit.</exception>
    public static IMerchantKey FromRsa(RSA rsa)
    {
        ArgumentNullException.ThrowIfNull(rsa);
        return rsa.KeySize >= KeyText.ShortestKey
            ? new RsaMerchantKey(rsa)
            : throw new ArgumentException($"The key has {rsa.KeySize} bit; WeChat Pay uses at least {KeyText.ShortestKey}.", nameof(rsa));
    }

    /// <summary>Reads the merchant's PKCS#12 file without leaving anything in a key store.</summary>
    /// <param name="pfx">The content of <c>apiclient_cert.p12</c>.</param>
    /// <param name="password">Its password; WeChat Pay sets the merchant id.</param>
    /// <returns>The key, and the certificate's serial number for <see cref="WeChatPayOptions.MerchantCertificateSerialNumber"/>.</returns>
    /// <exception cref="ArgumentException">The file holds no RSA private key of at least 2048 bit.</exception>
    /// <exception cref="CryptographicException">The file is damaged or the password is wrong.</exception>
    public static (IMerchantKey Key, string CertificateSerialNumber) FromPfx(ReadOnlySpan<byte> pfx, ReadOnlySpan<char> password)
    {
        // Without EphemeralKeySet Windows writes a key file into a profile, which a service account may not have.
        // macOS has no ephemeral keys; there the default is a temporary keychain.
        var flags = X509KeyStorageFlags.Exportable | (OperatingSystem.IsMacOS() ? 0 : X509KeyStorageFlags.EphemeralKeySet);
#if NET9_0_OR_GREATER
        using var certificate = X509CertificateLoader.LoadPkcs12(pfx, password, flags);
#else
        using var certificate = new X509Certificate2(pfx, password, flags);
#endif
        var rsa = certificate.GetRSAPrivateKey()
            ?? throw new ArgumentException("The PKCS#12 file holds no RSA private key; use apiclient_cert.p12 as WeChat Pay issued it.", nameof(pfx));
        return (FromRsa(rsa), SerialNumber.Of(certificate));
    }
}
