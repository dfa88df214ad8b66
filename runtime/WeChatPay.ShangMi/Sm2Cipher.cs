using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace WeChatPay.ShangMi;

/// <summary>SM2 encryption as WeChat Pay sends it: DER of <c>SEQUENCE { x, y, C3, C2 }</c>, not the raw <c>04 ‖ x ‖ y ‖ C3 ‖ C2</c>.</summary>
internal static class Sm2Cipher
{
    /// <summary>
    /// The most bytes of text. SM2 has no bound of its own; this one keeps a ciphertext within 1024 bytes, of which the point, the hash and DER take up
    /// to 112.
    /// </summary>
    public const int LongestText = 912;

    private const int HashLength = 32;
    private const int RawOverhead = Sm2Curve.PointLength + HashLength;

    public static int Encrypt(ECPublicKeyParameters key, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        if (plaintext.Length is 0 or > LongestText)
        {
            throw new ArgumentException($"The text has {plaintext.Length} bytes: SM2 encrypts 1 to {LongestText} here.", nameof(plaintext));
        }

        // BouncyCastle takes arrays here; the copy of the text is wiped.
        var copy = plaintext.ToArray();
        byte[] raw;
        try
        {
            var engine = new SM2Engine(new SM3Digest(), SM2Engine.Mode.C1C3C2);
            engine.Init(true, new ParametersWithRandom(key, Sm2Curve.Random));
            raw = engine.ProcessBlock(copy, 0, copy.Length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }

        return WriteDer(raw, ciphertext);
    }

    /// <summary>Turns <c>04 ‖ x ‖ y ‖ C3 ‖ C2</c> into DER.</summary>
    public static int WriteDer(ReadOnlySpan<byte> raw, Span<byte> der)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, der.Length);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(WithoutLeadingZeros(raw.Slice(1, Sm2Curve.Size)));
            writer.WriteIntegerUnsigned(WithoutLeadingZeros(raw.Slice(1 + Sm2Curve.Size, Sm2Curve.Size)));
            writer.WriteOctetString(raw.Slice(Sm2Curve.PointLength, HashLength));
            writer.WriteOctetString(raw[RawOverhead..]);
        }

        return writer.Encode(der);
    }

    /// <exception cref="CryptographicException">It is no ciphertext, or none for this key.</exception>
    public static byte[] Decrypt(ECPrivateKeyParameters key, ReadOnlySpan<byte> ciphertext)
    {
        var raw = ReadDer(ciphertext);
        try
        {
            var engine = new SM2Engine(new SM3Digest(), SM2Engine.Mode.C1C3C2);
            engine.Init(false, key);
            return engine.ProcessBlock(raw, 0, raw.Length);
        }
        catch (Exception e) when (e is CryptoException or ArgumentException or InvalidOperationException)
        {
            throw Refused();
        }
    }

    private static byte[] ReadDer(ReadOnlySpan<byte> der)
    {
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var parts = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var x = parts.ReadIntegerBytes();
            var y = parts.ReadIntegerBytes();
            var c3 = parts.ReadOctetString();
            var c2 = parts.ReadOctetString();
            parts.ThrowIfNotEmpty();
            if (c3.Length != HashLength || c2.Length == 0)
            {
                throw Refused();
            }

            var raw = new byte[RawOverhead + c2.Length];
            raw[0] = Sm2Curve.Uncompressed;
            CopyCoordinate(x.Span, raw.AsSpan(1, Sm2Curve.Size));
            CopyCoordinate(y.Span, raw.AsSpan(1 + Sm2Curve.Size, Sm2Curve.Size));
            c3.CopyTo(raw, Sm2Curve.PointLength);
            c2.CopyTo(raw, RawOverhead);

            // With a point off the curve the answer would tell something about the key.
            return Sm2Curve.TryReadPoint(raw.AsSpan(0, Sm2Curve.PointLength)) is not null ? raw : throw Refused();
        }
        catch (AsnContentException)
        {
            throw Refused();
        }
    }

    // One coordinate in 256 begins with a zero byte, and the writer takes shortest integers only.
    private static ReadOnlySpan<byte> WithoutLeadingZeros(ReadOnlySpan<byte> coordinate)
    {
        var first = coordinate.IndexOfAnyExcept((byte)0);
        return first < 0 ? coordinate[^1..] : coordinate[first..];
    }

    private static void CopyCoordinate(ReadOnlySpan<byte> integer, Span<byte> coordinate)
    {
        if (integer[0] >= 0x80)
        {
            throw Refused();
        }

        var digits = integer[0] == 0 ? integer[1..] : integer;
        if (digits.Length > coordinate.Length)
        {
            throw Refused();
        }

        digits.CopyTo(coordinate[(coordinate.Length - digits.Length)..]);
    }

    // One text for all reasons: whoever sends ciphertexts to try learns nothing from the answer.
    private static CryptographicException Refused() => new("The text is no SM2 ciphertext, or none for this key.");
}
