using System.Diagnostics;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace WeChatPay.ShangMi;

/// <summary>The private key of the merchant's SM2 certificate, in memory. Parsed once and kept. Thread-safe.</summary>
[DebuggerDisplay("SM2")]
internal sealed class Sm2MerchantKey : ILocalMerchantKey
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ECPrivateKeyParameters _key;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Sm2SignerPool _signers;

    public Sm2MerchantKey(ECPrivateKeyParameters key)
    {
        _key = key;
        _signers = new(key);
        PublicPoint = PublicPointOf(key.D);
    }

    public string Scheme => WeChatPayShangMi.Scheme;

    /// <summary>The public half, to recognise this very key where a platform key is expected.</summary>
    public ECPoint PublicPoint { get; }

    public static ECPoint PublicPointOf(BigInteger d) => new FixedPointCombMultiplier().Multiply(Sm2Curve.Domain.G, d).Normalize();

    public byte[] Sign(ReadOnlySpan<byte> message) => _signers.Sign(message);

    public byte[] Decrypt(ReadOnlySpan<byte> ciphertext) => Sm2Cipher.Decrypt(_key, ciphertext);

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => new(Sign(message.Span));

    public ValueTask<byte[]> DecryptAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => new(Decrypt(ciphertext.Span));

    public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        => throw new NotSupportedException("An SM2 key has no OAEP, which belongs to RSA: call DecryptAsync.");
}
