using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>Every row of vectors/09.</summary>
public sealed class SmVectorTests
{
    private static readonly JsonElement Document = SmMerchant.Vectors;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Requests => Names("requests");

    public static TheoryData<string> Responses => Names("responses");

    public static TheoryData<string> Sm3Inputs => Numbers(Known("sm3"));

    public static TheoryData<string> Ciphertexts => Numbers(Document.GetProperty("encryption"));

    [Theory]
    [VectorRows("09-sm.json", "known_answers/sm3")]
    [MemberData(nameof(Sm3Inputs))]
    public void Sm3(string index)
    {
        var row = Known("sm3")[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)];
        var bytes = Encoding.UTF8.GetBytes(row.Text("input_utf8"));
        Assert.Equal(row.Text("hex"), Convert.ToHexStringLower(TextbookSm2.Sm3(bytes)));
        Assert.Equal(row.Text("hex")[..32], Convert.ToHexStringLower(Sm4Gcm.DeriveKey(bytes)));
    }

    [Theory]
    [VectorRows("09-sm.json", "known_answers")]
    [InlineData("sm4_block")]
    public void Sm4_block(string name)
    {
        var row = Known(name);
        var engine = new SM4Engine();
        engine.Init(true, new KeyParameter(Convert.FromHexString(row.Text("key"))));
        var block = new byte[16];
        engine.ProcessBlock(Convert.FromHexString(row.Text("plain")), 0, block, 0);
        Assert.Equal(row.Text("cipher"), Convert.ToHexStringLower(block));
    }

    [Theory]
    [VectorRows("09-sm.json", "known_answers")]
    [InlineData("sm4_gcm_rfc8998")]
    public void Sm4_gcm_rfc8998(string name)
    {
        var row = Known(name);
        byte[] Hex(string part) => Convert.FromHexString(row.Text(part));
        byte[] sealedText = [.. Hex("cipher"), .. Hex("tag")];
        Assert.Equal(Hex("plain"), Sm4Gcm.OpenWith(Hex("key"), Hex("nonce"), Hex("aad"), sealedText));
        for (var bit = 0; bit < sealedText.Length * 8; bit++)
        {
            var changed = (byte[])sealedText.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => Sm4Gcm.OpenWith(Hex("key"), Hex("nonce"), Hex("aad"), changed));
        }

        Assert.ThrowsAny<CryptographicException>(() => Sm4Gcm.OpenWith(Hex("key"), Hex("nonce"), [], sealedText));
        Assert.ThrowsAny<CryptographicException>(() => Sm4Gcm.OpenWith(Hex("key"), Hex("nonce"), Hex("aad"), sealedText.AsSpan(0, 15)));
    }

    [Theory]
    [VectorRows("09-sm.json")]
    [InlineData("sm4_key_hex")]
    public void The_key_of_sm4_is_derived_from_the_APIv3_key(string name)
        => Assert.Equal(Document.Text(name), Convert.ToHexStringLower(Sm4Gcm.DeriveKey(Encoding.ASCII.GetBytes(Document.Text("apiv3_key")))));

    [Theory]
    [VectorRows("09-sm.json", "requests")]
    [MemberData(nameof(Requests))]
    public async Task Request(string name)
    {
        var row = Row("requests", name);
        var message = Encoding.UTF8.GetBytes(row.Text("message_utf8"));
        Assert.True(PublicKey("merchant").Verify(message, row.Bytes("signature")));
        Assert.Contains($"signature=\"{row.Text("signature")}\"", row.Text("authorization"), StringComparison.Ordinal);

        // Signatures are random, so what the client sends can only be the same but for nonce and signature, and be verified.
        using var api = new FakeApi(_ => SmMerchant.Signed("{}"));
        using var client = new TestClient(SmMerchant.Options(), api);
        await client.SendAsync(new(row.Text("method")), row.Text("path_and_query"), Encoding.UTF8.GetBytes(row.Text("body_utf8")), cancellationToken: Ct);
        var sent = Authorization.Read(api.Requests[0].Header("Authorization")!);
        var expected = Authorization.Read(row.Text("authorization"));
        Assert.Equal(expected.Pairs.Keys, sent.Pairs.Keys);
        Assert.Equal(expected with { Pairs = null! }, sent with { Pairs = null! });
        Assert.Equal(
            row.Text("message_utf8").Replace(row.Text("nonce"), sent.Nonce, StringComparison.Ordinal), sent.Message(api.Requests[0]));
        Assert.True(SmMerchant.Merchant.Verify(Encoding.UTF8.GetBytes(sent.Message(api.Requests[0])), Convert.FromBase64String(sent.Signature)));
    }

    [Theory]
    [VectorRows("09-sm.json", "responses")]
    [MemberData(nameof(Responses))]
    public async Task Response(string name)
    {
        var row = Row("responses", name);
        using var client = SmMerchant.Client(SmMerchant.Options(), _ => Recorded(row));
        var call = client.Orders.PostAsync(new(), cancellationToken: Ct);
        if (row.Text("expect") == "valid")
        {
            Assert.Equal("wx201410272009395522657a690389285100", (await call).PrepayId);
            return;
        }

        Assert.Equal("invalid_signature", row.Text("expect"));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => call);
        Assert.Contains(failure.Reason, (WeChatPaySignatureFailure[])[WeChatPaySignatureFailure.Mismatch, WeChatPaySignatureFailure.MalformedSignature]);
        Assert.Equal(name.Contains("probe", StringComparison.Ordinal), failure.IsProbe);
    }

    [Theory]
    [VectorRows("09-sm.json", "encryption")]
    [MemberData(nameof(Ciphertexts))]
    public async Task Encryption(string index)
    {
        var row = Document.GetProperty("encryption")[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)];
        var plaintext = row.Text("plaintext_utf8");
        var ciphertext = row.Bytes("ciphertext_der_base64");
        var key = WeChatPayShangMi.ReadMerchantKey(System.IO.File.ReadAllText(Vectors.PathOf(row.Text("private_key"))));
        Assert.Equal(plaintext, Encoding.UTF8.GetString(key.Decrypt(ciphertext)));
        Assert.Equal(plaintext, Encoding.UTF8.GetString(await key.DecryptAsync(ciphertext, Ct)));

        var raw = Convert.FromHexString(row.Text("same_as_raw_c1c3c2_hex"));
        var der = new byte[1024];
        Assert.Equal(ciphertext, der[..Sm2Cipher.WriteDer(raw, der)]);
        Assert.ThrowsAny<CryptographicException>(() => key.Decrypt(raw));
    }

    [Theory]
    [VectorRows("09-sm.json")]
    [InlineData("callback")]
    public async Task Callback(string name)
    {
        var row = Document.GetProperty(name);
        var options = SmMerchant.Options(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(row.GetProperty("now_unix").GetInt64())));
        using var client = SmMerchant.Client(options, _ => throw new InvalidOperationException());
        var headers = row.GetProperty("headers");
        var message = new WeChatPayNotificationMessage(
            header => headers.TryGetProperty(header, out var value) ? [value.GetString()!] : [], Encoding.UTF8.GetBytes(row.Text("body_utf8")));

        var notification = await client.Notifications.ReadAsync(message, Ct);
        Assert.Equal(row.Text("plaintext_utf8"), Encoding.UTF8.GetString(notification.GetResourceJson().Span));
        Assert.Equal(("EV-TESTONLY-SM", "TRANSACTION.SUCCESS", "transaction"), (notification.Id, notification.EventType, notification.OriginalType));
    }

    [Theory]
    [VectorRows("09-sm.json")]
    [InlineData("certificate_list_body_utf8")]
    public async Task Certificate_list(string name)
    {
        using var list = JsonDocument.Parse(Document.Text(name));
        var entry = list.RootElement.GetProperty("data")[0];
        var box = entry.GetProperty("encrypt_certificate");
        Assert.Equal(WeChatPayShangMi.AlgorithmSuite.AeadAlgorithm, box.Text("algorithm"));
        var pem = Encoding.UTF8.GetString(WeChatPayShangMi.AlgorithmSuite.OpenAead(
            Encoding.ASCII.GetBytes(Document.Text("apiv3_key")), Encoding.ASCII.GetBytes(box.Text("nonce")), Encoding.ASCII.GetBytes(box.Text("associated_data")), box.Bytes("ciphertext")));
        Assert.Equal(TestMerchant.KeyText("sm2_platform.cert.pem").Trim(), pem.Trim());

        // The certificate of the list verifies and is named by its serial number.
        var options = SmMerchant.Options();
        options.PlatformCertificates = [pem];
        using var api = new FakeApi(_ => Recorded(Row("responses", "ok")));
        using var client = new TestClient(options, api);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.Equal(entry.Text("serial_no"), api.Requests[0].Header("Wechatpay-Serial"));
    }

    [Fact]
    public void Every_row_is_run()
    {
        Assert.Equal(VectorRowsAttribute.RowsOf("09-sm.json"), VectorRowsAttribute.RowsRunBy(typeof(SmVectorTests).Assembly, "09-sm.json"));
        Assert.Equal(["sm3_of_plain"], VectorRowsAttribute.RowsRunBy(typeof(SmVectorTests).Assembly, "08-bills.json"));
    }

    private static TheoryData<string> Numbers(JsonElement list) => [.. Enumerable.Range(0, list.GetArrayLength()).Select(i => $"{i}")];

    private static TheoryData<string> Names(string list) => [.. Document.GetProperty(list).EnumerateArray().Select(row => row.Text("name"))];

    private static JsonElement Row(string list, string name) => Document.GetProperty(list).EnumerateArray().Single(row => row.Text("name") == name);

    private static JsonElement Known(string name) => Document.GetProperty("known_answers").GetProperty(name);

    private static IPlatformKey PublicKey(string whose)
    {
        var pem = TestMerchant.KeyText($"sm2_{whose}_public.pem");
        return WeChatPayShangMi.AlgorithmSuite.TryReadPublicKey(Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]))!;
    }

    private static HttpResponseMessage Recorded(JsonElement row)
    {
        var answer = FakeApi.Unsigned(row.Text("body_utf8"), 200);
        foreach (var header in row.GetProperty("headers").EnumerateObject())
            answer.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        return answer;
    }
}
