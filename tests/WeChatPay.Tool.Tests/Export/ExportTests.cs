using WeChatPay.Tool.Tests.Support;

namespace WeChatPay.Tool.Tests.Export;

public sealed class ExportTests
{
    [Fact]
    public void A_small_folder()
    {
        var command = Command.Run("spec", "export", "--format", "openapi", Places.Samples);
        Assert.Equal("", command.Error);
        Assert.Equal(0, command.ExitCode);
        Snapshot.Verify(command.Output);
    }

    [Fact]
    public void Another_culture_and_another_way_to_the_folder_change_nothing()
    {
        var expected = Command.Run("spec", "export", Places.Samples).Output;
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(expected, Command.Run("spec", "export", Path.GetRelativePath(Directory.GetCurrentDirectory(), Places.Samples)).Output);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_document_ends_lines_with_a_line_feed_and_has_no_byte_order_mark()
    {
        using var folder = new SpecFolder();
        var file = folder.Combine("openapi.json");
        Assert.Equal("", Command.Run("spec", "export", Places.Samples, "--output", file).Output);
        var bytes = File.ReadAllBytes(file);
        Assert.Equal((byte)'{', bytes[0]);
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.DoesNotContain((byte)'\r', bytes);
    }

    [Fact]
    public void Paths_that_differ_in_parameter_names_only_are_one_path_and_lose_no_operation()
    {
        static string Get(string name) => "namespace WeChatPay.OpenAPI.V3.Sample._" + name + "_.GetHttpMethod { export interface RequestConfig { " + name + ": string } export interface WellformedResponse {} }";
        using var folder = new SpecFolder()
            .Add("openapi/v3/sample/{a}.md", Get("a"), "# A {#get}")
            .Add("openapi/v3/sample/{b}.md", Get("b"), "# B {#get}");
        using var document = JsonDocument.Parse(Command.Run("spec", "export", folder.Path).Output);
        var path = Assert.Single(document.RootElement.GetProperty("paths").EnumerateObject());
        Assert.Equal("/v3/sample/{a}", path.Name);
        var other = Assert.Single(path.Value.GetProperty("get").GetProperty("x-wechatpay-alternatives").EnumerateArray());
        Assert.Equal("/v3/sample/{b}", other.GetProperty("x-wechatpay-path").GetString());
        Assert.Equal("a", other.GetProperty("parameters")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Forms_of_APIv2()
    {
        static string Operation(string name, string verb, string declarations) => "namespace WeChatPay.OpenAPI.V2.Sample." + name + "." + verb + "HttpMethod { " + declarations + " }";
        using var folder = new SpecFolder()
            .Add("openapi/v2/sample/find.md", Operation("Find", "Get", "interface RequestConfig { params: { a: string } } interface WellformedResponse { retcode: number }"), "# A {#get}")
            .Add("openapi/v2/sample/page.md", Operation("Page", "Get", "interface RequestConfig { params: { a: string } } interface WellformedResponse {}"), "# B {#get}")
            .Add("openapi/v2/sample/media.md", Operation("Media", "Post", "interface BinaryDataRequest { media: ReadStream; sign: string } interface RequestConfig { security: true } interface WellformedResponse { media_id: string }"), "# C {#post}");
        using var document = JsonDocument.Parse(Command.Run("spec", "export", folder.Path).Output);
        var paths = document.RootElement.GetProperty("paths");

        var find = paths.GetProperty("/sample/find").GetProperty("get");
        Assert.Equal(0, find.GetProperty("security").GetArrayLength());
        Assert.True(find.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty("application/json", out _));

        var page = paths.GetProperty("/sample/page").GetProperty("get");
        Assert.Equal("V2.Sample.Page.GetUri(request)", page.GetProperty("x-wechatpay-csharp-call").GetString());
        Assert.False(page.GetProperty("responses").GetProperty("200").TryGetProperty("content", out _));
        Assert.Equal(0, page.GetProperty("security").GetArrayLength());
        Assert.False(page.TryGetProperty("x-wechatpay-unsigned-answer", out _));

        var media = paths.GetProperty("/sample/media").GetProperty("post");
        Assert.True(media.GetProperty("requestBody").GetProperty("content").TryGetProperty("multipart/form-data", out _));
        Assert.True(media.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty("text/xml", out _));
        Assert.Equal("MerchantCertificate", Assert.Single(media.GetProperty("security")[0].EnumerateObject()).Name);
    }

    [Fact]
    public void An_error_in_a_file_ends_with_1_and_the_rest_is_exported()
    {
        using var folder = new SpecFolder()
            .Add("openapi/v3/bad.md", SpecFolder.Post("V3.Bad", "export interface JsonDataRequest {\n  name string\n}"))
            .Add("openapi/v3/good.md", SpecFolder.Post("V3.Good"));
        var command = Command.Run("spec", "export", folder.Path);
        Assert.Equal(1, command.ExitCode);
        Assert.Contains("error WXP0001", command.Error, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(command.Output);
        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty("/v3/good", out _));
    }

    [Fact]
    public void A_file_that_cannot_be_written_ends_with_2()
    {
        var command = Command.Run("spec", "export", Places.Samples, "-o", Places.Samples);
        Assert.Equal(2, command.ExitCode);
        Assert.Contains("cannot be written", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_an_empty_document()
    {
        using var folder = new SpecFolder().AddText("README.md", "# Nothing\n");
        using var document = JsonDocument.Parse(Command.Run("spec", "export", folder.Path, "--title", "Mine", "--document-version", "2.1").Output);
        Assert.Empty(document.RootElement.GetProperty("paths").EnumerateObject());
        Assert.Equal("Mine", document.RootElement.GetProperty("info").GetProperty("title").GetString());
        Assert.Equal("2.1", document.RootElement.GetProperty("info").GetProperty("version").GetString());
    }
}
