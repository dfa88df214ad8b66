using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Personal data by hand: the limits of a key to the byte, and what is said where a text or a key does not do.</summary>
public sealed class SensitiveDataTests
{
    private static readonly MerchantCredentials Merchant = MerchantCredentials.Create(TestMerchant.Options());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static WeChatPaySensitiveData Data => new(MerchantKeyring.Of(Merchant));

    [Theory]
    [InlineData(214, "a")]
    [InlineData(107, "é")]
    [InlineData(71, "测")]
    [InlineData(53, "𠮷")]
    public async Task A_key_of_2048_bit_takes_214_bytes_and_not_one_more(int count, string letter)
    {
        var longest = string.Concat(Enumerable.Repeat(letter, count));
        Assert.Equal(longest, Decrypt(Data.Encrypt(longest).Text));
        Assert.Equal(longest, Decrypt((await Data.EncryptAsync(longest, Ct)).Text));
        foreach (var tooLong in new[] { longest + letter, longest + new string('a', 215) })
        {
            var failure = Assert.Throws<ArgumentException>(() => Data.Encrypt(tooLong));
            Assert.StartsWith("The text is longer than the 214 UTF-8 bytes that this key can encrypt.", failure.Message, StringComparison.Ordinal);
            Assert.Equal("text", failure.ParamName);
            Assert.DoesNotContain(letter + letter, failure.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ArgumentException>(() => Data.EncryptAsync(tooLong, Ct).AsTask());
        }
    }

    [Fact]
    public void A_larger_key_takes_a_longer_text()
    {
        using var rsa = RSA.Create(3072);
        var encryptor = new SensitiveEncryptor("S", rsa);
        var ciphertext = new byte[SensitiveEncryptor.LargestCiphertext];
        var longest = new string('a', 384 - 42);
        Assert.True(encryptor.TryEncrypt(longest, ciphertext, out var written));
        Assert.Equal(384, written);
        Assert.Equal(longest, Encoding.UTF8.GetString(rsa.Decrypt(ciphertext.AsSpan(0, written), RSAEncryptionPadding.OaepSHA1)));
        Assert.False(encryptor.TryEncrypt(longest + "a", ciphertext, out written));
        Assert.Equal((0, "S"), (written, encryptor.Serial));
    }

    [Fact]
    public void Half_a_character_is_told()
    {
        var failure = Assert.Throws<ArgumentException>(() => Data.Encrypt("a\ud800"));
        Assert.StartsWith("The text ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("surrogate", failure.Message, StringComparison.Ordinal);
        Assert.Equal("text", failure.ParamName);
    }

    [Fact]
    public async Task Nothing_is_a_mistake_and_the_empty_text_stays_empty()
    {
        Assert.Throws<ArgumentNullException>(() => Data.Encrypt(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Data.EncryptAsync(null!, Ct).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => Data.DecryptAsync(null!, Ct).AsTask());
        Assert.Equal(new("", TestMerchant.PublicKeyId), Data.Encrypt(""));
        Assert.Equal(new("", TestMerchant.PublicKeyId), await Data.EncryptAsync("", Ct));
        Assert.Equal("", await Data.DecryptAsync("", Ct));
    }

    [Fact]
    public async Task A_text_for_another_certificate_is_told_without_the_text()
    {
        using var other = RSA.Create(2048);
        foreach (var text in new[] { "no base64", Convert.ToBase64String(new byte[256]), Convert.ToBase64String(other.Encrypt("a"u8, RSAEncryptionPadding.OaepSHA1)) })
        {
            foreach (var data in new[] { Data, OfVault() })
            {
                var failure = await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => data.DecryptAsync(text, Ct).AsTask());
                Assert.Equal(
                    "The text cannot be decrypted with the merchant's private key: it is no ciphertext, or made for another certificate.", failure.BaseMessage);
                Assert.Null(failure.InnerException);
            }
        }
    }

    [Fact]
    public async Task What_decrypts_to_no_UTF8_is_refused()
    {
        var text = Encrypt([0xFF, 0xFE]);
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => Data.DecryptAsync(text, Ct).AsTask());
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => OfVault().DecryptAsync(text, Ct).AsTask());
    }

    [Fact]
    public async Task A_vault_opens_what_a_key_here_opens()
    {
        var text = Encrypt(Encoding.UTF8.GetBytes("张三𠮷"));
        Assert.Equal("张三𠮷", await Data.DecryptAsync(text, Ct));
        Assert.Equal("张三𠮷", await OfVault().DecryptAsync(text, Ct));
        Assert.Equal("", await OfVault().DecryptAsync("", Ct));
    }

    [Fact]
    public async Task A_vault_that_fails_is_the_cause_and_its_first_failure_counts()
    {
        var text = Encrypt("a"u8.ToArray());
        var cause = new TimeoutException();
        Assert.Same(cause, (await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => OfVault(_ => throw cause).DecryptAsync(text, Ct).AsTask())).InnerException);
        var canceled = new OperationCanceledException();
        Assert.Same(canceled, await Assert.ThrowsAsync<OperationCanceledException>(() => OfVault(_ => throw canceled).DecryptAsync(text, Ct).AsTask()));

        var causes = new Queue<Exception>([cause, new TimeoutException()]);
        var decryptor = new SensitiveDecryptor(new Vault(_ => throw causes.Dequeue()));
        Assert.False(decryptor.HasNoted);
        Assert.Equal("", decryptor.Decrypt(Encoding.ASCII.GetBytes(text)));
        Assert.Equal("", decryptor.Decrypt(Encoding.ASCII.GetBytes(Encrypt("b"u8.ToArray()))));
        Assert.True(decryptor.HasNoted);
        await decryptor.DecryptNotedAsync(Ct);
        Assert.False(decryptor.HasNoted);
        Assert.Same(cause, decryptor.KeyFailure);
        Assert.Null(decryptor.Decrypt(Encoding.ASCII.GetBytes(text)));
        Assert.False(decryptor.HasNoted);
    }

    [Fact]
    public async Task A_vault_is_asked_once_for_a_text_that_occurs_twice_and_never_for_no_base64()
    {
        var asked = 0;
        var decryptor = new SensitiveDecryptor(new Vault(ciphertext =>
        {
            asked++;
            return ((ILocalMerchantKey)Merchant.Key).Decrypt(ciphertext.Span);
        }));
        var text = Encoding.ASCII.GetBytes(Encrypt("a"u8.ToArray()));
        decryptor.Decrypt(text);
        decryptor.Decrypt("no base64"u8);
        decryptor.Decrypt(text);
        await decryptor.DecryptNotedAsync(Ct);
        Assert.Equal((1, "a", null), (asked, decryptor.Decrypt(text), decryptor.Decrypt("no base64"u8)));
        Assert.Null(decryptor.KeyFailure);
    }

    [Fact]
    public async Task Without_a_valid_key_nothing_is_encrypted()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var options = TestMerchant.Options(clock);
        (options.PublicKey, options.PublicKeyId) = (null, null);
        var data = new WeChatPaySensitiveData(MerchantKeyring.Of(MerchantCredentials.Create(options)));
        Assert.NotEqual("", data.Encrypt("a").Text);
        clock.Advance(TimeSpan.FromDays(365 * 50));
        var failure = Assert.Throws<WeChatPaySignatureException>(() => data.Encrypt("a"));
        Assert.Equal((WeChatPaySignatureFailure.ExpiredCertificate, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Equal(
            failure.Reason, (await Assert.ThrowsAsync<WeChatPaySignatureException>(() => data.EncryptAsync("a", Ct).AsTask())).Reason);
    }

    private static string Encrypt(byte[] plaintext)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        return Convert.ToBase64String(rsa.Encrypt(plaintext, RSAEncryptionPadding.OaepSHA1));
    }

    private static string Decrypt(string ciphertext)
    {
        using var platform = RSA.Create();
        platform.ImportFromPem(TestMerchant.KeyText("wechatpay_pubkey_mode_private_pkcs8.pem"));
        return Encoding.UTF8.GetString(platform.Decrypt(Convert.FromBase64String(ciphertext), RSAEncryptionPadding.OaepSHA1));
    }

    private static WeChatPaySensitiveData OfVault(Func<ReadOnlyMemory<byte>, byte[]>? decrypt = null)
    {
        var options = TestMerchant.Options();
        (options.MerchantPrivateKey, options.MerchantKey) = (null, new Vault(decrypt ?? (ciphertext => ((ILocalMerchantKey)Merchant.Key).Decrypt(ciphertext.Span))));
        return new(MerchantKeyring.Of(MerchantCredentials.Create(options)));
    }

    private sealed class Vault(Func<ReadOnlyMemory<byte>, byte[]> decrypt) : IMerchantKey
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return decrypt(ciphertext);
        }
    }
}
