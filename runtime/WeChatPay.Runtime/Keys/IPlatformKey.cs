namespace WeChatPay;

/// <summary>
/// A public key of WeChat Pay: verifies what WeChat Pay signs and encrypts for it, with the one algorithm that belongs to the key. Its serial number
/// and its validity are kept beside it. Implementations are thread-safe.
/// </summary>
public interface IPlatformKey
{
    /// <summary>The one value that <c>Wechatpay-Signature-Type</c> may have for this key.</summary>
    string Scheme { get; }

    /// <summary>The fewest bytes that a signature has.</summary>
    int ShortestSignature { get; }

    /// <summary>The most bytes that a signature has.</summary>
    int LongestSignature { get; }

    /// <summary>The most bytes of text that can be encrypted. Their ciphertext has at most 1024 bytes.</summary>
    int LongestText { get; }

    /// <summary>Whether the signature is one of this message, in the one encoding that it has. Never throws for any input.</summary>
    /// <param name="message">The message itself, not its hash.</param>
    /// <param name="signature">The signature, after base64.</param>
    bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>Encrypts a sensitive member.</summary>
    /// <param name="plaintext">At most <see cref="LongestText"/> bytes.</param>
    /// <param name="ciphertext">Where the ciphertext goes: 1024 bytes.</param>
    /// <returns>The length of the ciphertext.</returns>
    int Encrypt(ReadOnlySpan<byte> plaintext, Span<byte> ciphertext);

    /// <summary>Whether this is the public half of a merchant's key, which must not be trusted as one of WeChat Pay. False where that cannot be known.</summary>
    /// <param name="key">The merchant's key.</param>
    bool IsPublicHalfOf(IMerchantKey key);
}
