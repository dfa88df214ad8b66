using System.Security.Cryptography;
using System.Text;
using WeChatPay.Encryption;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>What is sealed under the APIv3 key: opened by the algorithm that the message names if that is one of ours, and refused with the reason otherwise.</summary>
public sealed class AeadOpenerTests
{
    private const string Nonce = "TESTnonce012";
    private static readonly byte[] Key = Encoding.ASCII.GetBytes(TestMerchant.ApiV3Key);

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "transaction")]
    [InlineData("张三", "测试")]
    public void It_opens_text_of_any_length_with_its_associated_data(string text, string associated)
    {
        var sealedText = Seal(text, associated);
        Assert.Equal(text, Encoding.UTF8.GetString(AeadOpener.Open(Key, "AEAD_AES_256_GCM", Nonce, associated, sealedText)));
        AssertRefused("The resource cannot be opened with the APIv3 key: it was changed, or the key that is set is not this merchant's present one.",
            () => AeadOpener.Open(Key, "AEAD_AES_256_GCM", Nonce, associated + "x", sealedText));
    }

    [Fact]
    public void Associated_data_that_is_absent_is_empty()
    {
        var sealedText = Seal("a", "");
        Assert.Equal("a"u8, AeadOpener.Open(Key, "AEAD_AES_256_GCM", Nonce, null, sealedText));
        Assert.Equal("a"u8, AeadOpener.Open(Key, "AEAD_AES_256_GCM", Nonce, "", sealedText));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("TESTnonce01")]
    [InlineData("TESTnonce0123")]
    [InlineData("TESTnonce01é")]
    public void A_nonce_has_12_bytes(string? nonce)
        => AssertRefused("The nonce of the resource is not 12 bytes long.", () => AeadOpener.Open(Key, "AEAD_AES_256_GCM", nonce, "", Seal("a", "")));

    [Fact]
    public void The_bytes_of_a_nonce_count_and_not_its_letters()
    {
        const string Wide = "TESTnonce0é";
        Assert.Equal(12, Encoding.UTF8.GetByteCount(Wide));
        Assert.Equal("a"u8, AeadOpener.Open(Key, "AEAD_AES_256_GCM", Wide, "", Seal("a", "", Wide)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void A_text_without_a_whole_tag_is_told_apart_from_one_with_a_wrong_one(int length)
    {
        AssertRefused("The ciphertext of the resource is no base64 text, or shorter than its authentication tag.", () => AeadOpener.Open(Key, "AEAD_AES_256_GCM", Nonce, "", new byte[length]));
        AssertRefused(
            "The resource cannot be opened with the APIv3 key: it was changed, or the key that is set is not this merchant's present one.",
            () => AeadOpener.Open(Key, "AEAD_AES_256_GCM", Nonce, "", new byte[16]));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("aead_aes_256_gcm", "aead_aes_256_gcm")]
    [InlineData("AEAD_SM4_GCM", "AEAD_SM4_GCM")]
    [InlineData("A\nB", "A B")]
    public void Another_algorithm_is_named_beside_those_that_are_known(string? algorithm, string named)
    {
        AssertRefused($"The resource is encrypted with '{named}', and only AEAD_AES_256_GCM is supported here.", () => AeadOpener.Open(Key, algorithm, Nonce, "", Seal("a", "")));
        AssertRefused(
            $"The resource is encrypted with '{named}', and only AEAD_AES_256_GCM and AEAD_TEST are supported here.",
            () => AeadOpener.Open(Key, algorithm, Nonce, "", Seal("a", ""), new Suite()));
    }

    [Fact]
    public void A_suite_opens_what_names_its_algorithm_and_nothing_else()
    {
        var suite = new Suite();
        Assert.Equal("a"u8, AeadOpener.Open(Key, "AEAD_AES_256_GCM", Nonce, "x", Seal("a", "x"), suite));
        Assert.Null(suite.Opened);
        Assert.Equal("by the suite"u8, AeadOpener.Open(Key, "AEAD_TEST", Nonce, "x", new byte[16], suite));
        Assert.Equal((TestMerchant.ApiV3Key, Nonce, "x", 16), suite.Opened);

        suite.Fails = true;
        AssertRefused(
            "The resource cannot be opened with the APIv3 key: it was changed, or the key that is set is not this merchant's present one.",
            () => AeadOpener.Open(Key, "AEAD_TEST", Nonce, "x", new byte[16], suite));
    }

    [Fact]
    public void A_suite_without_file_algorithms_says_so()
    {
        IAlgorithmSuite suite = new Suite();
        Assert.Null(suite.TryStartHash("SM3"));
        Assert.Equal(0, suite.FileKeyLengthOf("SM4_GCM"));
        Assert.Equal("'SM4_GCM' is no algorithm of this suite.", Assert.Throws<NotSupportedException>(() => suite.CreateFileCipher("SM4_GCM", new byte[16])).Message);
    }

    private static void AssertRefused(string message, Func<byte[]> open)
    {
        // It was signed well before it was opened, so it is WeChat Pay's or the key is another one.
        var failure = Assert.Throws<WeChatPayDecryptionException>(open);
        Assert.Equal((message, true), (failure.BaseMessage, failure.IsVerified));
    }

    private static byte[] Seal(string text, string associated, string nonce = Nonce)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[plain.Length + 16];
        using var aes = new AesGcm(Key, 16);
        aes.Encrypt(Encoding.UTF8.GetBytes(nonce), plain, box.AsSpan(0, plain.Length), box.AsSpan(plain.Length), Encoding.UTF8.GetBytes(associated));
        return box;
    }

    private sealed class Suite : IAlgorithmSuite
    {
        public bool Fails { get; set; }

        public (string Key, string Nonce, string Associated, int Length)? Opened { get; private set; }

        public string Scheme => "WECHATPAY2-TEST";

        public string AeadAlgorithm => "AEAD_TEST";

        public byte[] OpenAead(ReadOnlySpan<byte> apiV3Key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext)
        {
            if (Fails)
                throw new CryptographicException();
            Opened = (Encoding.UTF8.GetString(apiV3Key), Encoding.UTF8.GetString(nonce), Encoding.UTF8.GetString(associatedData), ciphertext.Length);
            return "by the suite"u8.ToArray();
        }

        public IPlatformKey? TryReadPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) => null;
    }
}
