namespace WeChatPay;

/// <summary>
/// The private key of the merchant's API certificate, wherever it lives: in memory, a vault, an HSM, a KMS. Implementations are
/// thread-safe and never log what they are given.
/// </summary>
public interface IMerchantKey
{
    /// <summary>Signs with RSASSA-PKCS1-v1_5 and SHA-256.</summary>
    /// <param name="message">The message itself, not its hash. Valid until the returned task ends.</param>
    /// <param name="cancellationToken">Ends with the call that needs the signature.</param>
    /// <returns>The signature, as long as the modulus.</returns>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Decrypts with RSAES-OAEP, SHA-1, MGF1 with SHA-1 and an empty label.</summary>
    /// <param name="ciphertext">The ciphertext, as long as the modulus. Valid until the returned task ends.</param>
    /// <param name="cancellationToken">Ends with the call that needs the text.</param>
    /// <returns>The plaintext.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The ciphertext does not belong to this key.</exception>
    ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken);
}
