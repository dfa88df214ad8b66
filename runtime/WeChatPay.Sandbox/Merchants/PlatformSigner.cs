using System.Security.Cryptography;

namespace WeChatPay.Sandbox;

/// <summary>One of WeChat Pay's private keys in the sandbox and the name under which its public half is known.</summary>
internal sealed class PlatformSigner(string serial, RSA key) : IDisposable
{
    /// <summary>A public key id (<c>PUB_KEY_ID_…</c>) or a certificate serial number.</summary>
    public string Serial { get; } = serial;

    public byte[] Sign(byte[] message) => key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Opens a sensitive field that the merchant encrypted with the public half.</summary>
    /// <exception cref="CryptographicException">Another key, another padding or damaged bytes.</exception>
    public byte[] Decrypt(byte[] ciphertext) => key.Decrypt(ciphertext, RSAEncryptionPadding.OaepSHA1);

    public string ExportPublicKeyPem() => key.ExportSubjectPublicKeyInfoPem();

    public void Dispose() => key.Dispose();
}
