using System.IO;
using System.Text;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Files;

/// <summary>Every row of vectors/08, through the client and onto the disk.</summary>
public sealed class BillVectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wechatpay-tests-").FullName;
    private readonly FakeApi _api = new(_ => FakeApi.Unsigned(BillVectors.Plain, 200));
    private readonly Core.TestClient _client;

    public BillVectorTests() => _client = new(TestMerchant.Options(), _api);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder, "bill.csv");

    private static string Address => BillVectors.Document.GetProperty("apply_answer").Text("download_url");

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Apply_answer_and_plain()
    {
        var offer = BillVectors.Document.GetProperty("apply_answer");
        await _client.DownloadToFileAsync(offer.Text("download_url"), offer.Text("hash_type"), offer.Text("hash_value"), Target, cancellationToken: Token);
        Assert.Equal(BillVectors.Plain, await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal(offer.Text("hash_value"), BillVectors.Document.Text("sha1_of_plain"));
        SignedCallTests.AssertSigned(Assert.Single(_api.Requests));
    }

    [Fact]
    public async Task Gzip_is_unpacked_and_its_hash_is_that_of_the_unpacked_file()
    {
        _api.Answer = _ => FakeApi.Unsigned(BillVectors.Gzip, 200);
        await _client.DownloadToFileAsync(Address, new() { HashType = "SHA1", HashValue = BillVectors.Sha1, IsGzip = true }, Target, cancellationToken: Token);
        Assert.Equal(BillVectors.Plain, await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(true, "sha1_of_gzip_is_not_it")]
    [InlineData(false, "sha1_of_plain")]
    public async Task Gzip_with_the_hash_of_the_other_form_is_refused(bool isGzip, string hash)
    {
        _api.Answer = _ => FakeApi.Unsigned(BillVectors.Gzip, 200);
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => _client.DownloadToFileAsync(
            Address, new WeChatPayFileProof { HashType = "SHA1", HashValue = BillVectors.Document.Text(hash), IsGzip = isGzip }, Target, cancellationToken: Token));
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, failure.Reason);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Bad_truncated_plain()
    {
        var bad = BillVectors.Document.GetProperty("bad");
        Assert.Equal("hash_mismatch", bad.Text("expect"));
        _api.Answer = _ => FakeApi.Unsigned(bad.Bytes("truncated_plain_base64"), 200);
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => _client.DownloadToFileAsync(Address, "SHA1", BillVectors.Sha1, Target, cancellationToken: Token));
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, failure.Reason);
        Assert.Empty(Directory.GetFiles(_folder));

        // Whoever reads it without its hash notices too.
        using var reader = new WeChatPayBillReader(new MemoryStream(bad.Bytes("truncated_plain_base64")));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.ReadRowsAsync(Token).LastOrDefaultAsync(Token));
        Assert.Null(reader.Totals);
    }

    [Theory]
    [InlineData("TESTbillN012", false)]
    [InlineData("TESTbillN012", true)]
    [InlineData("TESTbillnonce016", false)]
    [InlineData("TESTbillnonce016", true)]
    public async Task Encrypted_bill(string nonce, bool keyIsOpen)
    {
        var row = BillVectors.Encrypted(nonce);
        _api.Answer = _ => FakeApi.Unsigned(row.Bytes("file_base64"), 200);
        var proof = BillVectors.Proof(row, key => keyIsOpen ? row.Text("file_key_utf8") : key);
        await _client.DownloadToFileAsync(Address, proof, Target, cancellationToken: Token);
        Assert.Equal(row.Bytes("unpacked_base64"), await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("TESTbillN012")]
    [InlineData("TESTbillnonce016")]
    public async Task Encrypted_bill_that_is_not_packed(string nonce)
    {
        var row = BillVectors.Encrypted(nonce);
        _api.Answer = _ => FakeApi.Unsigned(row.Bytes("file_base64"), 200);
        var proof = new WeChatPayFileProof
        {
            HashType = "SHA1",
            HashValue = BillVectors.Document.Text("sha1_of_gzip_is_not_it"),
            Encryption = BillVectors.Proof(row).Encryption,
        };
        await _client.DownloadToFileAsync(Address, proof, Target, cancellationToken: Token);
        Assert.Equal(row.Bytes("decrypted_base64"), await File.ReadAllBytesAsync(Target, Token));
    }

    [Fact]
    public async Task Statement_with_header()
    {
        _api.Answer = _ => Statement();
        await using (var download = await _client.DownloadAsync(Address, cancellationToken: Token))
        {
            Assert.Equal("5a5107195ecbe0eaf59de8d63c4f03ba4c7aa95d", download.SignedSha1);
            await download.CopyToFileAsync(Target, "SHA1", download.SignedSha1, Token);
        }

        Assert.Equal(BillVectors.Document.GetProperty("statement_with_header").Text("body_utf8"), await File.ReadAllTextAsync(Target, Token));
    }

    [Theory]
    [InlineData("Wechatpay-Statement-Sha1", "5a5107195ecbe0eaf59de8d63c4f03ba4c7aa95e", WeChatPaySignatureFailure.Mismatch)]
    [InlineData("Wechatpay-Statement-Sha1", "\"}", WeChatPaySignatureFailure.MalformedHeader)]
    [InlineData("Wechatpay-Signature", null, WeChatPaySignatureFailure.MissingHeader)]
    [InlineData("Wechatpay-Timestamp", "1760000001", WeChatPaySignatureFailure.Mismatch)]
    [InlineData("Wechatpay-Timestamp", "1700000000", WeChatPaySignatureFailure.ClockSkew)]
    public async Task Statement_with_header_that_is_not_the_signed_one(string header, string? value, WeChatPaySignatureFailure reason)
    {
        _api.Answer = _ =>
        {
            var answer = Statement();
            answer.Headers.Remove(header);
            if (value is not null)
                answer.Headers.TryAddWithoutValidation(header, value);
            return answer;
        };
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => _client.DownloadAsync(Address, cancellationToken: Token));
        Assert.Equal(reason, failure.Reason);
    }

    [Fact]
    public async Task Statement_without_the_header_is_a_file_like_others()
    {
        await using var download = await _client.DownloadAsync(Address, cancellationToken: Token);
        Assert.Null(download.SignedSha1);
    }

    [Fact]
    public async Task Plain_is_read_by_the_names_of_its_columns()
    {
        using var reader = new WeChatPayBillReader(new MemoryStream(BillVectors.Plain));
        var row = Assert.Single(await reader.ReadRowsAsync(Token).ToListAsync(Token));
        Assert.Equal(["交易时间", "公众账号ID", "商户号", "总金额"], row.Columns);
        Assert.Equal(("wx0000000000000001", "1900000001", 1L), (row["公众账号ID"], row["商户号"], row.GetFen("总金额")));
        Assert.Equal(new DateTimeOffset(2025, 10, 9, 16, 53, 20, TimeSpan.FromHours(8)), row.GetTime("交易时间"));
        Assert.Equal((1L, 1L), (reader.Totals!.GetInteger("总交易单数"), reader.Totals.GetFen("应结订单总金额")));
    }

    private static System.Net.Http.HttpResponseMessage Statement()
    {
        var row = BillVectors.Document.GetProperty("statement_with_header");
        var answer = FakeApi.Unsigned(Encoding.UTF8.GetBytes(row.Text("body_utf8")), 200);
        foreach (var header in row.GetProperty("headers").EnumerateObject())
            answer.Headers.Add(header.Name, header.Value.GetString());
        return answer;
    }
}
