using System.Security.Cryptography;
using System.Text;
using CsCheck;
using WeChatPay.Encryption;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Files;

/// <summary>Our GCM against the base library's, published answers, and the recorded bills.</summary>
public sealed class GcmOpenerTests
{
    [Fact]
    public void It_opens_what_the_base_library_seals_in_any_pieces()
        => Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[12], Gen.Byte.Array[0, 9000], Gen.Int[1, 5000]).Sample(
            (key, nonce, plain, piece) =>
            {
                var cipher = new byte[plain.Length];
                var tag = new byte[16];
                using (var aes = new AesGcm(key, 16))
                    aes.Encrypt(nonce, plain, cipher, tag);
                Assert.Equal(plain, Open(key, nonce, cipher, tag, piece));
                tag[plain.Length % 16] ^= 0x80;
                Assert.Null(Open(key, nonce, cipher, tag, piece));
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void Every_single_bit_of_text_and_tag_counts()
    {
        var row = BillVectors.Encrypted("TESTbillnonce016");
        var (key, nonce, file) = (Encoding.UTF8.GetBytes(row.Text("file_key_utf8")), Encoding.UTF8.GetBytes(row.Text("nonce")), row.Bytes("file_base64"));
        Assert.Equal(row.Bytes("decrypted_base64"), Open(key, nonce, file[..^16], file[^16..], 7));
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Open(key, nonce, file[..^16], file[^16..], 64));
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    // McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13 and 14.
    [InlineData("000000000000000000000000", "", "530f8afbc74536b9a963b4f1c4cb738b")]
    [InlineData("000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919")]
    public void The_published_answers(string nonce, string cipher, string tag)
        => Assert.Equal(new byte[cipher.Length / 2], Open(new byte[32], Convert.FromHexString(nonce), Convert.FromHexString(cipher), Convert.FromHexString(tag), 16));

    [Fact]
    public void The_counter_goes_on_from_zero_after_its_last_value()
    {
        // The first 12 bytes of the counter stay: a nonce whose counter block begins near the end of 32 bits. Found by trying; the reference steps it by hand.
        using var aes = Aes.Create();
        aes.Key = new byte[32];
        var h = new byte[16];
        aes.EncryptEcb(new byte[16], h, PaddingMode.None);
        var nonce = new byte[16];
        var first = new byte[16];
        var tries = 0;
        do
        {
            BitConverter.TryWriteBytes(nonce, tries++);
            var hash = new GHash(h);
            hash.Append(nonce);
            hash.Finish(0, 16, first);
        }
        while (first[12] != 0xFF || first[13] != 0xFF);

        var blocks = 70_000;
        var cipher = new byte[blocks * 16];
        var expected = new byte[cipher.Length];
        var counter = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(first.AsSpan(12));
        for (var i = 0; i < blocks; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(first.AsSpan(12), unchecked(counter + 1 + (uint)i));
            first.CopyTo(expected, i * 16);
        }

        expected = aes.EncryptEcb(expected, PaddingMode.None);
        Assert.Equal(expected, Open(new byte[32], nonce, cipher, TagOf(new byte[32], nonce, cipher), 5000));
    }

    [Fact]
    public void Nothing_is_decrypted_before_the_tag_held()
    {
        using var opener = new GcmOpener(new AesBlockCipher(new byte[32]), new byte[12]);
        Assert.Throws<InvalidOperationException>(() => opener.Decrypt(new byte[16]));
        opener.Authenticate(new byte[16]);
        Assert.Throws<InvalidOperationException>(() => opener.Decrypt(new byte[16]));
        Assert.False(opener.Check(new byte[16]));
        Assert.Throws<InvalidOperationException>(() => opener.Decrypt(new byte[16]));
    }

    private static byte[] TagOf(byte[] key, byte[] nonce, byte[] cipher)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var h = new byte[16];
        aes.EncryptEcb(new byte[16], h, PaddingMode.None);
        var (first, tag) = (new byte[16], new byte[16]);
        var hash = new GHash(h);
        hash.Append(nonce);
        hash.Finish(0, nonce.Length, first);
        hash.Append(cipher);
        hash.Finish(0, cipher.Length, tag);
        var mask = aes.EncryptEcb(first, PaddingMode.None);
        for (var i = 0; i < 16; i++)
            tag[i] ^= mask[i];
        return tag;
    }

    private static byte[]? Open(byte[] key, byte[] nonce, byte[] cipher, byte[] tag, int piece)
    {
        using var opener = new GcmOpener(new AesBlockCipher(key), nonce);
        for (var at = 0; at < cipher.Length; at += piece)
            opener.Authenticate(cipher.AsSpan(at, Math.Min(piece, cipher.Length - at)));
        if (!opener.Check(tag))
            return null;
        var plain = (byte[])cipher.Clone();
        for (var at = 0; at < plain.Length; at += piece)
            opener.Decrypt(plain.AsSpan(at, Math.Min(piece, plain.Length - at)));
        return plain;
    }
}
