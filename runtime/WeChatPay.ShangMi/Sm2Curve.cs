using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Security;

namespace WeChatPay.ShangMi;

/// <summary>The one curve of SM2, sm2p256v1. One object for all keys: multiples of its base point are computed once and kept with it.</summary>
internal static class Sm2Curve
{
    public const string Oid = "1.2.156.10197.1.301";

    /// <summary>Bytes of a coordinate, a private key or a half of a signature.</summary>
    public const int Size = 32;

    public const int PointLength = 1 + (2 * Size);

    public const byte Uncompressed = 4;

    // The custom implementation; the generic one of the named curve is several times slower.
    public static readonly ECDomainParameters Domain = ECDomainParameters.FromX9ECParameters(CustomNamedCurves.GetByOid(GMObjectIdentifiers.sm2p256v1));

    /// <summary>The system's secure generator, without a generator of BouncyCastle between. Safe for several threads.</summary>
    public static readonly SecureRandom Random = new(new CryptoApiRandomGenerator());

    /// <summary>Reads an uncompressed point.</summary>
    /// <returns>The point, or null if it is not on the curve, is the point at infinity or has another form.</returns>
    public static ECPoint? TryReadPoint(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length != PointLength || encoded[0] != Uncompressed)
        {
            return null;
        }

        try
        {
            // The curve's order is prime, so a point on it that is not infinity is in the right group.
            var point = Domain.Curve.DecodePoint(encoded);
            return !point.IsInfinity && point.IsValid() ? point : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
