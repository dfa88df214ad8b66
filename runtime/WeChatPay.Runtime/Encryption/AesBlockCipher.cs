using System.Security.Cryptography;

namespace WeChatPay.Encryption;

/// <summary>AES block by block, for GCM with a nonce that the base library's <see cref="AesGcm"/> does not take.</summary>
internal sealed class AesBlockCipher : IWeChatPayBlockCipher
{
    private readonly Aes _aes = Aes.Create();

    public AesBlockCipher(ReadOnlySpan<byte> key)
    {
        var copy = key.ToArray();
        _aes.Key = copy;
        CryptographicOperations.ZeroMemory(copy);
    }

    // No mode of its own: what goes in are counters, never the text.
    public void Encrypt(ReadOnlySpan<byte> blocks, Span<byte> destination) => _aes.EncryptEcb(blocks, destination, PaddingMode.None);

    public void Dispose() => _aes.Dispose();
}
