using System.Formats.Asn1;
using System.Security.Cryptography;

namespace WeChatPay.Keys;

/// <summary>
/// A merchant's private key as text: PKCS#8, PKCS#1 or PKCS#8 encrypted with a password, in all the forms of <see cref="KeyText"/>. What people paste
/// in its place (the certificate, the public key, a path) is recognised and named.
/// </summary>
internal static class PrivateKeyText
{
    private const string RsaOid = "1.2.840.113549.1.1.1";

    /// <summary>Reads a key.</summary>
    /// <param name="text">The text.</param>
    /// <param name="password">The password of an encrypted key; null or empty: none.</param>
    /// <param name="name">What the problem calls the text.</param>
    /// <param name="problem">What is wrong and how to mend it, without any part of the text.</param>
    public static RSA? TryRead(string text, string? password, string name, out string? problem)
    {
        var rsa = RSA.Create();
        try
        {
            problem = Import(rsa, text, password) ?? KeyText.CheckLength(rsa);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or AsnContentException)
        {
            problem = "is damaged: it has the form of an RSA private key, but its content cannot be read; copy apiclient_key.pem again, as a whole";
        }

        return KeyText.Finish(rsa, name, ref problem);
    }

    private static string? Import(RSA rsa, string text, string? password)
    {
        var pem = KeyText.Plain(text, out var der);
        if (der is not null)
        {
            try
            {
                return ImportDer(rsa, der, password);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(der);
            }
        }

        // A file may hold the certificate as well, before or after the key.
        var (label, block) = FindBlock(pem, static label => label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)) ?? FindBlock(pem, static _ => true) ?? default;
        switch (label)
        {
            case "PRIVATE KEY":
                return ImportPem(block, der => ImportPkcs8(rsa, der));
            case "RSA PRIVATE KEY":
                rsa.ImportFromPem(block);
                return null;
            case "ENCRYPTED PRIVATE KEY" when string.IsNullOrEmpty(password):
                return "is encrypted with a password: set it (MerchantPrivateKeyPassword), or decrypt the key first (openssl pkcs8 -in … -out …)";
            case "ENCRYPTED PRIVATE KEY":
                return ImportPem(block, der => ImportEncrypted(rsa, der, password));
            case "CERTIFICATE":
                return "is a certificate; it takes the private key (apiclient_key.pem), not apiclient_cert.pem";
            case "PUBLIC KEY" or "RSA PUBLIC KEY":
                return "is a public key; it takes the merchant's private key (apiclient_key.pem)";
            case { } other:
                return $"is a PEM block '{other}'; it takes an RSA private key (PRIVATE KEY or RSA PRIVATE KEY)";
            case null when pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal):
                return "is encrypted in the old form of OpenSSL, which cannot be read here and protects little; convert it (openssl pkcs8 -topk8 -in … -out …)";
            default:
                return "is no private key; it takes the content (not the path) of apiclient_key.pem, as PEM or base64";
        }
    }

    private static (string Label, string Block)? FindBlock(string pem, Predicate<string> isWanted)
    {
        var rest = pem;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (isWanted(rest[fields.Label]))
            {
                return (rest[fields.Label], rest[fields.Location]);
            }

            rest = rest[fields.Location.End..];
        }

        return null;
    }

    private static string? ImportPem(string pem, Func<byte[], string?> import)
    {
        var der = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        try
        {
            return import(der);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private static string? ImportDer(RSA rsa, byte[] der, string? password)
    {
        switch (FormOf(der))
        {
            case Form.Pkcs8:
                return ImportPkcs8(rsa, der);
            case Form.Encrypted when string.IsNullOrEmpty(password):
                return "is encrypted with a password: set it (MerchantPrivateKeyPassword)";
            case Form.Encrypted:
                return ImportEncrypted(rsa, der, password);
            default:
                rsa.ImportRSAPrivateKey(der, out _);
                return null;
        }
    }

    private static string? ImportPkcs8(RSA rsa, byte[] der)
    {
        var content = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        content.ReadInteger();
        var algorithm = content.ReadSequence().ReadObjectIdentifier();
        if (algorithm != RsaOid)
        {
            return $"is no RSA key (algorithm {algorithm}): WeChat Pay's merchant certificates have RSA keys; a key of 国密 goes through WeChatPay.ShangMi";
        }

        rsa.ImportPkcs8PrivateKey(der, out _);
        return null;
    }

    private static string? ImportEncrypted(RSA rsa, byte[] der, string? password)
    {
        try
        {
            rsa.ImportEncryptedPkcs8PrivateKey(password, der, out _);
            return null;
        }
        catch (CryptographicException)
        {
            return "cannot be decrypted: the password that is set (MerchantPrivateKeyPassword) is not its own, or it is no RSA key";
        }
    }

    private enum Form
    {
        Pkcs1,
        Pkcs8,
        Encrypted,
    }

    /// <summary>PKCS#8 begins with a version and an algorithm, its encrypted form with an algorithm, PKCS#1 with a version and a number.</summary>
    private static Form FormOf(byte[] der)
    {
        var content = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        if (content.PeekTag().TagValue == (int)UniversalTagNumber.Sequence)
        {
            return Form.Encrypted;
        }

        content.ReadInteger();
        return content.PeekTag().TagValue == (int)UniversalTagNumber.Sequence ? Form.Pkcs8 : Form.Pkcs1;
    }
}
