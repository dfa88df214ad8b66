using System.Net;
using System.Net.Http;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>Forms that hardly a document has, and that are generated all the same: several files, XML answers of APIv3, base addresses with a path.</summary>
public sealed class RareFormTests : IDisposable
{
    private const string Code = """"
        using System;
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using WeChatPay;
        using WeChatPay.V3.Library;

        public static class Program
        {
            public static WeChatPayClientBase Create(WeChatPayOptions options, HttpMessageHandler handler) => new WeChatPayClient(options, handler);

            private static string Status(WeChatPayResponse answer) => $"{answer.Http.Status}";

            public static async Task<string> Pair(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new PairPostRequest { Meta = """{"a":1}""", Front = WeChatPayFile.FromBytes(new byte[] { 97 }, "a.png"), Back = WeChatPayFile.FromBytes(new byte[] { 98 }, "b.png") };
                return Status(await ((WeChatPayClient)client).V3.Library.Pair.PostAsync(request, cancellationToken: cancellationToken));
            }

            public static async Task<string> Either(WeChatPayClientBase client, CancellationToken cancellationToken)
                => Status(await ((WeChatPayClient)client).V3.Library.Either.PostAsync(new EitherPostRequest { File = WeChatPayFile.FromBytes(new byte[] { 97 }, "a.png") }, cancellationToken: cancellationToken));

            public static async Task<string> Neither(WeChatPayClientBase client, CancellationToken cancellationToken)
                => Status(await ((WeChatPayClient)client).V3.Library.Either.PostAsync(new EitherPostRequest(), cancellationToken: cancellationToken));

            public static async Task<string> Fields(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new FieldsPostRequest
                {
                    Meta = """{"a":1}""", Tags = new[] { "x", "y" }, Book = new() { Name = "b" }, Count = 3, Price = 1.5m, Reader = "张三",
                    Any = JsonDocument.Parse("[1]").RootElement, Side = new FieldsPostRequestSide[] { FieldsPostRequestSide.Outer }, ReadTime = "2024-10-15T10:00:00+08:00",
                };
                return Status(await ((WeChatPayClient)client).V3.Library.Fields.PostAsync(request, cancellationToken: cancellationToken));
            }

            public static async Task<string> Xml(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V3.Library.Xml.PostAsync(new() { Id = "1" }, cancellationToken: cancellationToken)).Name!;

            public static async Task<string> Unsigned(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V3.Library.Unsigned.GetAsync(cancellationToken: cancellationToken)).Name!;

            public static async Task<string> Secure(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V3.Library.Secure.PostAsync(new() { Id = "1" }, cancellationToken: cancellationToken)).Name!;

            public static async Task<string> SecureGet(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V3.Library.SecureGet.GetAsync(cancellationToken: cancellationToken)).Name!;

            public static async Task<string> Archive(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V3.Library.Archive.GetAsync(cancellationToken: cancellationToken)).Name!;

            public static async Task<string> Port(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V3.Library.Port.GetAsync(cancellationToken: cancellationToken)).Name!;

            public static async Task<string> Plain(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V3.Library.Plain.GetAsync(cancellationToken: cancellationToken)).Name!;

            public static Task<string> Page(WeChatPayClientBase client, CancellationToken cancellationToken)
                => Task.FromResult(((WeChatPayClient)client).V3.Library.Page.ByPageNo("p 1").GetUri().AbsoluteUri + " " + ((WeChatPayClient)client).V3.Library.Welcome.GetUri(new WelcomeGetRequest { A = "b" }).AbsoluteUri);
        }
        """";

    private const string Name = "export interface WellformedResponse { name: string }";

    private static readonly SpecText[] Specs =
    [
        Spec("pair", "Post", "export interface BinaryDataRequest { meta: string; front: ReadStream; back: ReadStream }"),
        Spec("either", "Post", "export interface BinaryDataRequest { file?: ReadStream; scan_file?: ReadStream }"),
        Spec("fields", "Post", """
            export interface BinaryDataRequest {
              meta: {}[]
              tags: string[]
              book: { name: string }
              count: number
              /** @format decimal */
              price: number
              /** @encrypted */
              reader: string
              any: {}
              side: ('INNER' | 'OUTER')[]
              read_time: string | Date
            }
            """),
        Spec("xml", "Post", "export interface JsonDataRequest { id: string }\n" + Name, "@response xml"),
        Spec("unsigned", "Get", Name, "@unsigned"),
        Spec("secure", "Post", "export interface JsonDataRequest { id: string }\nexport interface RequestConfig { security: true }\n" + Name),
        Spec("secureGet", "Get", "export interface RequestConfig { security: true }\n" + Name),
        Spec("archive", "Get", "export interface RequestConfig { baseURL: 'https://fraud.mch.weixin.qq.com/hk/a%20b/' }\n" + Name),
        Spec("port", "Get", "export interface RequestConfig { baseURL: 'https://fraud.mch.weixin.qq.com:8443' }\n" + Name),
        Spec("plain", "Get", "export interface RequestConfig { baseURL: 'http://fraud.mch.weixin.qq.com/' }\n" + Name),
        Spec("page._page_no_", "Get", "export interface RequestConfig { page_no: string }\nexport interface WellformedResponse { ignored: { a: string } }", "@response redirect"),
        Spec("welcome", "Get", "export interface RequestConfig { params: { a: string } }", "@response redirect"),
    ];

    private static readonly CompiledProgram Program = new(Load);

    private readonly Gateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Two_files_travel_in_the_order_of_the_document()
    {
        (_gateway.Status, _gateway.Answer, _gateway.SignedPart) = (HttpStatusCode.NoContent, "", _ => """{"a":1}""");
        Assert.Equal("204", await CallAsync("Pair"));
        Assert.Contains("""
            {"a":1}
            --B
            Content-Disposition: form-data; name="front"; filename="a.png"
            Content-Type: image/png

            a
            --B
            Content-Disposition: form-data; name="back"; filename="b.png"
            Content-Type: image/png

            b
            --B--

            """.ReplaceLineEndings("\n"), Lines(), StringComparison.Ordinal);
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task One_of_two_files_is_enough_and_none_is_not()
    {
        const string Meta = """{"filename":"a.png","sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}""";
        (_gateway.Status, _gateway.Answer, _gateway.SignedPart) = (HttpStatusCode.NoContent, "", _ => Meta);
        Assert.Equal("204", await CallAsync("Either"));
        Assert.Contains(Meta, _gateway.Body, StringComparison.Ordinal);
        Assert.True(_gateway.IsSignatureRight);
        await Assert.ThrowsAsync<ArgumentException>(() => CallAsync("Neither"));
    }

    [Fact]
    public async Task Parts_of_any_type_and_no_file()
    {
        (_gateway.Status, _gateway.Answer, _gateway.SignedPart) = (HttpStatusCode.NoContent, "", _ => """{"a":1}""");
        Assert.Equal("204", await CallAsync("Fields"));
        var reader = Lines().Split("name=\"reader\"\n\n")[1].Split('\n')[0];
        Assert.Equal("张三", Gateway.Decrypt(reader));
        var parts = string.Join('|', Lines().Split("--B\nContent-Disposition: form-data; ").Skip(2).Select(part => part.Trim().Replace("\n\n", "=", StringComparison.Ordinal)));
        Assert.Equal(
            $"name=\"tags\"=x|name=\"tags\"=y|name=\"book\"={{\"name\":\"b\"}}|name=\"count\"=3|name=\"price\"=1.5|name=\"reader\"={reader}|name=\"any\"=[1]|name=\"side\"=OUTER|name=\"read_time\"=2024-10-15T10:00:00+08:00\n--B--",
            parts);
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task XML_of_APIv3_is_signed_in_its_headers()
    {
        _gateway.Answer = "<xml><return_code>SUCCESS</return_code><name>n</name></xml>";
        Assert.Equal("n", await CallAsync("Xml"));
        Assert.True(_gateway.IsSignatureRight);
        _gateway.IsAnswerSigned = false;
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync("Xml"));
    }

    [Fact]
    public async Task An_answer_that_the_document_calls_unsigned()
    {
        (_gateway.Answer, _gateway.IsAnswerSigned) = ("""{"name":"n"}""", false);
        Assert.Equal("n", await CallAsync("Unsigned"));
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync("Secure"));
    }

    [Theory]
    [InlineData("Secure", """{"id":"1"}""")]
    [InlineData("SecureGet", null)]
    public async Task A_client_certificate_with_any_body(string name, string? body)
    {
        _gateway.Answer = """{"name":"n"}""";
        Assert.Equal("n", await CallAsync(name));
        Assert.Equal(body, _gateway.Body);
        Assert.True(_gateway.IsSignatureRight);
    }

    [Theory]
    [InlineData("Archive", null, "https://fraud.mch.weixin.qq.com/hk/a%20b/v3/library/archive")]
    [InlineData("Archive", "http://127.0.0.1:5999/", "http://127.0.0.1:5999/hk/a%20b/v3/library/archive")]
    [InlineData("Plain", null, "https://fraud.mch.weixin.qq.com/v3/library/plain")]
    [InlineData("Port", "http://127.0.0.1:5999/", "http://127.0.0.1:5999/v3/library/port")]
    public async Task A_base_address_of_its_own(string name, string? baseAddress, string address)
    {
        _gateway.Answer = """{"name":"n"}""";
        Assert.Equal("n", await CallAsync(name, baseAddress));
        Assert.Equal(address, _gateway.Address!.AbsoluteUri);
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task A_port_that_is_none_of_the_API_is_not_gone_to()
    {
        var error = await Assert.ThrowsAsync<WeChatPayTransportException>(() => CallAsync("Port"));
        Assert.Equal((WeChatPayTransportFailure.HostRefused, WeChatPayOutcome.NotSent), (error.Reason, error.Outcome));
    }

    [Fact]
    public async Task A_page_of_APIv3_is_an_address_without_signature()
        => Assert.Equal("https://api.mch.weixin.qq.com/v3/library/page/p%201 https://api.mch.weixin.qq.com/v3/library/welcome?a=b", await CallAsync("Page"));

    private static SpecText Spec(string path, string verb, string declarations, string tags = "")
    {
        var segments = string.Join('.', path.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        var route = path.Replace("._page_no_", "/{page_no}", StringComparison.Ordinal).Replace("secureGet", "secure-get", StringComparison.Ordinal);
        return SpecText.Project(
            $"openapi/v3/library/{route}.md",
            $"---\noptionality: declared\n---\n\n# Sample {{#{verb.ToLowerInvariant()}}}\n\n```ts\n{(tags.Length == 0 ? "" : $"/** {tags} */\n")}namespace WeChatPay.OpenAPI.V3.Library.{segments}.{verb}HttpMethod {{\n{declarations.ReplaceLineEndings("\n")}\n}}\n```\n");
    }

    /// <summary>The body with its boundary as B and lines of one character.</summary>
    private string Lines()
    {
        var boundary = _gateway.Body![2.._gateway.Body!.IndexOf('\r', StringComparison.Ordinal)];
        return _gateway.Body.Replace(boundary, "B", StringComparison.Ordinal).ReplaceLineEndings("\n");
    }

    private Task<string> CallAsync(string name, string? baseAddress = null)
        => Program.CallAsync(name, CompiledProgram.At(baseAddress is null ? null : new(baseAddress)), _gateway);

    private static GeneratorHarness Load()
    {
        var harness = GeneratorHarness.Run(Specs, code: Code);
        Assert.Empty(harness.Diagnostics);
        return harness;
    }
}
