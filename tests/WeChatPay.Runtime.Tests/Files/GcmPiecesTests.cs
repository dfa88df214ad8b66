using System.Security.Cryptography;
using WeChatPay.Encryption;

namespace WeChatPay.Runtime.Tests.Files;

/// <summary>GHASH and GCM where blocks, pieces and the key stream begin and end, against the base library.</summary>
public sealed class GcmPiecesTests
{
    [Fact]
    public void Every_length_around_a_block_is_opened_in_every_piece()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var nonce = RandomNumberGenerator.GetBytes(12);
        for (var length = 0; length <= 49; length++)
        {
            var plain = RandomNumberGenerator.GetBytes(length);
            var (cipher, tag) = Seal(key, nonce, plain);
            for (var piece = 1; piece <= 33; piece++)
            {
                using var opener = new GcmOpener(new AesBlockCipher(key), nonce);
                for (var at = 0; at < length; at += piece)
                    opener.Authenticate(cipher.AsSpan(at, Math.Min(piece, length - at)));
                opener.Authenticate([]);
                Assert.True(opener.Check(tag));
                var opened = (byte[])cipher.Clone();
                for (var at = 0; at < length; at += piece)
                    opener.Decrypt(opened.AsSpan(at, Math.Min(piece, length - at)));
                Assert.Equal(plain, opened);
            }
        }
    }

    [Fact]
    public void The_key_stream_goes_on_where_it_is_filled_again()
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var nonce = RandomNumberGenerator.GetBytes(12);
        foreach (var length in new[] { 4095, 4096, 4097, 8192, 8200, 12_289 })
        {
            var plain = RandomNumberGenerator.GetBytes(length);
            var (cipher, tag) = Seal(key, nonce, plain);
            foreach (var first in new[] { 0, 1, 7, 4090, 4095 })
            {
                using var opener = new GcmOpener(new AesBlockCipher(key), nonce);
                opener.Authenticate(cipher);
                Assert.True(opener.Check(tag));
                var opened = (byte[])cipher.Clone();
                opener.Decrypt(opened.AsSpan(0, first));
                opener.Decrypt(opened.AsSpan(first));
                Assert.Equal(plain, opened);
            }
        }
    }

    [Fact]
    public void A_tag_of_another_length_or_with_any_other_bit_does_not_hold()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var nonce = RandomNumberGenerator.GetBytes(12);
        var (cipher, tag) = Seal(key, nonce, RandomNumberGenerator.GetBytes(20));
        foreach (var other in Enumerable.Range(0, 128).Select(bit => Flip(tag, bit)).Append(tag[..15]).Append([.. tag, 0]).Append([]))
        {
            using var opener = new GcmOpener(new AesBlockCipher(key), nonce);
            opener.Authenticate(cipher);
            Assert.False(opener.Check(other));
            Assert.Equal("Nothing is decrypted before its tag held.", Assert.Throws<InvalidOperationException>(() => opener.Decrypt(new byte[1])).Message);
        }
    }

    [Fact]
    public void A_hash_begins_anew_after_its_end()
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var text = RandomNumberGenerator.GetBytes(23);
        var hash = new GHash(key);
        var (first, second) = (new byte[16], new byte[16]);
        hash.Append(text);
        hash.Finish(0, text.Length, first);
        hash.Append(text);
        hash.Finish(0, text.Length, second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void The_hash_is_that_of_the_standard_by_plain_arithmetic()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = RandomNumberGenerator.GetBytes(16);
            var text = RandomNumberGenerator.GetBytes(round * 5);
            var hash = new GHash(key);
            hash.Append(text);
            var end = new byte[16];
            hash.Finish(round, text.Length, end);
            Assert.Equal(Plain(key, text, round), end);
        }
    }

    [Fact]
    public void The_cipher_belongs_to_the_opener_and_ends_with_it()
    {
        var cipher = new Plainly();
        var opener = new GcmOpener(cipher, new byte[12]);
        Assert.False(cipher.IsDisposed);
        opener.Dispose();
        Assert.True(cipher.IsDisposed);

        var aes = new AesBlockCipher(new byte[32]);
        var (before, after) = (new byte[16], new byte[16]);
        aes.Encrypt(new byte[16], before);
        aes.Dispose();

        // The base library goes on with a random key: the true one is gone.
        aes.Encrypt(new byte[16], after);
        Assert.NotEqual(before, after);
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var changed = (byte[])bytes.Clone();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private static (byte[] Cipher, byte[] Tag) Seal(byte[] key, byte[] nonce, byte[] plain)
    {
        var (cipher, tag) = (new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(nonce, plain, cipher, tag);
        return (cipher, tag);
    }

    /// <summary>NIST SP 800-38D, 6.3 and 6.4, bit by bit.</summary>
    private static byte[] Plain(byte[] key, byte[] text, long associatedLength)
    {
        var padded = new byte[((text.Length + 15) / 16 * 16) + 16];
        text.CopyTo(padded, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(padded.AsSpan(padded.Length - 16), associatedLength * 8);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(padded.AsSpan(padded.Length - 8), text.Length * 8L);
        var state = UInt128.Zero;
        var h = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(key);
        for (var at = 0; at < padded.Length; at += 16)
        {
            var x = state ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(padded.AsSpan(at));
            var (product, shifted) = (UInt128.Zero, h);
            for (var bit = 127; bit >= 0; bit--)
            {
                if (((x >> bit) & 1) == 1)
                    product ^= shifted;
                shifted = (shifted & 1) == 1 ? (shifted >> 1) ^ ((UInt128)0xE1 << 120) : shifted >> 1;
            }

            state = product;
        }

        var hash = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(hash, state);
        return hash;
    }

    private sealed class Plainly : IWeChatPayBlockCipher
    {
        public bool IsDisposed { get; private set; }

        public void Encrypt(ReadOnlySpan<byte> blocks, Span<byte> destination) => blocks.CopyTo(destination);

        public void Dispose() => IsDisposed = true;
    }
}
