using System.Diagnostics;
using System.Security.Cryptography;

namespace WeChatPay.Keys;

/// <summary>A merchant key in memory. Imported once and kept: importing costs four times as much as signing. One object serves all threads.</summary>
[DebuggerDisplay("RSA {KeySize} bit")]
internal sealed class RsaMerchantKey : ILocalMerchantKey
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly RSA _rsa;

    /// <summary>Wraps a key; the caller does not dispose of it while the key is in use.</summary>
    public RsaMerchantKey(RSA rsa)
    {
        _rsa = rsa;
        KeySize = rsa.KeySize;
        Modulus = rsa.ExportParameters(false).Modulus!;
    }

    public int KeySize { get; }

    public int SignatureLength => (KeySize + 7) / 8;

    /// <summary>The public modulus, to recognise this very key where a platform key is expected.</summary>
    public byte[] Modulus { get; }

    public int Sign(ReadOnlySpan<byte> message, Span<byte> signature)
        => _rsa.SignData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public byte[] Sign(ReadOnlySpan<byte> message) => _rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public byte[] Decrypt(ReadOnlySpan<byte> ciphertext) => _rsa.Decrypt(ciphertext, RSAEncryptionPadding.OaepSHA1);

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        => new(Sign(message.Span));

    public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        => new(Decrypt(ciphertext.Span));
}
