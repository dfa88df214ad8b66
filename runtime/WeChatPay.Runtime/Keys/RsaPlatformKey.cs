using System.Diagnostics;
using System.Security.Cryptography;
using WeChatPay.Signing;

namespace WeChatPay.Keys;

/// <summary>An RSA key of WeChat Pay: RSASSA-PKCS1-v1_5 with SHA-256, RSAES-OAEP with SHA-1. One object for all threads, never disposed of while a snapshot may hold it.</summary>
[DebuggerDisplay("RSA {Rsa.KeySize} bit")]
internal sealed class RsaPlatformKey(RSA rsa) : IPlatformKey
{
    private readonly int _size = (rsa.KeySize + 7) / 8;

    public RSA Rsa { get; } = rsa;

    public string Scheme => SignatureScheme.Rsa;

    public int ShortestSignature => _size;

    public int LongestSignature => _size;

    // RFC 8017, 7.1.1: k - 2 hLen - 2 with SHA-1.
    public int LongestText => _size - (2 * SHA1.HashSizeInBytes) - 2;

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        => Rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public int Encrypt(ReadOnlySpan<byte> plaintext, Span<byte> ciphertext) => Rsa.Encrypt(plaintext, ciphertext, RSAEncryptionPadding.OaepSHA1);

    public bool IsPublicHalfOf(IMerchantKey key)
        => key is RsaMerchantKey own && Rsa.ExportParameters(false).Modulus.AsSpan().SequenceEqual(own.Modulus);
}
