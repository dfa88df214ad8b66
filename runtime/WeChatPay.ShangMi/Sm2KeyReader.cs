using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace WeChatPay.ShangMi;

/// <summary>
/// Reads SM2 keys out of DER, and nothing else: a key on another curve is refused. By hand, because BouncyCastle's factory of keys would bring all
/// algorithms that it knows into a trimmed program.
/// </summary>
internal static class Sm2KeyReader
{
    private const string EcPublicKey = "1.2.840.10045.2.1";

    private static readonly Asn1Tag Parameters = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag PublicKey = new(TagClass.ContextSpecific, 1);

    /// <summary>Reads <c>SubjectPublicKeyInfo</c>; null if it is no sound SM2 key.</summary>
    public static ECPublicKeyParameters? TryReadPublic(ReadOnlySpan<byte> der)
    {
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (!IsSm2(info.ReadSequence()))
            {
                return null;
            }

            var point = Sm2Curve.TryReadPoint(info.ReadBitString(out var unused));
            info.ThrowIfNotEmpty();
            return point is not null && unused == 0 ? new(point, Sm2Curve.Domain) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Reads PKCS#8.</summary>
    /// <exception cref="ArgumentException">It is no sound SM2 key; the message repeats nothing of it.</exception>
    public static ECPrivateKeyParameters ReadPkcs8(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (!info.TryReadInt32(out var version) || version is not (0 or 1))
            {
                throw Damaged();
            }

            if (!IsSm2(info.ReadSequence()))
            {
                throw new ArgumentException("is no SM2 key (EC on sm2p256v1); an RSA key belongs into MerchantPrivateKey without 国密.");
            }

            // What may follow are attributes, of which nothing here is made.
            return info.TryReadPrimitiveOctetString(out var key) ? ReadSec1(key, isCurveKnown: true) : throw Damaged();
        }
        catch (AsnContentException)
        {
            throw Damaged();
        }
    }

    /// <summary>Reads the older form of RFC 5915, in which GM tools write keys as well.</summary>
    /// <param name="der">The key.</param>
    /// <param name="isCurveKnown">What stands around the key names the curve, so the key itself need not.</param>
    /// <exception cref="ArgumentException">It is no sound SM2 key; the message repeats nothing of it.</exception>
    public static ECPrivateKeyParameters ReadSec1(ReadOnlyMemory<byte> der, bool isCurveKnown)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var key = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (!key.TryReadInt32(out var version) || version != 1 || !key.TryReadPrimitiveOctetString(out var scalar) || scalar.Length != Sm2Curve.Size)
            {
                throw Damaged();
            }

            if (key.HasData && key.PeekTag().HasSameClassAndValue(Parameters))
            {
                isCurveKnown = key.ReadSequence(Parameters).ReadObjectIdentifier() == Sm2Curve.Oid;
            }

            if (!isCurveKnown)
            {
                throw new ArgumentException("is no SM2 key: it names another curve than sm2p256v1, or none.");
            }

            var d = new BigInteger(1, scalar.Span);
            // 1 + d is inverted in signing, so n - 1 is no key either.
            if (d.SignValue == 0 || d.CompareTo(Sm2Curve.Domain.N.Subtract(BigInteger.One)) >= 0)
            {
                throw Damaged();
            }

            if (key.HasData)
            {
                CheckPublicHalf(key.ReadSequence(PublicKey).ReadBitString(out _), d);
            }

            return new(d, Sm2Curve.Domain);
        }
        catch (AsnContentException)
        {
            throw Damaged();
        }
    }

    private static bool IsSm2(AsnReader algorithm)
        => algorithm.ReadObjectIdentifier() == EcPublicKey
            && algorithm.HasData && algorithm.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)
            && algorithm.ReadObjectIdentifier() == Sm2Curve.Oid
            && !algorithm.HasData;

    // A private key beside another one's public key is a sign that somebody edited the file.
    private static void CheckPublicHalf(ReadOnlySpan<byte> encoded, BigInteger d)
    {
        if (!CryptographicOperations.FixedTimeEquals(Sm2MerchantKey.PublicPointOf(d).GetEncoded(compressed: false), encoded))
        {
            throw Damaged();
        }
    }

    private static ArgumentException Damaged() => new("is damaged: it has the form of a private key, but its content is no SM2 key; copy the key again, as a whole.");
}
