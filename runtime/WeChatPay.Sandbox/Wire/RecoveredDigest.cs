using System.Numerics;
using System.Security.Cryptography;

namespace WeChatPay.Sandbox;

/// <summary>
/// What a signature says about the message it was made for. An RSA signature with PKCS#1 v1.5 padding gives back, under the public key,
/// the hash that was signed: so a wrong key can be told from a wrong message. Used for explanations only, never to accept anything.
/// </summary>
internal sealed record RecoveredDigest(bool IsMadeWithMerchantKey, byte[]? Sha256, string? OtherScheme)
{
    // DigestInfo headers of RFC 8017, 9.2, note 1.
    private static readonly byte[] Sha256Prefix = Convert.FromHexString("3031300D060960864801650304020105000420");
    private static readonly byte[] Sha1Prefix = Convert.FromHexString("3021300906052B0E03021A05000414");

    public static RecoveredDigest From(byte[] signature, RSAParameters key)
    {
        if (signature.Length != key.Modulus!.Length)
            return new RecoveredDigest(false, null, null);

        var opened = BigInteger.ModPow(Unsigned(signature), Unsigned(key.Exponent!), Unsigned(key.Modulus));
        var block = opened.ToByteArray(isUnsigned: true, isBigEndian: true);
        var encoded = new byte[key.Modulus.Length];
        block.CopyTo(encoded, encoded.Length - block.Length);

        var start = PaddingEnd(encoded);
        if (start < 0)
            return IsPss(encoded) ? new RecoveredDigest(false, null, "perhaps RSA-PSS") : new RecoveredDigest(false, null, null);

        var digestInfo = encoded.AsSpan(start);
        if (digestInfo.StartsWith(Sha256Prefix) && digestInfo.Length == Sha256Prefix.Length + 32)
            return new RecoveredDigest(true, digestInfo[Sha256Prefix.Length..].ToArray(), null);

        return new RecoveredDigest(true, null, digestInfo.StartsWith(Sha1Prefix) ? "SHA-1" : "a hash other than SHA-256");
    }

    /// <summary>RFC 8017, 9.1.2: under the mask stand zeros and a one. The last byte alone is 0xBC for every 256th signature of a foreign key too.</summary>
    private static bool IsPss(byte[] encoded)
    {
        const int hashLength = 32;
        if (encoded[^1] != 0xBC) return false;
        var hash = encoded.AsSpan(encoded.Length - hashLength - 1, hashLength);
        Span<byte> seed = stackalloc byte[hashLength + 4];
        hash.CopyTo(seed);
        var mask = SHA256.HashData(seed);
        return ((encoded[0] ^ mask[0]) & 0x7F) == 0 && encoded.AsSpan(1, hashLength - 1).SequenceEqual(mask.AsSpan(1));
    }

    private static BigInteger Unsigned(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static int PaddingEnd(byte[] encoded)
    {
        if (encoded[0] != 0 || encoded[1] != 1)
            return -1;

        var at = 2;
        while (at < encoded.Length && encoded[at] == 0xFF)
            at++;

        return at >= 10 && at < encoded.Length && encoded[at] == 0 ? at + 1 : -1;
    }
}
