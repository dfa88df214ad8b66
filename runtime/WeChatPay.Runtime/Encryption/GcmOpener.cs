using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace WeChatPay.Encryption;

/// <summary>
/// GCM of NIST SP 800-38D without associated data, piece by piece and with a nonce of any length; the base library takes 12 bytes and whole messages only.
/// First all of the ciphertext is authenticated, then it is decrypted: there is no plaintext before the tag held.
/// </summary>
internal sealed class GcmOpener : IDisposable
{
    public const int TagLength = 16;

    private const int Block = 16;

    /// <summary>The counter has 32 bits, and one of its values belongs to the tag: 2^36 - 32 bytes.</summary>
    private const long Longest = ((1L << 32) - 2) * Block;

    private readonly IWeChatPayBlockCipher _cipher;
    private readonly GHash _hash;
    private readonly byte[] _first = new byte[Block];
    private readonly byte[] _counters = new byte[256 * Block];
    private readonly byte[] _keystream = new byte[256 * Block];
    private int _used;
    private uint _counter;
    private long _length;
    private bool _holds;

    /// <param name="cipher">The cipher, which belongs to this object from now on.</param>
    /// <param name="nonce">At least one byte.</param>
    public GcmOpener(IWeChatPayBlockCipher cipher, ReadOnlySpan<byte> nonce)
    {
        _cipher = cipher;
        Span<byte> key = stackalloc byte[Block];
        cipher.Encrypt(new byte[Block], key);
        _hash = new(key);
        CryptographicOperations.ZeroMemory(key);
        if (nonce.Length == 12)
        {
            nonce.CopyTo(_first);
            _first[^1] = 1;
        }
        else
        {
            _hash.Append(nonce);
            _hash.Finish(0, nonce.Length, _first);
        }

        _used = _keystream.Length;
        _counter = BinaryPrimitives.ReadUInt32BigEndian(_first.AsSpan(12));
        for (var block = 0; block < _counters.Length; block += Block)
        {
            _first.CopyTo(_counters, block);
        }
    }

    /// <summary>Takes the next bytes of the ciphertext, without the tag.</summary>
    /// <exception cref="CryptographicException">It is longer than GCM can seal.</exception>
    public void Authenticate(ReadOnlySpan<byte> ciphertext)
    {
        _length += ciphertext.Length;
        if (_length > Longest)
        {
            throw new CryptographicException("The ciphertext is longer than GCM can seal.");
        }

        _hash.Append(ciphertext);
    }

    /// <summary>Whether the tag belongs to what was authenticated. Asked once; takes the same time whatever the tag is.</summary>
    public bool Check(ReadOnlySpan<byte> tag)
    {
        Span<byte> expected = stackalloc byte[TagLength];
        Span<byte> mask = stackalloc byte[TagLength];
        _hash.Finish(0, _length, expected);
        _cipher.Encrypt(_first, mask);
        for (var i = 0; i < TagLength; i++)
        {
            expected[i] ^= mask[i];
        }

        return _holds = CryptographicOperations.FixedTimeEquals(expected, tag);
    }

    /// <summary>Decrypts the next bytes in place, in the order in which they were authenticated.</summary>
    /// <exception cref="InvalidOperationException">The tag was not checked or does not hold.</exception>
    public void Decrypt(Span<byte> bytes)
    {
        if (!_holds)
        {
            throw new InvalidOperationException("Nothing is decrypted before its tag held.");
        }

        while (!bytes.IsEmpty)
        {
            if (_used == _keystream.Length)
            {
                FillKeystream();
            }

            var count = Math.Min(bytes.Length, _keystream.Length - _used);
            Xor(bytes[..count], _keystream.AsSpan(_used, count));
            _used += count;
            bytes = bytes[count..];
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_keystream);
        _cipher.Dispose();
    }

    private static void Xor(Span<byte> bytes, ReadOnlySpan<byte> stream)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var streamWords = MemoryMarshal.Cast<byte, ulong>(stream);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] ^= streamWords[i];
        }

        for (var i = words.Length * sizeof(ulong); i < bytes.Length; i++)
        {
            bytes[i] ^= stream[i];
        }
    }

    private void FillKeystream()
    {
        for (var block = 0; block < _counters.Length; block += Block)
        {
            // Modulo 2^32, as the standard wants it: a nonce of 16 bytes begins anywhere.
            BinaryPrimitives.WriteUInt32BigEndian(_counters.AsSpan(block + 12), unchecked(++_counter));
        }

        _cipher.Encrypt(_counters, _keystream);
        _used = 0;
    }
}
