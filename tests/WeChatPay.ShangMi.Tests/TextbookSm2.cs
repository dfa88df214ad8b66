using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace WeChatPay.ShangMi.Tests;

/// <summary>
/// SM2 out of the formulas of GB/T 32918 with plain integers, to hold the package against something that shares no code with it but SM3, which the
/// vectors pin down.
/// </summary>
internal sealed class TextbookSm2
{
    public static readonly BigInteger P = Hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");
    public static readonly BigInteger N = Hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123");
    private static readonly BigInteger A = P - 3;
    private static readonly BigInteger B = Hex("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");
    private static readonly (BigInteger X, BigInteger Y) G = (
        Hex("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"),
        Hex("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"));

    private readonly BigInteger _d;
    private readonly (BigInteger X, BigInteger Y) _q;

    /// <summary>A key pair of the vectors.</summary>
    public TextbookSm2(string privateKeyPem)
    {
        // PKCS#8 without attributes: the scalar stands at a fixed place.
        var pem = PemEncoding.Find(privateKeyPem);
        var outer = new AsnReader(Convert.FromBase64String(privateKeyPem[pem.Base64Data]), AsnEncodingRules.DER).ReadSequence();
        outer.ReadInteger();
        outer.ReadSequence();
        var inner = new AsnReader(outer.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
        inner.ReadInteger();
        _d = new(inner.ReadOctetString(), isUnsigned: true, isBigEndian: true);
        _q = Multiply(_d, G)!.Value;
    }

    public static BigInteger Hex(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        value.TryWriteBytes(bytes.AsSpan(32 - value.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }

    public static byte[] Sm3(params byte[][] parts)
    {
        var digest = new SM3Digest();
        foreach (var part in parts)
            digest.BlockUpdate(part);
        var hash = new byte[32];
        digest.DoFinal(hash);
        return hash;
    }

    public byte[] PublicPoint() => [4, .. Bytes(_q.X), .. Bytes(_q.Y)];

    public string SignText(string timestamp, string nonce, ReadOnlySpan<byte> body)
        => Convert.ToBase64String(Sign([.. Encoding.ASCII.GetBytes($"{timestamp}\n{nonce}\n"), .. body, (byte)'\n']));

    public byte[] Sign(byte[] message, string identity = "1234567812345678")
    {
        var e = new BigInteger(Sm3(Z(identity), message), isUnsigned: true, isBigEndian: true);
        while (true)
        {
            var k = new BigInteger(RandomNumberGenerator.GetBytes(32), isUnsigned: true, isBigEndian: true) % (N - 1) + 1;
            var r = (e + Multiply(k, G)!.Value.X) % N;
            var s = BigInteger.ModPow(1 + _d, N - 2, N) * Mod(k - (r * _d), N) % N;
            if (!r.IsZero && r + k != N && !s.IsZero)
                return Der(r, s);
        }
    }

    public bool Verify(byte[] message, byte[] signature, string identity = "1234567812345678")
    {
        var parts = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        var (r, s) = (parts.ReadInteger(), parts.ReadInteger());
        if (r.Sign <= 0 || r >= N || s.Sign <= 0 || s >= N)
            return false;
        var t = (r + s) % N;
        if (t.IsZero || Add(Multiply(s, G), Multiply(t, _q)) is not { } point)
            return false;
        var e = new BigInteger(Sm3(Z(identity), message), isUnsigned: true, isBigEndian: true);
        return (e + point.X) % N == r;
    }

    public byte[] Encrypt(byte[] text)
    {
        var k = new BigInteger(RandomNumberGenerator.GetBytes(32), isUnsigned: true, isBigEndian: true) % (N - 1) + 1;
        return Encrypt(text, k);
    }

    public byte[] Encrypt(byte[] text, BigInteger k)
    {
        var c1 = Multiply(k, G)!.Value;
        var shared = Multiply(k, _q)!.Value;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(c1.X);
            writer.WriteInteger(c1.Y);
            writer.WriteOctetString(Sm3(Bytes(shared.X), text, Bytes(shared.Y)));
            writer.WriteOctetString(Mask(text, shared));
        }

        return writer.Encode();
    }

    public byte[] Decrypt(byte[] ciphertext)
    {
        var parts = new AsnReader(ciphertext, AsnEncodingRules.DER).ReadSequence();
        var c1 = (X: parts.ReadInteger(), Y: parts.ReadInteger());
        Assert.True(IsOnCurve(c1));
        var c3 = parts.ReadOctetString();
        var shared = Multiply(_d, c1)!.Value;
        var text = Mask(parts.ReadOctetString(), shared);
        Assert.Equal(Sm3(Bytes(shared.X), text, Bytes(shared.Y)), c3);
        parts.ThrowIfNotEmpty();
        return text;
    }

    public static byte[] Der(BigInteger r, BigInteger s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
        }

        return writer.Encode();
    }

    public static bool IsOnCurve((BigInteger X, BigInteger Y) point) => Mod((point.Y * point.Y) - (point.X * point.X * point.X) - (A * point.X) - B, P).IsZero;

    private static byte[] Mask(byte[] text, (BigInteger X, BigInteger Y) shared)
    {
        var masked = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            byte[] counter = [0, 0, (byte)((i / 32 + 1) >> 8), (byte)(i / 32 + 1)];
            masked[i] = (byte)(text[i] ^ Sm3(Bytes(shared.X), Bytes(shared.Y), counter)[i % 32]);
        }

        return masked;
    }

    private byte[] Z(string identity)
    {
        var id = Encoding.ASCII.GetBytes(identity);
        return Sm3([(byte)(id.Length >> 5), (byte)(id.Length << 3)], id, Bytes(A), Bytes(B), Bytes(G.X), Bytes(G.Y), Bytes(_q.X), Bytes(_q.Y));
    }

    private static (BigInteger X, BigInteger Y)? Multiply(BigInteger k, (BigInteger X, BigInteger Y) point)
    {
        (BigInteger, BigInteger)? sum = null;
        (BigInteger, BigInteger)? power = point;
        for (; !k.IsZero; k >>= 1)
        {
            if (!k.IsEven)
                sum = Add(sum, power);
            power = Add(power, power);
        }

        return sum;
    }

    private static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? left, (BigInteger X, BigInteger Y)? right)
    {
        if (left is not { } a || right is not { } b)
            return left ?? right;
        if (a.X == b.X && Mod(a.Y + b.Y, P).IsZero)
            return null;
        var slope = a == b
            ? ((3 * a.X * a.X) + A) * BigInteger.ModPow(2 * a.Y, P - 2, P)
            : (b.Y - a.Y) * BigInteger.ModPow(Mod(b.X - a.X, P), P - 2, P);
        var x = Mod((slope * slope) - a.X - b.X, P);
        return (x, Mod((slope * (a.X - x)) - a.Y, P));
    }

    private static BigInteger Mod(BigInteger value, BigInteger modulus) => ((value % modulus) + modulus) % modulus;
}
