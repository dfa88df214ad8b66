using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;

namespace WeChatPay.ShangMi;

/// <summary>
/// A private key as people hand it over, in the forms that the runtime takes of RSA keys: PEM, PEM on one line with <c>\n</c> escapes, base64 of PEM or
/// of DER. No message repeats any part of the text.
/// </summary>
internal static class Sm2KeyText
{
    /// <exception cref="ArgumentException">It is no unencrypted SM2 private key.</exception>
    public static ECPrivateKeyParameters ReadPrivateKey(string text, string name)
    {
        var der = Array.Empty<byte>();
        try
        {
            der = Decode(text, out var label);
            return label switch
            {
                null or "PRIVATE KEY" => Sm2KeyReader.ReadPkcs8(der),
                "EC PRIVATE KEY" => Sm2KeyReader.ReadSec1(der, isCurveKnown: false),
                "ENCRYPTED PRIVATE KEY" => throw new ArgumentException("is encrypted with a password; decrypt it first, or pass an IMerchantKey."),
                "RSA PRIVATE KEY" => throw new ArgumentException("is an RSA key; 国密 takes the SM2 key of the merchant's SM2 certificate."),
                "CERTIFICATE" => throw new ArgumentException("is a certificate; it takes the private key that belongs to it."),
                _ => throw new ArgumentException("is no private key (PRIVATE KEY or EC PRIVATE KEY)."),
            };
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"The SM2 private key {e.Message}", name);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>The bytes of the private key in a text, and what PEM calls them; null for bare base64. Without a key, no bytes and what is there instead.</summary>
    private static byte[] Decode(string text, out string? label)
    {
        text = text.Trim().Trim('"', '\'', '\uFEFF');
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            label = null;
            var bytes = new byte[text.Length];
            if (text.Length == 0 || !Convert.TryFromBase64Chars(text, bytes, out var length))
            {
                throw new ArgumentException("is neither PEM nor base64; it takes the content of the file, not its path.");
            }

            if (bytes.AsSpan(0, length).IndexOf("-----BEGIN"u8) < 0)
            {
                var der = bytes[..length];
                CryptographicOperations.ZeroMemory(bytes);
                return der;
            }

            text = Encoding.UTF8.GetString(bytes, 0, length);
            CryptographicOperations.ZeroMemory(bytes);
        }

        text = text.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

        // GM tools write the curve in a block of its own before the key, and some files have the certificate there.
        label = null;
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            label = rest[fields.Label].ToString();
            if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            {
                var der = new byte[fields.DecodedDataLength];
                return Convert.TryFromBase64Chars(rest[fields.Base64Data], der, out var written) && written == der.Length
                    ? der
                    : throw new ArgumentException("is damaged; copy the key again, as a whole.");
            }

            rest = rest[fields.Location.End..];
        }

        return label is not null ? [] : throw new ArgumentException("is damaged: it begins like PEM and has no whole block; copy the key again, as a whole.");
    }
}
