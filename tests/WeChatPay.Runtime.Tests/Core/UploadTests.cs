using System.IO;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeChatPay.Keys;
using WeChatPay.Signing;
using WeChatPay.Uploads;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Files on their way out: the exact bytes, what of them is signed, and where they come from.</summary>
public class UploadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_vector_upload_multipart_byte_for_byte()
    {
        var row = Vectors.Cases("01-request-signing.json")["upload-multipart"];
        var expected = row.Bytes("body_base64");
        var file = WeChatPayFile.FromBytes(FileOf(expected), "test-only.png");
        await using var body = new UploadBody([("file", file)], "meta") { Boundary = "TESTONLYboundary", NameMember = "filename", HashMember = "sha256" };

        await body.PrepareAsync(Ct);
        var sent = new MemoryStream();
        await body.WriteToAsync(sent, Ct);

        Assert.Equal(row.Text("signed_body_utf8"), Encoding.UTF8.GetString(body.Meta.Span));
        Assert.Equal(row.Text("content_type"), body.ContentType);
        Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(sent.ToArray()));
        Assert.Equal(expected.Length, body.Length);

        var merchant = MerchantCredentials.Create(TestMerchant.Options());
        Assert.Equal(
            row.Text("authorization"),
            RequestSigner.Authorize(merchant, (RsaMerchantKey)merchant.Key, "POST", row.Text("path_and_query"), 1760000000, row.Text("nonce"), body.Meta.Span));
    }

    [Fact]
    public async Task An_upload_signs_its_meta_and_returns_the_verified_answer()
    {
        var api = new FakeApi("""{"media_id":"M-1"}""");
        using var client = new TestClient(TestMerchant.Options(), api);

        var answer = await client.Uploads.ImageAsync(WeChatPayFile.FromBytes("abc"u8.ToArray(), "门店.JPG"), cancellationToken: Ct);

        Assert.Equal("M-1", answer.MediaId);
        var request = Assert.Single(api.Requests);
        var boundary = request.Header("Content-Type")!["multipart/form-data; boundary=".Length..];
        Assert.Matches("^WeChatPay[0-9A-Za-z]{32}$", boundary);
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal(TestMerchant.PublicKeyId, request.Header("Wechatpay-Serial"));
        Assert.Equal(request.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), request.Header("Content-Length"));
        const string Meta = """{"filename":"门店.JPG","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}""";
        Assert.Equal(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{Meta}\r\n"
            + $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"门店.JPG\"\r\nContent-Type: image/jpeg\r\n\r\nabc\r\n--{boundary}--\r\n",
            request.Text);
        SignedCallTests.AssertSigned(request with { Body = Encoding.UTF8.GetBytes(Meta) });
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task An_answer_without_signature_is_refused(int status)
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(_ => FakeApi.Unsigned("""{"media_id":"M-1"}""", status)));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Uploads.ImageAsync(Small(), cancellationToken: Ct));
        Assert.Equal(WeChatPayOutcome.Unknown, failure.Outcome);
    }

    [Fact]
    public async Task A_meta_of_ones_own_is_sent_and_signed_as_it_is()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        var meta = $$"""{ "file_type" : "OFD",  "digest":"{{await Small().ComputeSha256Async(Ct)}}" }""";
        await client.Uploads.ImageAsync(Small(), meta, cancellationToken: Ct);
        var request = Assert.Single(api.Requests);
        Assert.Contains("\r\n\r\n" + meta + "\r\n--", request.Text, StringComparison.Ordinal);
        Assert.Contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", meta, StringComparison.Ordinal);
        SignedCallTests.AssertSigned(request with { Body = Encoding.UTF8.GetBytes(meta) });
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("""{"a":"😀"}""")]
    public async Task A_meta_that_is_no_object_is_refused_before_anything_is_sent(string meta)
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        await Assert.ThrowsAsync<ArgumentException>(nameof(meta), () => client.Uploads.ImageAsync(Small(), meta, cancellationToken: Ct));
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task Declared_members_of_meta_are_completed_with_name_and_hash()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        await client.Uploads.FormAsync(new() { File = Small(), Meta = new() { ItemId = "I-1", Phone = "13800138000" }, Note = "n" }, Ct);
        await client.Uploads.FormAsync(new() { File = Small(), Meta = new() { FileDigest = "own" } }, Ct);
        await client.Uploads.FormAsync(new() { File = Small() }, Ct);

        var first = MetaOf(api.Requests[0]);
        using (var json = JsonDocument.Parse(first))
        {
            Assert.Equal(["item_id", "phone", "file_name", "file_digest"], json.RootElement.EnumerateObject().Select(member => member.Name));
            Assert.NotEqual("13800138000", json.RootElement.GetProperty("phone").GetString());
        }

        Assert.Contains("; name=\"note\"\r\n\r\nn\r\n--", api.Requests[0].Text, StringComparison.Ordinal);
        Assert.Contains("; name=\"submission_file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nabc\r\n--", api.Requests[0].Text, StringComparison.Ordinal);
        Assert.Equal("""{"file_digest":"own","file_name":"a.png"}""", MetaOf(api.Requests[1]));
        Assert.Equal("""{"file_name":"a.png","file_digest":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}""", MetaOf(api.Requests[2]));
        Assert.All(api.Requests, request => SignedCallTests.AssertSigned(request with { Body = Encoding.UTF8.GetBytes(MetaOf(request)) }));
    }

    [Fact]
    public async Task Without_a_file_nothing_is_sent()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        await Assert.ThrowsAsync<ArgumentException>("file", () => client.Uploads.ImageAsync(null!, cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => client.Uploads.FormAsync(null, Ct));
        Assert.Empty(api.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\".png")]
    [InlineData("a\r\nX: y.png")]
    [InlineData("dir/a.png")]
    [InlineData("dir\\a.png")]
    [InlineData("😀.png")]
    public void A_name_that_would_be_more_than_a_name_is_refused(string name)
        => Assert.ThrowsAny<ArgumentException>(() => WeChatPayFile.FromBytes(default, name));

    [Theory]
    [InlineData("image/png\r\nX: y")]
    [InlineData("png")]
    public void A_media_type_that_is_none_is_refused(string type)
        => Assert.Throws<ArgumentException>("contentType", () => WeChatPayFile.FromBytes(default, "a", type));

    [Fact]
    public void An_upload_is_no_json_document()
    {
        using var writer = new Utf8JsonWriter(new MemoryStream());
        var converter = new Serialization.RequestJsonConverter<MediaRequest>();
        Assert.Throws<NotSupportedException>(() => converter.Write(writer, new() { File = Small() }, JsonSerializerOptions.Default));
    }

    internal static WeChatPayFile Small() => WeChatPayFile.FromBytes("abc"u8.ToArray(), "a.png");

    internal static string MetaOf(Received request)
    {
        const string Before = "Content-Type: application/json\r\n\r\n";
        var start = request.Text.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return request.Text[start..request.Text.IndexOf("\r\n--", start, StringComparison.Ordinal)];
    }

    private static byte[] FileOf(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body);
        const string Before = "Content-Type: image/png\r\n\r\n";
        var start = text.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return body[start..text.LastIndexOf("\r\n--TESTONLYboundary--", StringComparison.Ordinal)];
    }
}
