using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox.Tests;

/// <summary>What came back over the wire.</summary>
internal sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string[]> Headers, byte[] Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? Code => (string?)Json["code"];

    public string Explanation => (string?)Json["sandbox"]?["explanation"] ?? string.Empty;

    public string Header(string name) => Headers[name].Single();

    /// <summary>Verifies by hand: timestamp, nonce and body, each followed by LF.</summary>
    public bool IsSignedBy(string publicKeyPem) => Signatures.Verify(publicKeyPem, Header("Wechatpay-Timestamp"), Header("Wechatpay-Nonce"), Body, Header("Wechatpay-Signature"));
}

internal static class Signatures
{
    public static bool Verify(string publicKeyOrCertificatePem, string timestamp, string nonce, byte[] body, string signature)
    {
        using var rsa = ImportPublic(publicKeyOrCertificatePem);
        byte[] message = [.. Encoding.ASCII.GetBytes(timestamp + "\n" + nonce + "\n"), .. body, (byte)'\n'];
        return rsa.VerifyData(message, Convert.FromBase64String(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public static RSA ImportPublic(string pem)
    {
        if (pem.Contains("CERTIFICATE", StringComparison.Ordinal))
        {
            using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem);
            return System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPublicKey(certificate)!;
        }

        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa;
    }

    /// <summary>Opens AEAD_AES_256_GCM by hand: nonce and associated data as text, the tag at the end of the ciphertext.</summary>
    public static string Decrypt(string apiV3Key, string nonce, string associatedData, string ciphertext)
    {
        var bytes = Convert.FromBase64String(ciphertext);
        var plain = new byte[bytes.Length - 16];
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(apiV3Key), 16);
        aes.Decrypt(Encoding.ASCII.GetBytes(nonce), bytes.AsSpan(0, plain.Length), bytes.AsSpan(plain.Length), plain, Encoding.ASCII.GetBytes(associatedData));
        return Encoding.UTF8.GetString(plain);
    }
}
