using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace WeChatPay.Generator.Tests.Diagnostics;

/// <summary>Problems inside a spec file: at their exact place, and never beyond the file.</summary>
public sealed class FileDiagnosticTests
{
    [Fact]
    public void A_syntax_error_stands_at_its_line_and_column_and_the_other_files_are_generated()
    {
        var content = Samples.Operation("Broken", "id string");
        var harness = GeneratorHarness.Run(SpecText.Project("openapi/v3/broken.md", content), Samples.Loans);

        var error = Assert.Single(harness.Diagnostics, item => item.Severity == DiagnosticSeverity.Error);
        var span = error.Location.GetLineSpan();
        Assert.StartsWith("WXP00", error.Id, StringComparison.Ordinal);
        Assert.Equal("/src/app/specs/openapi/v3/broken.md", span.Path);
        Assert.Equal(LocationKind.ExternalFile, error.Location.Kind);

        // Line 11 (of one-based lines) is "    id string": the place is behind the name.
        var text = SourceText.From(content);
        Assert.Equal(11, span.StartLinePosition.Line);
        Assert.Equal(span.StartLinePosition, text.Lines.GetLinePosition(error.Location.SourceSpan.Start));
        Assert.Equal("string", text.ToString(error.Location.SourceSpan));
        Assert.Contains("PostAsync", harness.SourceOf("v3.library.loans"), StringComparison.Ordinal);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void What_is_not_generated_is_told_at_its_namespace()
    {
        var content = Samples.Operation("Papay.Deduct").Replace(".V3.", ".V2.", StringComparison.Ordinal).Replace("PostHttpMethod {", "PostHttpMethod {\n  export interface RequestConfig { baseURL: 'https://user@host.example/' }", StringComparison.Ordinal);
        var harness = GeneratorHarness.Run(SpecText.Project("openapi/v2/papay/deduct.md", content));

        var warning = Assert.Single(harness.Diagnostics, item => item.Id == "WXP0113");
        Assert.Equal(DiagnosticSeverity.Warning, warning.Severity);
        Assert.Equal(9, warning.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Contains("is none that calls can be sent to", warning.Text(), StringComparison.Ordinal);
        Assert.Single(harness.Sources);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told()
    {
        var harness = GeneratorHarness.Run(SpecText.Project("openapi/v3/gone.md", null), Samples.Loans);
        var error = Assert.Single(harness.Diagnostics);
        Assert.Equal(("WXP0102", "/src/app/specs/openapi/v3/gone.md"), (error.Id, error.Location.GetLineSpan().Path));
        Assert.Equal(2, harness.Sources.Count);
    }

    public static TheoryData<string> Hostile =>
    [
        "",
        "\uFEFF",
        "---",
        "---\ntitle: [unclosed\n---\n",
        "# {{ $frontmatter.title }} {#post}\n",
        "```ts\n",
        "```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {",
        "```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { export interface JsonDataRequest { a: 'unclosed } }\n```",
        "```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { export interface JsonDataRequest { a: " + new string('{', 10_000) + " } }\n```",
        "```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { export interface JsonDataRequest { a: " + new string('(', 10_000) + "string } }\n```",
        "```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { export interface JsonDataRequest { a: string" + string.Concat(Enumerable.Repeat("[]", 10_000)) + " } }\n```",
        "```ts\n" + string.Concat(Enumerable.Repeat("namespace WeChatPay.", 5_000)) + "\n```",
        "```ts\nnamespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { export interface JsonDataRequest { \ud800: string; '\udc00': string } }\n```",
        "\0\u0001\u0002\u001b[31m```ts\nnamespace WeChatPay.\0\n```",
        string.Concat(Enumerable.Repeat("> ", 5_000)) + "x",
        string.Concat(Enumerable.Repeat("::: warning\n", 2_000)),
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Hostile_files_harm_nobody(string content)
    {
        var harness = GeneratorHarness.Run(SpecText.Project("openapi/v3/hostile.md", content), SpecText.Project("webhook/v3/HOSTILE.md", content), Samples.Loans);

        Assert.DoesNotContain(harness.Diagnostics, item => item.Id == "WXP0100");
        Assert.Contains("PostAsync", harness.SourceOf("v3.library.loans"), StringComparison.Ordinal);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void Random_bytes_harm_nobody()
    {
        var random = new Random(20);
        for (var i = 0; i < 20; i++)
        {
            var bytes = new byte[4096];
            random.NextBytes(bytes);
            var harness = GeneratorHarness.Run(SpecText.Project("openapi/v3/hostile.md", "```ts\nnamespace WeChatPay." + Encoding.UTF8.GetString(bytes)), Samples.Loans);
            Assert.DoesNotContain(harness.Diagnostics, item => item.Id == "WXP0100");
            Assert.True(harness.Sources.Count >= 2);
        }
    }

    [Fact]
    public void Text_of_a_spec_stays_inside_its_comment()
    {
        var evil = "*/ </summary> ]]> <![CDATA[ & < > \" \\ \u2028 public class Evil { } \u0085 #error";
        var content = Samples.Operation("Library.Loans", "/** " + evil.Replace("*/", "* /", StringComparison.Ordinal) + " */ id: 'a\\\"b\\\\c' | '\u2028'")
            .Replace("title: Sample", "title: '" + evil + "'", StringComparison.Ordinal)
            .Replace("description: A sample.", "description: '" + evil + "'", StringComparison.Ordinal);
        var harness = GeneratorHarness.Run(SpecText.Project("openapi/v3/library/loans.md", content));
        var compiled = harness.Compiled;
        compiled.EmitsClean();
        Assert.Empty(compiled.GetSymbolsWithName("Evil", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Names_that_mean_something_to_the_compiler_or_the_base_classes_compile()
    {
        string[] names =
        [
            "class", "switch", "http", "extra_properties", "equals", "get_type", "to_string", "get_hash_code", "memberwise_clone", "reference_equals", "finalize",
            "value", "r", "w", "read", "write", "write_body", "write_query", "1st", "_", "__", "$x", "数量", "a_b", "aB", "A-B", "request", "options",
            "post_response", "loans_post_request", "loans_post_response", "object", "string", "event_type", "original_type",
        ];
        var members = string.Join("\n", names.Select(name => $"'{name}': string") .Concat(names.Select(name => $"'o_{name}'?: {{ '{name}': '{name}' | 'value' | 'Equals' | '' | '1.0' | 'HMAC-SHA256' | 'to_string' }}")));
        var content = Samples.Operation("Library.Loans", members).Replace("id?: string", members, StringComparison.Ordinal);
        var harness = GeneratorHarness.Run(SpecText.Project("openapi/v3/library/loans.md", content));
        harness.Compiled.EmitsClean();
    }
}
