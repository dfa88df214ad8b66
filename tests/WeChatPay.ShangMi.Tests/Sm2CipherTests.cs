using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>SM2 encryption against the textbook, and the ciphertexts that must be refused.</summary>
public sealed class Sm2CipherTests
{
    private static readonly ILocalMerchantKey Merchant = WeChatPayShangMi.ReadMerchantKey(TestMerchant.KeyText("sm2_merchant_private_pkcs8.pem"));
    private static readonly IPlatformKey MerchantPublic = PublicKey("merchant");

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(912)]
    public void What_is_encrypted_the_textbook_opens_and_the_reverse(int length)
    {
        var text = RandomNumberGenerator.GetBytes(length);
        Span<byte> ciphertext = stackalloc byte[1024];
        var written = MerchantPublic.Encrypt(text, ciphertext);
        Assert.Equal(text, SmMerchant.Merchant.Decrypt(ciphertext[..written].ToArray()));
        Assert.Equal(text, Merchant.Decrypt(ciphertext[..written]));
        Assert.Equal(text, Merchant.Decrypt(SmMerchant.Merchant.Encrypt(text)));
    }

    [Fact]
    public void Coordinates_that_begin_with_zeros_are_written_and_read()
    {
        // One point in 128 has such a coordinate.
        var seen = 0;
        for (var k = 1; seen < 4; k++)
        {
            var ciphertext = SmMerchant.Merchant.Encrypt("test"u8.ToArray(), k);
            var parts = new AsnReader(ciphertext, AsnEncodingRules.DER).ReadSequence();
            var (x, y) = (TextbookSm2.Bytes(parts.ReadInteger()), TextbookSm2.Bytes(parts.ReadInteger()));
            if (x[0] != 0 && y[0] != 0)
                continue;
            seen++;
            Assert.Equal("test"u8.ToArray(), Merchant.Decrypt(ciphertext));
            var der = new byte[1024];
            Assert.Equal(ciphertext, der[..Sm2Cipher.WriteDer([4, .. x, .. y, .. parts.ReadOctetString(), .. parts.ReadOctetString()], der)]);
        }
    }

    [Fact]
    public void Every_bit_of_a_ciphertext_counts()
    {
        var good = SmMerchant.Merchant.Encrypt(Encoding.UTF8.GetBytes("张三"));
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var changed = (byte[])good.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(changed, $"bit {bit}");
        }

        for (var length = 0; length < good.Length; length++)
            Refused(good[..length], $"{length} bytes");
        Refused([.. good, 0], "a byte behind it");
    }

    [Fact]
    public void Points_that_are_none_are_refused()
    {
        var good = new AsnReader(SmMerchant.Merchant.Encrypt("test"u8.ToArray()), AsnEncodingRules.DER).ReadSequence();
        var (x, y) = (good.ReadInteger(), good.ReadInteger());
        var (c3, c2) = (good.ReadOctetString(), good.ReadOctetString());
        Assert.Equal("test"u8.ToArray(), Merchant.Decrypt(Der(x, y, c3, c2)));

        Refused(Der(x, TextbookSm2.P - y, c3, c2), "the other point of x");
        Refused(Der(x, y ^ 1, c3, c2), "off the curve");
        Refused(Der(0, 0, c3, c2), "infinity as zeros");
        Refused(Der(x + TextbookSm2.P, y, c3, c2), "x beyond the field");
        Refused(Der(x, y + TextbookSm2.P, c3, c2), "y beyond the field");
        Refused(Der(x - TextbookSm2.P, y, c3, c2), "negative");
        Refused(Der(TextbookSm2.P, y, c3, c2), "x is the field's size");
        Refused(Der(x, y, c3, []), "nothing encrypted");
        Refused(Der(x, y, [], c2), "no hash");
        Refused(Der(x, y, c3[..31], c2), "a short hash");
        Refused(Der(x, y, [.. c3, 0], c2), "a long hash");
        Refused(Der(x, y, c2, c3), "C1C2C3");
        Refused([4, .. TextbookSm2.Bytes(x), .. TextbookSm2.Bytes(y), .. c3, .. c2], "raw C1C3C2");
        Refused([4, .. TextbookSm2.Bytes(x), .. TextbookSm2.Bytes(y), .. c2, .. c3], "raw C1C2C3");
        Refused([0, .. c3, .. c2], "raw infinity");
        Refused(SmMerchant.Platform.Encrypt("test"u8.ToArray()), "for another key");
        Refused([], "nothing");
    }

    [Fact]
    public void Texts_without_length_or_beyond_it_are_not_encrypted()
    {
        Assert.Equal(912, MerchantPublic.LongestText);
        Assert.Throws<ArgumentException>(() => MerchantPublic.Encrypt([], new byte[1024]));
        Assert.Throws<ArgumentException>(() => MerchantPublic.Encrypt(new byte[913], new byte[1024]));
    }

    [Fact]
    public async Task A_key_of_SM2_has_no_OAEP()
        => await Assert.ThrowsAsync<NotSupportedException>(async () => await Merchant.DecryptOaepAsync(new byte[256], TestContext.Current.CancellationToken));

    internal static IPlatformKey PublicKey(string whose)
    {
        var pem = TestMerchant.KeyText($"sm2_{whose}_public.pem");
        return WeChatPayShangMi.AlgorithmSuite.TryReadPublicKey(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]))!;
    }

    private static byte[] Der(BigInteger x, BigInteger y, byte[] c3, byte[] c2)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(x);
            writer.WriteInteger(y);
            writer.WriteOctetString(c3);
            writer.WriteOctetString(c2);
        }

        return writer.Encode();
    }

    private static void Refused(byte[] ciphertext, string what)
    {
        var failure = Record.Exception(() => Merchant.Decrypt(ciphertext));
        Assert.True(failure is CryptographicException, $"{what}: {failure?.ToString() ?? "accepted"}");
    }
}
