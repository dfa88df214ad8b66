using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeChatPay.Keys;
using WeChatPay.Signing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Every row of vectors/01: message, signature and Authorization value are those of an independent implementation.</summary>
public class RequestSigningVectorTests
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Rows = Vectors.Cases("01-request-signing.json");
    private static readonly MerchantCredentials Merchant = MerchantCredentials.Create(VectorMerchant.Options());

    private static readonly MerchantCredentials Brand = MerchantCredentials.Create(VectorMerchant.BrandOptions());

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [VectorRows("01-request-signing.json")]
    [MemberData(nameof(Names))]
    public void Row(string name)
    {
        var row = Rows[name];
        var body = row.TryGetProperty("signed_body_utf8", out var meta) ? Encoding.UTF8.GetBytes(meta.GetString()!) : row.Bytes("body_base64");
        var timestamp = long.Parse(row.Text("timestamp"), System.Globalization.CultureInfo.InvariantCulture);

        // What is signed is what the Uri that is sent says, not the text it was made from.
        var target = new Uri(row.Text("url")).PathAndQuery;
        Assert.Equal(row.Text("path_and_query"), target);

        var message = RequestSigner.Message(row.Text("method"), target, timestamp, row.Text("nonce"), body);
        Assert.Equal(row.Text("message_utf8"), Encoding.UTF8.GetString(message));
        Assert.Equal(row.Text("message_sha256"), Convert.ToHexStringLower(SHA256.HashData(message)));

        // Brand interfaces are signed by a brand, with brand_id in a scheme of their own.
        var signer = row.Text("authorization").StartsWith("WECHATPAY-BRAND", StringComparison.Ordinal) ? Brand : Merchant;
        var authorization = RequestSigner.Authorize(
            signer, (RsaMerchantKey)signer.Key, row.Text("method"), target, timestamp, row.Text("nonce"), body);
        Assert.Equal(row.Text("authorization"), authorization);
    }

    [Fact]
    public async Task A_key_outside_of_the_process_gives_the_same_header_form()
    {
        var options = TestMerchant.Options();
        options.MerchantKey = new Vault(WeChatPayMerchantKey.FromPem(options.MerchantPrivateKey!));
        options.MerchantPrivateKey = null;
        var elsewhere = await RequestSigner.AuthorizeAsync(
            MerchantCredentials.Create(options), "GET", "/v3/certificates", default, TestContext.Current.CancellationToken);
        Assert.Matches(
            "^WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"[0-9A-Za-z]{32}\",signature=\"[0-9A-Za-z+/]{342}==\",timestamp=\"1760000000\",serial_no=\"0A1B2C3D4E5F60718293A4B5C6D7E8F901234567\"$",
            elsewhere);
    }

    [Fact]
    public void Nonces_are_32_characters_of_the_alphabet_and_do_not_repeat()
    {
        var nonces = Enumerable.Range(0, 1000).Select(_ => Nonce.Create()).ToList();
        Assert.All(nonces, nonce => Assert.Matches("^[0-9A-Za-z]{32}$", nonce));
        Assert.Equal(nonces.Count, nonces.Distinct().Count());
        Assert.Equal(62, string.Concat(nonces).Distinct().Count());
    }

    private sealed class Vault(IMerchantKey inner) : IMerchantKey
    {
        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return await inner.SignAsync(message, cancellationToken);
        }

        public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
            => inner.DecryptOaepAsync(ciphertext, cancellationToken);
    }
}
