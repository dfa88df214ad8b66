using System.Security.Cryptography;
using System.Text;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>Members of APIv2 documents that travel encrypted, alone and in lists.</summary>
public sealed class EncryptedMemberTests
{
    private const string Key = "TESTONLYapiv2key0123456789ABCDEF";

    [Fact]
    public async Task What_is_encrypted_with_a_key_is_read_with_it()
    {
        using var rsa = RSA.Create(2048);
        var w = new XmlBodyWriter(new SensitiveEncryptor("S1", rsa));
        w.Text("plain", "p");
        Assert.Null(w.EncryptedWithSerial);
        w.RequiredEncrypted("name", "张三😀");
        w.Encrypted("none", null);
        w.Encrypted("empty", "");
        w.Encrypteds("name_$n", ["a", null, "b"]);
        w.EncryptedLists("name_$n_$m", [["c"], null, ["d", "e"]]);
        Assert.Equal("S1", w.EncryptedWithSerial);
        var root = XmlParser.Parse(w.Sign(Key).Body.Span);
        Assert.Equal("plain name empty name_0 name_2 name_0_0 name_2_0 name_2_1 sign", string.Join(' ', root.Children!.Select(child => child.Name)));
        Assert.All(root.Children!.Where(child => child.Name.StartsWith("name", StringComparison.Ordinal)), child => Assert.Equal(344, child.Text.Length));

        foreach (IMerchantKey key in new IMerchantKey[] { WeChatPayMerchantKey.FromPem(rsa.ExportPkcs8PrivateKeyPem()), new Elsewhere(rsa) })
        {
            var document = await XmlBody.ReadAsync<Document>(root, new SensitiveDecryptor(key), TestContext.Current.CancellationToken);
            Assert.Equal(("张三😀", null, ""), (document.Name, document.None, document.Empty));
            Assert.Equal(["a", null, "b"], document.Names!);
            Assert.Equal(["c"], document.NameLists![0]!);
            Assert.Null(document.NameLists[1]);
            Assert.Equal(["d", "e"], document.NameLists[2]!);
        }

        using var other = RSA.Create(2048);
        var error = await Assert.ThrowsAsync<JsonBodyException>(
            async () => await XmlBody.ReadAsync<Document>(root, new SensitiveDecryptor(new Elsewhere(other)), TestContext.Current.CancellationToken));
        Assert.Equal(("name", true), (error.Path, error.IsDecryption));
        Assert.True(Assert.Throws<JsonBodyException>(() => XmlBodyReader.Read<Document>(root)).IsDecryption);
    }

    [Fact]
    public void What_cannot_be_encrypted_is_told()
    {
        using var rsa = RSA.Create(2048);
        Assert.Throws<ArgumentException>(() => new XmlBodyWriter(null).Encrypted("name", "a"));
        Assert.Throws<ArgumentException>(() => new XmlBodyWriter(new SensitiveEncryptor("S1", rsa)).RequiredEncrypted("name", null));
        Assert.Throws<ArgumentException>(() => new XmlBodyWriter(new SensitiveEncryptor("S1", rsa)).Encrypted("name", new string('a', 300)));
        Assert.Throws<ArgumentException>(() => new XmlBodyWriter(new SensitiveEncryptor("S1", rsa)).Encrypted("name", "\ud800"));
    }

    [Fact]
    public void The_client_fills_in_what_the_caller_leaves_to_it()
    {
        var json = Encoding.UTF8.GetString(JsonBody.Write(new Filled(null, null), encryptor: null).Bytes.Span);
        Assert.Matches("""^\{"nonce_str":"[0-9A-Za-z]{32}","sign_type":"HMAC-SHA256"\}$""", json);
        Assert.Equal("""{"nonce_str":"n","sign_type":"MD5"}""", Encoding.UTF8.GetString(JsonBody.Write(new Filled("n", "MD5"), encryptor: null).Bytes.Span));
    }

    private sealed class Filled(string? nonce, string? signType) : IWeChatPayRequest
    {
        void IWeChatPayRequest.WriteBody(JsonBodyWriter w)
        {
            w.Nonce("nonce_str"u8, nonce);
            w.SignType("sign_type"u8, signType, "HMAC-SHA256");
        }
    }

    private sealed class Document : IXmlReadable<Document>
    {
        public string? Name { get; init; }

        public string? None { get; init; }

        public string? Empty { get; init; }

        public IReadOnlyList<string?>? Names { get; init; }

        public IReadOnlyList<IReadOnlyList<string?>?>? NameLists { get; init; }

        public static Document Read(XmlBodyReader r) => new()
        {
            Name = r.Decrypted("name"),
            None = r.Decrypted("none"),
            Empty = r.Decrypted("empty"),
            Names = r.Decrypteds("name_$n"),
            NameLists = r.DecryptedLists("name_$n_$m"),
        };
    }

    /// <summary>A key that is not in this process.</summary>
    private sealed class Elsewhere(RSA rsa) : IMerchantKey
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return rsa.Decrypt(ciphertext.Span, RSAEncryptionPadding.OaepSHA1);
        }
    }
}
