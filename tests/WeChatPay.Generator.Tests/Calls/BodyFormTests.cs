using System.Net;
using System.Net.Http;
using WeChatPay.Generator.Tests.Diagnostics;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>Files, bodies of a DELETE, and hosts of their own: from the spec to the bytes on the wire.</summary>
public sealed class BodyFormTests : IDisposable
{
    private const string Sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private const string Code = """
        using System;
        using System.IO;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using WeChatPay;
        using WeChatPay.V3.Library;
        using WeChatPay.V3.Library.Covers;
        using WeChatPay.V3.Library.Loans;

        public static class Program
        {
            public static WeChatPayClientBase Create(WeChatPayOptions options, HttpMessageHandler handler) => new WeChatPayClient(options, handler);

            public static async Task<string> Upload(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                using var stream = new MemoryStream(new byte[] { 97, 98, 99 });
                var request = new UploadPostRequest { File = WeChatPayFile.FromStream(stream, "cover.png") };
                UploadPostResponse answer = await ((WeChatPayClient)client).V3.Library.Covers.Upload.PostAsync(request, cancellationToken: cancellationToken);
                return answer.MediaId!;
            }

            public static async Task<string> UploadWithMeta(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var file = WeChatPayFile.FromBytes(new byte[] { 97, 98, 99 }, "cover.png");
                var request = new UploadPostRequest { Meta = $"{{\"digest\":\"{await file.ComputeSha256Async(cancellationToken)}\"}}", File = file };
                return (await ((WeChatPayClient)client).V3.Library.Covers.Upload.PostAsync(request, cancellationToken: cancellationToken)).MediaId!;
            }

            public static async Task<string> Scan(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new ScanPostRequest
                {
                    Meta = new() { Kind = ScanPostRequestMetaKind.Back, Reader = "张三" },
                    ScanFile = WeChatPayFile.FromBytes(new byte[] { 97, 98, 99 }, "scan.pdf"),
                    Note = "n",
                    Side = ScanPostRequestSide.Inner,
                };
                WeChatPayResponse answer = await ((WeChatPayClient)client).V3.Library.Covers.Scan.PostAsync(request, cancellationToken: cancellationToken);
                return $"{answer.Http.Status}";
            }

            public static async Task<string> Sm3(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new Sm3PutRequest { Meta = new() { Digest = "00", DigestAlogrithm = "SM3" }, File = WeChatPayFile.FromBytes(new byte[] { 97, 98, 99 }, "a.ofd") };
                WeChatPayResponse answer = await ((WeChatPayClient)client).V3.Library.Covers.Sm3.PutAsync(request, cancellationToken: cancellationToken);
                return $"{answer.Http.Status}";
            }

            public static async Task<string> Drop(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                WeChatPayResponse answer = await ((WeChatPayClient)client).V3.Library.Loans.ByLoanNo("L-1")
                    .DeleteAsync(new LoansByLoanNoDeleteRequest { Reason = "lost", Fee = new() { Total = 5 } }, cancellationToken: cancellationToken);
                return $"{answer.Http.Status}";
            }

            public static async Task<string> Risk(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V3.Library.Risk.PostAsync(new() { Id = "I-1" }, cancellationToken: cancellationToken)).Id!;
        }
        """;

    private static readonly SpecText[] Specs =
    [
        SpecText.Project("openapi/v3/library/covers/upload.md", """
            ---
            title: 图片上传
            description: 上传封面
            ---

            # {{ $frontmatter.title }} {#post}

            ```js twoslash
            // @filename: virtual.ts
            /// <reference types="node" />
            import { AxiosRequestConfig, AxiosPromise } from 'axios'
            import { ReadStream } from 'fs'
            namespace WeChatPay.OpenAPI.V3.Library.Covers.Upload.PostHttpMethod {
              export interface BinaryDataRequest {
                /** 文件元信息 */
                meta: string
                /** 文件 */
                file: ReadStream
              }
              export interface RequestConfig extends AxiosRequestConfig {
                data?: BinaryDataRequest
              }
              export interface WellformedResponse {
                media_id: string
              }
            }
            namespace WeChatPay.OpenAPI.V3.Library.Covers {
              export interface Upload {
                (data: Upload.PostHttpMethod.BinaryDataRequest, config?: Upload.PostHttpMethod.RequestConfig): AxiosPromise<Upload.PostHttpMethod.WellformedResponse>
                post(data: Upload.PostHttpMethod.BinaryDataRequest, config?: Upload.PostHttpMethod.RequestConfig): AxiosPromise<Upload.PostHttpMethod.WellformedResponse>
              }
            }
            // @filename: business.js
            import { wxpay } from './virtual'
            ```
            """.ReplaceLineEndings("\n") + "\n"),
        Lean("covers/scan", "Covers.Scan", "Post", """
            export interface BinaryDataRequest {
              scan_file: ReadStream
              meta: {
                file_name: string
                file_digest: string
                kind: 'FRONT' | 'BACK'
                /** @encrypted */
                reader?: string
              }
              note?: string
              side: 'INNER' | 'OUTER'
            }
            """),
        Lean("covers/sm3", "Covers.Sm3", "Put", "export interface BinaryDataRequest { meta: { digest_alogrithm: 'SM3' | 'OTHER'; digest: string }; file: ReadStream }"),
        Lean("loans/{loan_no}", "Loans._loan_no_", "Delete", "export interface RequestConfig { loan_no: string; data?: { reason: string; fee?: { total: number } } }"),
        Lean("risk", "Risk", "Post", "export interface JsonDataRequest { id: string }\nexport interface RequestConfig { data?: JsonDataRequest; baseURL: 'https://fraud.mch.weixin.qq.com/' }", "id: string"),
    ];

    private static readonly CompiledProgram Program = new(Load);

    private readonly Gateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task A_file_with_the_meta_that_the_runtime_makes()
    {
        _gateway.Answer = """{"media_id":"M-1"}""";
        _gateway.SignedPart = Meta;

        Assert.Equal("M-1", await CallAsync("Upload"));

        Assert.Equal((HttpMethod.Post, "/v3/library/covers/upload"), (_gateway.Method, _gateway.PathAndQuery));
        Assert.Equal("application/json", _gateway.Headers["Accept"]);
        Assert.Equal($$"""{"filename":"cover.png","sha256":"{{Sha256OfAbc}}"}""", Meta(_gateway.Body!));
        Assert.EndsWith(
            $"\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cover.png\"\r\nContent-Type: image/png\r\n\r\nabc\r\n{_gateway.Body![.._gateway.Body!.IndexOf('\r', StringComparison.Ordinal)]}--\r\n",
            _gateway.Body,
            StringComparison.Ordinal);
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task A_file_with_a_meta_of_ones_own()
    {
        _gateway.Answer = """{"media_id":"M-1"}""";
        _gateway.SignedPart = Meta;
        await CallAsync("UploadWithMeta");
        Assert.Equal($$"""{"digest":"{{Sha256OfAbc}}"}""", Meta(_gateway.Body!));
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task A_file_with_a_declared_meta_and_parts_of_text()
    {
        (_gateway.Status, _gateway.Answer, _gateway.SignedPart) = (HttpStatusCode.NoContent, "", Meta);
        await CallAsync("Scan");
        var meta = System.Text.Json.Nodes.JsonNode.Parse(Meta(_gateway.Body!))!;
        Assert.Equal(("scan.pdf", Sha256OfAbc, "BACK"), ((string?)meta["file_name"], (string?)meta["file_digest"], (string?)meta["kind"]));
        Assert.Equal("张三", Gateway.Decrypt((string)meta["reader"]!));
        Assert.Contains("; name=\"note\"\r\n\r\nn\r\n", _gateway.Body, StringComparison.Ordinal);
        Assert.Contains("; name=\"side\"\r\n\r\nINNER\r\n", _gateway.Body, StringComparison.Ordinal);
        Assert.Contains("; name=\"scan_file\"; filename=\"scan.pdf\"\r\nContent-Type: application/pdf\r\n\r\nabc\r\n", _gateway.Body, StringComparison.Ordinal);
        Assert.True(_gateway.IsSignatureRight);
    }

    [Fact]
    public async Task A_hash_of_another_kind_is_left_to_the_caller()
    {
        (_gateway.Status, _gateway.Answer, _gateway.SignedPart) = (HttpStatusCode.NoContent, "", Meta);
        await CallAsync("Sm3");
        Assert.Equal("""{"digest_alogrithm":"SM3","digest":"00"}""", Meta(_gateway.Body!));
        Assert.Equal(HttpMethod.Put, _gateway.Method);
    }

    [Fact]
    public async Task Delete_with_a_body()
    {
        (_gateway.Status, _gateway.Answer) = (HttpStatusCode.NoContent, "");
        Assert.Equal("204", await CallAsync("Drop"));
        Assert.Equal((HttpMethod.Delete, "/v3/library/loans/L-1"), (_gateway.Method, _gateway.PathAndQuery));
        Assert.Equal("""{"reason":"lost","fee":{"total":5}}""", _gateway.Body);
        Assert.True(_gateway.IsSignatureRight);
    }

    [Theory]
    [InlineData("https://api.mch.weixin.qq.com/", "https://fraud.mch.weixin.qq.com/v3/library/risk")]
    [InlineData("http://127.0.0.1:5999/", "http://127.0.0.1:5999/v3/library/risk")]
    public async Task A_host_of_its_own(string baseAddress, string address)
    {
        _gateway.Answer = """{"id":"I-1"}""";
        Assert.Equal("I-1", await CallAsync("Risk", new(baseAddress)));
        Assert.Equal(address, _gateway.Address!.AbsoluteUri);
        Assert.True(_gateway.IsSignatureRight);
    }

    [Theory]
    [InlineData("RequestConfig { baseURL: '/hk/' }")]
    [InlineData("RequestConfig { baseURL: 'ftp://host.example/' }")]
    [InlineData("RequestConfig { baseURL: 'https://host.example/?a=b' }")]
    [InlineData("RequestConfig { baseURL: 'https://user@host.example/' }")]
    public void A_base_address_that_is_none_is_told_and_not_generated(string declaration)
    {
        var harness = GeneratorHarness.Run(Lean("other", "Other", "Post", "export interface " + declaration));
        Assert.Contains("is none that calls can be sent to", Assert.Single(harness.Diagnostics, item => item.Id == "WXP0113").Text(), StringComparison.Ordinal);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void A_host_may_be_named_by_a_tag()
    {
        var spec = Lean("risk", "Risk", "Post", "export interface JsonDataRequest { id: string }");
        var harness = GeneratorHarness.Run(SpecText.Project("openapi/v3/library/risk.md", spec.Content!.Replace("namespace ", "/** @host Fraud.mch.weixin.qq.com */\nnamespace ", StringComparison.Ordinal)));
        Assert.Empty(harness.Diagnostics);
        Assert.Contains("Host = \"fraud.mch.weixin.qq.com\"", harness.SourceOf("v3.library.risk"), StringComparison.Ordinal);
        harness.Compiled.EmitsClean();
    }

    [Theory]
    [InlineData("meta: WeChatPay.Models.Media", "w.MetaObject(\"meta\", Meta, null, null);")]
    [InlineData("meta: { filename: string; sha256: string; bank_type: string }", "w.MetaObject(\"meta\", Meta, \"filename\", \"sha256\");")]
    [InlineData("meta?: { company_mchid: string; digest: string; digest_algorithm: string }", "w.MetaObject(\"meta\", Meta, null, null);")]
    [InlineData("meta?: string", "w.Meta(\"meta\", Meta);")]
    [InlineData("", "w.File(\"file\", File);")]
    public void Forms_of_meta(string meta, string expected)
    {
        var harness = GeneratorHarness.Run(
            Lean("media", "Media", "Post", $"export interface BinaryDataRequest {{ {meta}\nfile?: ReadStream }}\nexport interface RequestConfig {{ headers: {{ 'Content-Type': 'multipart/form-data' }} }}"),
            SpecText.Project("models/media.md", "```ts\nnamespace WeChatPay.Models { export interface Media { filename: string; sha256: string } }\n```\n"));
        Assert.Empty(harness.Diagnostics);
        Assert.Contains(expected, harness.SourceOf("v3.library.media"), StringComparison.Ordinal);
        harness.Compiled.EmitsClean();
    }

    private static SpecText Lean(string path, string segments, string verb, string declarations, string response = "") => SpecText.Project(
        $"openapi/v3/library/{path}.md",
        $$"""
        ---
        title: Sample
        description: A sample.
        optionality: declared
        ---

        # Sample {#{{verb.ToLowerInvariant()}}}

        ```ts
        namespace WeChatPay.OpenAPI.V3.Library.{{segments}}.{{verb}}HttpMethod {
          {{declarations}}
          export interface WellformedResponse { {{response}} }
        }
        ```
        """.ReplaceLineEndings("\n") + "\n");

    private static string Meta(string body)
    {
        var start = body.IndexOf("; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n", StringComparison.Ordinal);
        start = body.IndexOf('{', start);
        return body[start..body.IndexOf("\r\n--", start, StringComparison.Ordinal)];
    }

    private Task<string> CallAsync(string name, Uri? baseAddress = null) => Program.CallAsync(name, CompiledProgram.At(baseAddress), _gateway);

    private static GeneratorHarness Load()
    {
        var harness = GeneratorHarness.Run(Specs, code: Code);
        Assert.Empty(harness.Diagnostics);
        return harness;
    }
}
