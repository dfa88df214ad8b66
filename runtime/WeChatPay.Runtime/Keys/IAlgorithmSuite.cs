namespace WeChatPay;

/// <summary>
/// A family of algorithms beside RSA and AES, which are always there. A package such as WeChatPay.ShangMi brings one; it is set by
/// <see cref="WeChatPayOptions.AlgorithmSuite"/>. Implementations are thread-safe and keep no secrets.
/// </summary>
public interface IAlgorithmSuite
{
    /// <summary>The signature scheme of the keys that this suite reads, as in <c>Authorization</c> and <c>Wechatpay-Signature-Type</c>.</summary>
    string Scheme { get; }

    /// <summary>The name that notifications and certificate lists give its cipher, e.g. <c>AEAD_SM4_GCM</c>.</summary>
    string AeadAlgorithm { get; }

    /// <summary>Opens what is sealed under the APIv3 key with <see cref="AeadAlgorithm"/>.</summary>
    /// <param name="apiV3Key">The 32 bytes of the APIv3 key; what is derived from it is wiped after use.</param>
    /// <param name="nonce">The nonce, 12 bytes.</param>
    /// <param name="associatedData">The associated data, perhaps empty.</param>
    /// <param name="ciphertext">Ciphertext with the tag of 16 bytes behind it; at least the tag.</param>
    /// <returns>The plaintext.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The tag does not hold.</exception>
    byte[] OpenAead(ReadOnlySpan<byte> apiV3Key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext);

    /// <summary>Reads a public key, bare or out of a certificate.</summary>
    /// <param name="subjectPublicKeyInfo">The key as DER (<c>SubjectPublicKeyInfo</c>).</param>
    /// <returns>The key, or null if it is none of this suite or not sound, such as a point that is not on the curve.</returns>
    IPlatformKey? TryReadPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo);

    /// <summary>Begins the hash of a file whose verified answer names an algorithm of this suite, e.g. <c>SM3</c>.</summary>
    /// <param name="hashType">The <c>hash_type</c> in upper case.</param>
    /// <returns>The hash, or null if the algorithm is none of this suite.</returns>
    IWeChatPayFileHash? TryStartHash(string hashType) => null;

    /// <summary>The length of the keys with which files are encrypted by an algorithm of this suite, e.g. <c>SM4_GCM</c>.</summary>
    /// <param name="algorithm">The algorithm as the request for the file named it.</param>
    /// <returns>The length in bytes, or 0 if the algorithm is none of this suite.</returns>
    int FileKeyLengthOf(string algorithm) => 0;

    /// <summary>The block cipher of such an algorithm; the runtime makes GCM of it.</summary>
    /// <param name="algorithm">An algorithm for which <see cref="FileKeyLengthOf"/> gave a length.</param>
    /// <param name="key">The key of that length. Copied; the caller wipes his own.</param>
    /// <returns>The cipher, of which the caller disposes.</returns>
    /// <exception cref="NotSupportedException">The algorithm is none of this suite.</exception>
    IWeChatPayBlockCipher CreateFileCipher(string algorithm, ReadOnlySpan<byte> key)
        => throw new NotSupportedException($"'{algorithm}' is no algorithm of this suite.");
}
