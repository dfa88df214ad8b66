using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Sandbox;

/// <summary>AEAD_AES_256_GCM under the APIv3 key: ciphertext and tag in one base64 text.</summary>
internal sealed record AeadBox(string Nonce, string AssociatedData, string Ciphertext)
{
    public const string Algorithm = "AEAD_AES_256_GCM";

    private const int TagSize = 16;

    public static AeadBox Seal(string apiV3Key, string associatedData, ReadOnlySpan<byte> plaintext)
    {
        var nonce = RandomText.Alphanumeric(12);
        var sealedBytes = new byte[plaintext.Length + TagSize];
        using var aes = new AesGcm(Encoding.UTF8.GetBytes(apiV3Key), TagSize);
        aes.Encrypt(
            Encoding.UTF8.GetBytes(nonce),
            plaintext,
            sealedBytes.AsSpan(0, plaintext.Length),
            sealedBytes.AsSpan(plaintext.Length),
            Encoding.UTF8.GetBytes(associatedData));
        return new AeadBox(nonce, associatedData, Convert.ToBase64String(sealedBytes));
    }
}
