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

    public BillVectorTests() => _client = new(VectorMerchant.Options(), _api);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(_folder, "bill.csv");

    private static string Address => BillVectors.Document.GetProperty("apply_answer").Text("download_url");

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [VectorRows("08-bills.json")]
    [InlineData("apply_answer")]
    public async Task Apply_answer_and_plain(string name)
    {
        var offer = BillVectors.Document.GetProperty(name);
        await _client.DownloadToFileAsync(offer.Text("download_url"), offer.Text("hash_type"), offer.Text("hash_value"), Target, cancellationToken: Token);
        Assert.Equal(BillVectors.Plain, await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal(offer.Text("hash_value"), BillVectors.Document.Text("sha1_of_plain"));
        SignedCallTests.AssertSigned(Assert.Single(_api.Requests));
    }

    [Theory]
    [VectorRows("08-bills.json")]
    [InlineData("gzip_base64")]
    public async Task Gzip_is_unpacked_and_its_hash_is_that_of_the_unpacked_file(string name)
    {
        _api.Answer = _ => FakeApi.Unsigned(BillVectors.Document.Bytes(name), 200);
        await _client.DownloadToFileAsync(Address, new() { HashType = "SHA1", HashValue = BillVectors.Sha1, IsGzip = true }, Target, cancellationToken: Token);
        Assert.Equal(BillVectors.Plain, await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Theory]
    [VectorRows("08-bills.json")]
    [InlineData("sha1_of_gzip_is_not_it", true)]
    [InlineData("sha1_of_plain", false)]
    public async Task Gzip_with_the_hash_of_the_other_form_is_refused(string hash, bool isGzip)
    {
        _api.Answer = _ => FakeApi.Unsigned(BillVectors.Gzip, 200);
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => _client.DownloadToFileAsync(
            Address, new WeChatPayFileProof { HashType = "SHA1", HashValue = BillVectors.Document.Text(hash), IsGzip = isGzip }, Target, cancellationToken: Token));
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, failure.Reason);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [VectorRows("08-bills.json")]
    [InlineData("bad")]
    public async Task Bad_truncated_plain(string name)
    {
        var bad = BillVectors.Document.GetProperty(name);
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

    public static TheoryData<string> Encrypted => [.. Enumerable.Range(0, BillVectors.Document.GetProperty("encrypted_bill").GetArrayLength()).Select(i => $"{i}")];

    [Theory]
    [VectorRows("08-bills.json", "encrypted_bill")]
    [MemberData(nameof(Encrypted))]
    public async Task Encrypted_bill(string index)
    {
        await OpenAsync(Row(index), keyIsOpen: false);
        await OpenAsync(Row(index), keyIsOpen: true);
    }

    private async Task OpenAsync(System.Text.Json.JsonElement row, bool keyIsOpen)
    {
        _api.Answer = _ => FakeApi.Unsigned(row.Bytes("file_base64"), 200);
        var proof = BillVectors.Proof(row, key => keyIsOpen ? row.Text("file_key_utf8") : key);
        await _client.DownloadToFileAsync(Address, proof, Target, cancellationToken: Token);
        Assert.Equal(row.Bytes("unpacked_base64"), await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Theory]
    [MemberData(nameof(Encrypted))]
    public async Task Encrypted_bill_that_is_not_packed(string index)
    {
        var row = Row(index);
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

    private static System.Text.Json.JsonElement Row(string index)
        => BillVectors.Document.GetProperty("encrypted_bill")[int.Parse(index, System.Globalization.CultureInfo.InvariantCulture)];

    [Theory]
    [VectorRows("08-bills.json")]
    [InlineData("statement_with_header")]
    public async Task Statement_with_header(string name)
    {
        _api.Answer = _ => Statement();
        await using (var download = await _client.DownloadAsync(Address, cancellationToken: Token))
        {
            Assert.Equal(BillVectors.Document.GetProperty(name).GetProperty("headers").Text("Wechatpay-Statement-Sha1"), download.SignedSha1);
            await download.CopyToFileAsync(Target, "SHA1", download.SignedSha1, Token);
        }

        Assert.Equal(BillVectors.Document.GetProperty(name).Text("body_utf8"), await File.ReadAllTextAsync(Target, Token));
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

    [Theory]
    [VectorRows("08-bills.json")]
    [InlineData("plain_base64")]
    public async Task Plain_is_read_by_the_names_of_its_columns(string name)
    {
        using var reader = new WeChatPayBillReader(new MemoryStream(BillVectors.Document.Bytes(name)));
        var row = Assert.Single(await reader.ReadRowsAsync(Token).ToListAsync(Token));
        Assert.Equal(["交易时间", "公众账号ID", "商户号", "总金额"], row.Columns);
        Assert.Equal((VectorMerchant.Config.Text("appid"), VectorMerchant.Config.Text("mchid"), 1L), (row["公众账号ID"], row["商户号"], row.GetFen("总金额")));
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
