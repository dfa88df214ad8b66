using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Sandbox;

/// <summary>
/// An encrypted bill: AES-256-GCM under a key of its own, a nonce of 16 characters as in the published sample, the tag in the last 16 bytes; the key
/// encrypted for the merchant. The base library's GCM takes nonces of 12 bytes only, so this one is written out, as the standard describes it.
/// </summary>
internal sealed record SealedBill(byte[] File, string EncryptedKey, string Nonce)
{
    private const int Block = 16;

    public static SealedBill Seal(SandboxMerchant merchant, byte[] plaintext)
    {
        var key = RandomText.Alphanumeric(32);
        var nonce = RandomText.Alphanumeric(16);
        using var rsa = RSA.Create(merchant.MerchantPublicKey);
        var encryptedKey = rsa.Encrypt(Encoding.ASCII.GetBytes(key), RSAEncryptionPadding.OaepSHA1);
        return new(Seal(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(nonce), plaintext), Convert.ToBase64String(encryptedKey), nonce);
    }

    private static byte[] Seal(byte[] key, byte[] nonce, byte[] plaintext)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var hashKey = ReadBlock(aes.EncryptEcb(new byte[Block], PaddingMode.None));
        var first = Hash(hashKey, nonce);

        // Block i of the text meets the counter that is i + 1 above the first.
        var counters = new byte[(plaintext.Length + Block - 1) / Block * Block];
        for (var at = 0; at < counters.Length; at += Block)
            BinaryPrimitives.WriteUInt128BigEndian(counters.AsSpan(at), (first & ~(UInt128)uint.MaxValue) | unchecked((uint)first + (uint)(at / Block) + 1));

        var stream = aes.EncryptEcb(counters, PaddingMode.None);
        var file = new byte[plaintext.Length + Block];
        for (var i = 0; i < plaintext.Length; i++)
            file[i] = (byte)(plaintext[i] ^ stream[i]);

        var mask = new byte[Block];
        BinaryPrimitives.WriteUInt128BigEndian(mask, first);
        var tag = Hash(hashKey, file.AsSpan(0, plaintext.Length)) ^ ReadBlock(aes.EncryptEcb(mask, PaddingMode.None));
        BinaryPrimitives.WriteUInt128BigEndian(file.AsSpan(plaintext.Length), tag);
        return file;
    }

    /// <summary>GHASH without associated data: the bytes filled up with zeros, then their length in bits.</summary>
    private static UInt128 Hash(UInt128 hashKey, ReadOnlySpan<byte> bytes)
    {
        UInt128 state = 0;
        var length = (UInt128)bytes.Length * 8;
        Span<byte> block = stackalloc byte[Block];
        while (!bytes.IsEmpty)
        {
            block.Clear();
            var count = Math.Min(Block, bytes.Length);
            bytes[..count].CopyTo(block);
            bytes = bytes[count..];
            state = Multiply(state ^ ReadBlock(block), hashKey);
        }

        return Multiply(state ^ length, hashKey);
    }

    /// <summary>Bit by bit; the highest bit stands for 1.</summary>
    private static UInt128 Multiply(UInt128 x, UInt128 y)
    {
        var reduction = (UInt128)0xE1 << 120;
        UInt128 product = 0;
        for (var bit = 127; bit >= 0; bit--)
        {
            if (((x >> bit) & 1) == 1)
                product ^= y;

            y = (y & 1) == 1 ? (y >> 1) ^ reduction : y >> 1;
        }

        return product;
    }

    private static UInt128 ReadBlock(ReadOnlySpan<byte> block) => BinaryPrimitives.ReadUInt128BigEndian(block);
}
