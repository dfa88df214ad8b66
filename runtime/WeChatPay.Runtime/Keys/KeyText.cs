using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace WeChatPay.Keys;

/// <summary>
/// Keys and certificates as people hand them over: PEM from a file, PEM on one line with <c>\n</c> escapes (environment variables),
/// base64 of PEM or of DER. Keys never touch a key store, and no message repeats any part of the text.
/// </summary>
internal static class KeyText
{
    public const int ShortestKey = 2048;

    public static RSA? TryReadPublicKey(string text, string name, out string? problem)
    {
        var rsa = RSA.Create();
        try
        {
            problem = ImportPublicKey(rsa, text) ?? CheckLength(rsa);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            problem = "is damaged: it has the form of an RSA public key, but its content cannot be read; download pub_key.pem again";
        }

        return Finish(rsa, name, ref problem);
    }

    /// <summary>A public key of the algorithm suite, or null if the text holds none.</summary>
    public static IPlatformKey? TryReadPublicKey(string text, IAlgorithmSuite? suite)
    {
        if (suite is null)
        {
            return null;
        }

        var pem = Plain(text, out var der);
        if (der is null && PemEncoding.TryFind(pem, out var fields) && pem[fields.Label] == "PUBLIC KEY")
        {
            der = Convert.FromBase64String(pem[fields.Base64Data]);
        }

        return der is null ? null : suite.TryReadPublicKey(der);
    }

    /// <summary>All certificates of a text, which may be a bundle.</summary>
    public static IReadOnlyList<X509Certificate2> ReadCertificates(string text, string name, out string? problem)
    {
        var certificates = new List<X509Certificate2>();
        problem = null;
        try
        {
            var rest = Plain(text, out var der).AsSpan();
            if (der is not null)
            {
                certificates.Add(FromDer(der));
            }

            while (PemEncoding.TryFind(rest, out var fields))
            {
                if (rest[fields.Label] is not ("CERTIFICATE" or "X509 CERTIFICATE"))
                {
                    problem = $"{name} holds a PEM block '{rest[fields.Label]}' where a CERTIFICATE is expected"
                        + (rest[fields.Label] is "PUBLIC KEY" ? "; a WeChat Pay public key belongs into PublicKey, with its id in PublicKeyId." : ".");
                    return [];
                }

                certificates.Add(FromDer(Convert.FromBase64String(rest[fields.Base64Data].ToString())));
                rest = rest[fields.Location.End..];
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException)
        {
            problem = $"{name} is damaged: it has the form of a certificate, but its content cannot be read; download it again.";
            return [];
        }

        if (certificates.Count == 0)
        {
            problem = $"{name} holds no certificate; it takes the PEM text of a WeChat Pay platform certificate (-----BEGIN CERTIFICATE-----).";
        }

        return certificates;
    }

    private static X509Certificate2 FromDer(byte[] der)
#if NET9_0_OR_GREATER
        => X509CertificateLoader.LoadCertificate(der);
#else
        => new(der);
#endif

    /// <summary>The key, or the problem with the name of the text before it.</summary>
    public static RSA? Finish(RSA rsa, string name, ref string? problem)
    {
        if (problem is null)
        {
            return rsa;
        }

        rsa.Dispose();
        problem = $"{name} {problem}.";
        return null;
    }

    public static string? CheckLength(RSA rsa)
        => rsa.KeySize >= ShortestKey ? null : $"has only {rsa.KeySize} bit; WeChat Pay uses at least {ShortestKey}";

    private static string? ImportPublicKey(RSA rsa, string text)
    {
        var pem = Plain(text, out var der);
        if (der is not null)
        {
            ImportPublicDer(rsa, der);
            return null;
        }

        switch (Label(pem))
        {
            case "PUBLIC KEY" or "RSA PUBLIC KEY":
                rsa.ImportFromPem(pem);
                return null;
            case "CERTIFICATE":
                return "is a certificate; a platform certificate belongs into PlatformCertificates, the WeChat Pay public key is pub_key.pem";
            case "PRIVATE KEY" or "RSA PRIVATE KEY" or "ENCRYPTED PRIVATE KEY":
                return "is a private key; it takes the public key that WeChat Pay shows on the merchant platform (pub_key.pem)";
            case { } other:
                return $"is a PEM block '{other}'; it takes an RSA public key (PUBLIC KEY)";
            default:
                return "is no public key; it takes the content (not the path) of pub_key.pem, as PEM or base64";
        }
    }

    private static void ImportPublicDer(RSA rsa, byte[] der)
    {
        try
        {
            rsa.ImportSubjectPublicKeyInfo(der, out _);
        }
        catch (CryptographicException)
        {
            rsa.ImportRSAPublicKey(der, out _);
        }
    }

    private static string? Label(string pem) => PemEncoding.TryFind(pem, out var fields) ? pem[fields.Label] : null;

    /// <summary>Undoes escapes and base64 wrapping. PEM is returned; bare DER leaves through <paramref name="der"/>.</summary>
    public static string Plain(string text, out byte[]? der)
    {
        der = null;
        text = text.Trim().Trim('"', '\'', '\uFEFF');
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            var buffer = new byte[text.Length];
            if (text.Length < 64 || !Convert.TryFromBase64Chars(text, buffer, out var length))
            {
                return "";
            }

            if (buffer.AsSpan(0, length).IndexOf("-----BEGIN"u8) < 0)
            {
                der = buffer[..length];
                CryptographicOperations.ZeroMemory(buffer);
                return "";
            }

            text = Encoding.UTF8.GetString(buffer, 0, length);
            CryptographicOperations.ZeroMemory(buffer);
        }

        return text.Contains('\\', StringComparison.Ordinal)
            ? text.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)
            : text;
    }
}
