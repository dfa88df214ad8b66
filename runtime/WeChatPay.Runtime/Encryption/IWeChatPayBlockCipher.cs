namespace WeChatPay;

/// <summary>
/// A block cipher of 16 bytes under one key, which an <see cref="IAlgorithmSuite"/> brings. The runtime makes GCM of it, of any length of nonce and piece by
/// piece. Not for several threads; disposing of it wipes what can be wiped of the key.
/// </summary>
public interface IWeChatPayBlockCipher : IDisposable
{
    /// <summary>Encrypts every block by itself.</summary>
    /// <param name="blocks">Whole blocks of 16 bytes.</param>
    /// <param name="destination">As long as <paramref name="blocks"/>, and not the same memory.</param>
    void Encrypt(ReadOnlySpan<byte> blocks, Span<byte> destination);
}
