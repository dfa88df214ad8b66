namespace WeChatPay;

/// <summary>
/// A merchant key in the memory of this process: it needs no waiting. Members that are encrypted for the merchant are opened while a document is
/// read, and methods that sign without <c>Async</c> work with it.
/// </summary>
public interface ILocalMerchantKey : IMerchantKey
{
    /// <summary>Signs with the algorithm of <see cref="IMerchantKey.Scheme"/>.</summary>
    /// <param name="message">The message itself, not its hash.</param>
    /// <returns>The signature as it is sent, before base64.</returns>
    byte[] Sign(ReadOnlySpan<byte> message);

    /// <summary>Decrypts with the cipher that belongs to <see cref="IMerchantKey.Scheme"/>.</summary>
    /// <param name="ciphertext">The ciphertext as it came, after base64.</param>
    /// <returns>The plaintext.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The ciphertext does not belong to this key.</exception>
    byte[] Decrypt(ReadOnlySpan<byte> ciphertext);
}
