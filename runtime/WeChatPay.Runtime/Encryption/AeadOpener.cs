using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Encryption;

/// <summary>
/// Opens what WeChat Pay seals under the APIv3 key: AES-256-GCM or the cipher of the merchant's algorithm suite, a nonce of 12 bytes, the tag in the
/// last 16 bytes.
/// </summary>
internal static class AeadOpener
{
    public const string Aes256Gcm = "AEAD_AES_256_GCM";

    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Decrypts and authenticates.</summary>
    /// <param name="key">The 32 bytes of the APIv3 key.</param>
    /// <param name="algorithm">What the message names.</param>
    /// <param name="nonce">The nonce as text.</param>
    /// <param name="associatedData">The associated data as text; null is empty.</param>
    /// <param name="ciphertext">Ciphertext and tag; null if the message held no valid base64.</param>
    /// <param name="suite">Algorithms beside AES; null if there are none.</param>
    /// <exception cref="WeChatPayDecryptionException">It cannot be opened.</exception>
    public static byte[] Open(
        byte[] key, string? algorithm, string? nonce, string? associatedData, ReadOnlySpan<byte> ciphertext, IAlgorithmSuite? suite = null)
    {
        if (algorithm != Aes256Gcm && (suite is null || algorithm != suite.AeadAlgorithm))
        {
            throw Failure(
                $"The resource is encrypted with '{FailureText.OneLine(algorithm ?? "")}', and only {Aes256Gcm}{(suite is null ? " is" : $" and {suite.AeadAlgorithm} are")} supported here.");
        }

        if (nonce is null || Encoding.UTF8.GetByteCount(nonce) != NonceLength)
            throw Failure($"The nonce of the resource is not {NonceLength} bytes long.");
        if (ciphertext.Length < TagLength)
            throw Failure("The ciphertext of the resource is no base64 text, or shorter than its authentication tag.");

        Span<byte> nonceBytes = stackalloc byte[NonceLength];
        Encoding.UTF8.GetBytes(nonce, nonceBytes);
        var associated = string.IsNullOrEmpty(associatedData) ? [] : Encoding.UTF8.GetBytes(associatedData);
        try
        {
            return algorithm == Aes256Gcm ? OpenAes(key, nonceBytes, associated, ciphertext) : suite!.OpenAead(key, nonceBytes, associated, ciphertext);
        }
        catch (CryptographicException)
        {
            throw Failure("The resource cannot be opened with the APIv3 key: it was changed, or the key that is set is not this merchant's present one.");
        }
    }

    private static byte[] OpenAes(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext)
    {
        var plaintext = new byte[ciphertext.Length - TagLength];
        try
        {
            // One per message: an instance holds a cipher context and is not for several threads at once.
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(nonce, ciphertext[..^TagLength], ciphertext[^TagLength..], plaintext, associatedData);
            return plaintext;
        }
        catch (CryptographicException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            throw;
        }
    }

    private static WeChatPayDecryptionException Failure(string message) => new(message) { IsVerified = true };
}
