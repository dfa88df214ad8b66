using WeChatPay.Signing;

namespace WeChatPay;

/// <summary>
/// The private key of the merchant's API certificate, wherever it lives: in memory, a vault, an HSM, a KMS. Implementations are
/// thread-safe and never log what they are given. The algorithm is a property of the key.
/// </summary>
public interface IMerchantKey
{
    /// <summary>
    /// The scheme that opens the <c>Authorization</c> header: <c>WECHATPAY2-SHA256-RSA2048</c> unless the key says otherwise. Any other needs the
    /// <see cref="WeChatPayOptions.AlgorithmSuite"/> of that scheme. A key that wraps another one passes its scheme on.
    /// </summary>
    string Scheme => SignatureScheme.Rsa;

    /// <summary>Signs with the algorithm of <see cref="Scheme"/>: for RSA, RSASSA-PKCS1-v1_5 and SHA-256.</summary>
    /// <param name="message">The message itself, not its hash. Valid until the returned task ends.</param>
    /// <param name="cancellationToken">Ends with the call that needs the signature.</param>
    /// <returns>The signature; for RSA as long as the modulus.</returns>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Decrypts with RSAES-OAEP, SHA-1, MGF1 with SHA-1 and an empty label.</summary>
    /// <param name="ciphertext">The ciphertext, as long as the modulus. Valid until the returned task ends.</param>
    /// <param name="cancellationToken">Ends with the call that needs the text.</param>
    /// <returns>The plaintext.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The ciphertext does not belong to this key.</exception>
    /// <exception cref="NotSupportedException">The key is none of RSA.</exception>
    ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken);

    /// <summary>Decrypts a sensitive member with the cipher that belongs to <see cref="Scheme"/>; an RSA key leaves it at <see cref="DecryptOaepAsync"/>.</summary>
    /// <param name="ciphertext">The ciphertext as it came, after base64. Valid until the returned task ends.</param>
    /// <param name="cancellationToken">Ends with the call that needs the text.</param>
    /// <returns>The plaintext.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The ciphertext does not belong to this key.</exception>
    ValueTask<byte[]> DecryptAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => DecryptOaepAsync(ciphertext, cancellationToken);
}
