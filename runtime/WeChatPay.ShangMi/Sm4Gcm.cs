using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace WeChatPay.ShangMi;

/// <summary>SM4 in GCM with a tag of 16 bytes, under the key that is derived from the APIv3 key: the first 16 bytes of its SM3 hash.</summary>
internal static class Sm4Gcm
{
    private const int KeyLength = 16;
    private const int TagLength = 16;

    /// <exception cref="CryptographicException">The tag does not hold.</exception>
    public static byte[] Open(ReadOnlySpan<byte> apiV3Key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext)
    {
        var key = DeriveKey(apiV3Key);
        try
        {
            return OpenWith(key, nonce, associatedData, ciphertext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The same under a key of SM4 itself.</summary>
    public static byte[] OpenWith(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length < TagLength)
        {
            throw Refused();
        }

        var plaintext = new byte[ciphertext.Length - TagLength];
        try
        {
            var cipher = new GcmBlockCipher(new SM4Engine());
            cipher.Init(false, new AeadParameters(new KeyParameter(key), TagLength * 8, nonce.ToArray(), associatedData.ToArray()));
            var written = cipher.ProcessBytes(ciphertext, plaintext);
            cipher.DoFinal(plaintext.AsSpan(written));
            return plaintext;
        }
        catch (InvalidCipherTextException)
        {
            // BouncyCastle decrypts before it has seen the tag.
            CryptographicOperations.ZeroMemory(plaintext);
            throw Refused();
        }
    }

    public static byte[] DeriveKey(ReadOnlySpan<byte> apiV3Key)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(apiV3Key);
        Span<byte> hash = stackalloc byte[digest.GetDigestSize()];
        digest.DoFinal(hash);
        var key = hash[..KeyLength].ToArray();
        CryptographicOperations.ZeroMemory(hash);
        return key;
    }

    private static CryptographicException Refused() => new("The authentication tag does not belong to this text and key.");
}
