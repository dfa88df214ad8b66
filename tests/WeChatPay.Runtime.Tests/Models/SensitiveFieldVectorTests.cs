using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Every row of vectors/05, and that what we encrypt the platform's key opens.</summary>
public sealed class SensitiveFieldVectorTests
{
    private static readonly JsonElement Document = Load();
    private static readonly MerchantCredentials Merchant = MerchantCredentials.Create(VectorMerchant.Options());

    public static TheoryData<string> ForMerchant => Numbers("decrypt_with_merchant_key");

    public static TheoryData<string> ForPlatform => Numbers("decrypt_with_platform_key");

    public static TheoryData<string> Refused => Numbers("must_fail_to_decrypt");

    [Theory]
    [VectorRows("05-sensitive-fields.json", "decrypt_with_merchant_key")]
    [MemberData(nameof(ForMerchant))]
    public async Task A_member_for_the_merchant_is_decrypted(string index)
    {
        var row = Row("decrypt_with_merchant_key", index);
        var json = Encoding.UTF8.GetBytes($$"""{"payer_name":"{{row.Text("ciphertext")}}","other_names":["","{{row.Text("ciphertext").Replace("/", "\\/", StringComparison.Ordinal)}}",null]}""");

        var answer = JsonBody.Read<OrderAnswer>(json, new SensitiveDecryptor(Merchant.Key));
        Assert.Equal(row.Text("plaintext_utf8"), answer.PayerName);
        Assert.Equal(["", row.Text("plaintext_utf8")], answer.OtherNames);

        var vault = new Vault(Merchant.Key);
        answer = await JsonBody.ReadAsync<OrderAnswer>(json, new SensitiveDecryptor(vault), TestContext.Current.CancellationToken);
        Assert.Equal(row.Text("plaintext_utf8"), answer.PayerName);
        Assert.Equal(["", row.Text("plaintext_utf8")], answer.OtherNames);
        Assert.Equal(1, vault.Calls);
    }

    [Theory]
    [VectorRows("05-sensitive-fields.json", "decrypt_with_platform_key")]
    [MemberData(nameof(ForPlatform))]
    public void What_others_encrypt_for_the_platform_has_the_form_that_is_encrypted_here(string index)
    {
        // Whoever opens the recorded text with these parameters opens that of our encryption too.
        var row = Row("decrypt_with_platform_key", index);
        var platform = (ILocalMerchantKey)WeChatPayMerchantKey.FromPem(File.ReadAllText(Vectors.PathOf(row.Text("private_key"))));
        Assert.Equal(row.Text("plaintext_utf8"), Encoding.UTF8.GetString(platform.Decrypt(Convert.FromBase64String(row.Text("ciphertext")))));

        Assert.True(Merchant.PlatformKeys.TryGet(row.Text("wechatpay_serial"), out var key));
        var ciphertext = new byte[SensitiveEncryptor.LargestCiphertext];
        Assert.True(new SensitiveEncryptor(key).TryEncrypt(row.Text("plaintext_utf8"), ciphertext, out var written));
        Assert.Equal(row.Text("plaintext_utf8"), Encoding.UTF8.GetString(platform.Decrypt(ciphertext.AsSpan(0, written))));
    }

    [Theory]
    [VectorRows("05-sensitive-fields.json", "must_fail_to_decrypt")]
    [MemberData(nameof(Refused))]
    public async Task A_text_that_is_not_for_the_merchant_is_refused_with_its_path(string index)
    {
        var row = Row("must_fail_to_decrypt", index);
        var json = Encoding.UTF8.GetBytes($$"""{"other_names":["","{{row.Text("ciphertext")}}"]}""");

        foreach (var key in (IMerchantKey[])[Merchant.Key, new Vault(Merchant.Key)])
        {
            var failure = await Assert.ThrowsAsync<JsonBodyException>(
                () => JsonBody.ReadAsync<OrderAnswer>(json, new SensitiveDecryptor(key), TestContext.Current.CancellationToken).AsTask());
            Assert.True(failure.IsDecryption);
            Assert.Equal("other_names[1]", failure.Path);
        }

        await Assert.ThrowsAsync<WeChatPayDecryptionException>(
            () => new WeChatPaySensitiveData(MerchantKeyring.Of(Merchant)).DecryptAsync(row.Text("ciphertext"), TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task A_vault_that_fails_is_the_cause_of_the_failure()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"payer_name":"{{Document.GetProperty("decrypt_with_merchant_key")[0].Text("ciphertext")}}"}""");
        var failure = await Assert.ThrowsAsync<JsonBodyException>(
            () => JsonBody.ReadAsync<OrderAnswer>(json, new SensitiveDecryptor(new Vault(Merchant.Key) { Fails = true }), TestContext.Current.CancellationToken).AsTask());
        Assert.IsType<TimeoutException>(failure.InnerException);
    }

    [Fact]
    public void A_document_without_encrypted_members_needs_no_vault()
    {
        var vault = new Vault(Merchant.Key);
        var read = JsonBody.ReadAsync<OrderAnswer>("""{"out_trade_no":"A"}"""u8.ToArray(), new SensitiveDecryptor(vault), TestContext.Current.CancellationToken);
        Assert.True(read.IsCompletedSuccessfully);
        Assert.Equal(0, vault.Calls);
    }

    [Fact]
    public void What_is_encrypted_by_hand_the_platform_opens()
    {
        var encrypted = new WeChatPaySensitiveData(MerchantKeyring.Of(Merchant)).Encrypt("张三𠮷");
        Assert.Equal(VectorMerchant.Config.Text("public_key_id"), encrypted.Serial);
        using var platform = RSA.Create();
        platform.ImportFromPem(TestMerchant.KeyText("wechatpay_pubkey_mode_private_pkcs8.pem"));
        Assert.Equal("张三𠮷", Encoding.UTF8.GetString(platform.Decrypt(Convert.FromBase64String(encrypted.Text), RSAEncryptionPadding.OaepSHA1)));
    }

    [Theory]
    [VectorRows("05-sensitive-fields.json")]
    [InlineData("must_fail_to_encrypt")]
    public void What_the_key_cannot_encrypt_is_refused_without_quoting_it(string name)
    {
        var data = new WeChatPaySensitiveData(MerchantKeyring.Of(Merchant));
        var tooLong = new string('a', Document.GetProperty(name).GetProperty("plaintext_bytes").GetInt32());
        Assert.DoesNotContain(tooLong, Assert.Throws<ArgumentException>(() => data.Encrypt(tooLong)).Message, StringComparison.Ordinal);
        data.Encrypt(tooLong[1..]);
        Assert.Throws<ArgumentException>(() => data.Encrypt("\ud800"));
        Assert.Equal("", data.Encrypt("").Text);
    }

    private static TheoryData<string> Numbers(string section) => [.. Enumerable.Range(0, Document.GetProperty(section).GetArrayLength()).Select(i => $"{i}")];

    private static JsonElement Row(string section, string index) => Document.GetProperty(section)[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)];

    private static JsonElement Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf("05-sensitive-fields.json")));
        return document.RootElement.Clone();
    }

    private sealed class Vault(IMerchantKey inner) : IMerchantKey
    {
        public int Calls { get; private set; }

        public bool Fails { get; init; }

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => inner.SignAsync(message, cancellationToken);

        public async ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        {
            Calls++;
            await Task.Yield();
            if (Fails)
                throw new TimeoutException();
            return await inner.DecryptOaepAsync(ciphertext, cancellationToken);
        }
    }
}
