using System.Buffers.Binary;

namespace WeChatPay.Encryption;

/// <summary>
/// GHASH of NIST SP 800-38D, piece by piece. Products of polynomials are made of integer products whose operands have holes into which the
/// carries go (a technique of Thomas Pornin's, BearSSL): no tables and no branches, so the time tells nothing of the key.
/// </summary>
internal sealed class GHash
{
    private const int Block = 16;

    private readonly byte[] _begun = new byte[Block];
    private int _begunLength;

    // The key as two halves and their sum, and each of them mirrored: the high half of a product is the low half of the mirrored one.
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly ulong _highMirrored;
    private readonly ulong _lowMirrored;
    private ulong _stateHigh;
    private ulong _stateLow;

    public GHash(ReadOnlySpan<byte> key)
    {
        _high = BinaryPrimitives.ReadUInt64BigEndian(key);
        _low = BinaryPrimitives.ReadUInt64BigEndian(key[8..]);
        _highMirrored = Mirror(_high);
        _lowMirrored = Mirror(_low);
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_begunLength > 0)
        {
            var missing = Math.Min(Block - _begunLength, bytes.Length);
            bytes[..missing].CopyTo(_begun.AsSpan(_begunLength));
            _begunLength += missing;
            bytes = bytes[missing..];
            if (_begunLength < Block)
            {
                return;
            }

            Take(_begun);
            _begunLength = 0;
        }

        for (; bytes.Length >= Block; bytes = bytes[Block..])
        {
            Take(bytes);
        }

        bytes.CopyTo(_begun);
        _begunLength = bytes.Length;
    }

    /// <summary>Fills the last block with zeros, adds the lengths in bits, and begins anew.</summary>
    /// <param name="associatedLength">The first length, in bytes.</param>
    /// <param name="length">The second length, in bytes.</param>
    /// <param name="destination">Takes 16 bytes.</param>
    public void Finish(long associatedLength, long length, Span<byte> destination)
    {
        if (_begunLength > 0)
        {
            _begun.AsSpan(_begunLength).Clear();
            Take(_begun);
            _begunLength = 0;
        }

        BinaryPrimitives.WriteInt64BigEndian(_begun, associatedLength * 8);
        BinaryPrimitives.WriteInt64BigEndian(_begun.AsSpan(8), length * 8);
        Take(_begun);
        BinaryPrimitives.WriteUInt64BigEndian(destination, _stateHigh);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _stateLow);
        (_stateHigh, _stateLow) = (0, 0);
    }

    private void Take(ReadOnlySpan<byte> block)
    {
        var high = _stateHigh ^ BinaryPrimitives.ReadUInt64BigEndian(block);
        var low = _stateLow ^ BinaryPrimitives.ReadUInt64BigEndian(block[8..]);
        var highMirrored = Mirror(high);
        var lowMirrored = Mirror(low);

        // Karatsuba: three products of halves instead of four; once for the low and once, mirrored, for the high halves of the products.
        var lows = Multiply(low, _low);
        var highs = Multiply(high, _high);
        var middle = Multiply(low ^ high, _low ^ _high) ^ lows ^ highs;
        var lowsTop = Multiply(lowMirrored, _lowMirrored);
        var highsTop = Multiply(highMirrored, _highMirrored);
        var middleTop = Mirror(Multiply(lowMirrored ^ highMirrored, _lowMirrored ^ _highMirrored) ^ lowsTop ^ highsTop) >> 1;
        lowsTop = Mirror(lowsTop) >> 1;
        highsTop = Mirror(highsTop) >> 1;

        // 255 bits of product in four words; GCM writes bits in the opposite order, so it stands one bit too low.
        var w0 = lows;
        var w1 = lowsTop ^ middle;
        var w2 = highs ^ middleTop;
        var w3 = highsTop;
        w3 = (w3 << 1) | (w2 >> 63);
        w2 = (w2 << 1) | (w1 >> 63);
        w1 = (w1 << 1) | (w0 >> 63);
        w0 <<= 1;

        // Modulo x^128 + x^7 + x^2 + x + 1.
        w2 ^= w0 ^ (w0 >> 1) ^ (w0 >> 2) ^ (w0 >> 7);
        w1 ^= (w0 << 63) ^ (w0 << 62) ^ (w0 << 57);
        w3 ^= w1 ^ (w1 >> 1) ^ (w1 >> 2) ^ (w1 >> 7);
        w2 ^= (w1 << 63) ^ (w1 << 62) ^ (w1 << 57);
        _stateHigh = w3;
        _stateLow = w2;
    }

    /// <summary>The low 64 bits of the product of two polynomials. Every fourth bit is used at a time, so at most 16 ones meet and no carry reaches the next used bit.</summary>
    private static ulong Multiply(ulong x, ulong y)
    {
        const ulong M0 = 0x1111_1111_1111_1111, M1 = M0 << 1, M2 = M0 << 2, M3 = M0 << 3;
        ulong x0 = x & M0, x1 = x & M1, x2 = x & M2, x3 = x & M3;
        ulong y0 = y & M0, y1 = y & M1, y2 = y & M2, y3 = y & M3;
        var z0 = (x0 * y0) ^ (x1 * y3) ^ (x2 * y2) ^ (x3 * y1);
        var z1 = (x0 * y1) ^ (x1 * y0) ^ (x2 * y3) ^ (x3 * y2);
        var z2 = (x0 * y2) ^ (x1 * y1) ^ (x2 * y0) ^ (x3 * y3);
        var z3 = (x0 * y3) ^ (x1 * y2) ^ (x2 * y1) ^ (x3 * y0);
        return (z0 & M0) | (z1 & M1) | (z2 & M2) | (z3 & M3);
    }

    private static ulong Mirror(ulong x)
    {
        x = ((x & 0x5555_5555_5555_5555) << 1) | ((x >> 1) & 0x5555_5555_5555_5555);
        x = ((x & 0x3333_3333_3333_3333) << 2) | ((x >> 2) & 0x3333_3333_3333_3333);
        x = ((x & 0x0F0F_0F0F_0F0F_0F0F) << 4) | ((x >> 4) & 0x0F0F_0F0F_0F0F_0F0F);
        return BinaryPrimitives.ReverseEndianness(x);
    }
}
