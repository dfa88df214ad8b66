using System.Diagnostics;
using Org.BouncyCastle.Crypto.Parameters;

namespace WeChatPay.ShangMi;

/// <summary>An SM2 key of WeChat Pay. Parsed once and kept. Thread-safe.</summary>
[DebuggerDisplay("SM2")]
internal sealed class Sm2PlatformKey(ECPublicKeyParameters key) : IPlatformKey
{
    private readonly Sm2SignerPool _verifiers = new(key);

    public string Scheme => WeChatPayShangMi.Scheme;

    public int ShortestSignature => Sm2SignerPool.ShortestSignature;

    public int LongestSignature => Sm2SignerPool.LongestSignature;

    public int LongestText => Sm2Cipher.LongestText;

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => _verifiers.Verify(message, signature);

    public int Encrypt(ReadOnlySpan<byte> plaintext, Span<byte> ciphertext) => Sm2Cipher.Encrypt(key, plaintext, ciphertext);

    public bool IsPublicHalfOf(IMerchantKey merchantKey) => merchantKey is Sm2MerchantKey own && own.PublicPoint.Equals(key.Q);
}
