using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Problems of a file as a whole and of what it declares.</summary>
public sealed class FileDiagnosticTests
{
    private static readonly string Body = Spec.Body("a: string");

    [Fact]
    public void Front_matter_that_is_no_YAML_is_an_error_at_its_line()
    {
        var text = Spec.Page(Body, "title: ok\ndescription: a: b: [c");
        var result = Spec.Read(text);
        var diagnostic = Spec.Only(result);
        Assert.Equal(("WXP0006", SpecSeverity.Error, 2), (diagnostic.Descriptor.Id, diagnostic.Descriptor.Severity, diagnostic.Range.StartLine));
        Assert.Equal("ok", result.File.Title);
        Assert.Single(result.File.Operations);
    }

    [Theory]
    [InlineData("title: T\nhead:\n  - [meta, { name: x }]\n  - a: b\noptionality: declared")]
    [InlineData("'title': \"T\"\nnested: { optionality: no, title: x }\noptionality: 'declared'")]
    [InlineData("optionality: declared # trusted\ntitle: >-\n  T\ntitle: again")]
    [InlineData("other: &a x\nlist: [*a, *a]\ntitle: T\noptionality: declared")]
    public void Other_YAML_is_passed_over(string frontMatter)
    {
        var file = Spec.Clean(Spec.Page(Body, frontMatter));
        Assert.Equal("T", file.Title);
        Assert.True(file.Operations[0].Body.Members[0].IsRequired);
    }

    [Fact]
    public void An_unknown_optionality_is_a_warning_at_its_value()
    {
        var text = Spec.Page(Body, "title: T\noptionality: yes");
        var diagnostic = Spec.Only(Spec.Read(text));
        Assert.Equal("WXP0007", diagnostic.Descriptor.Id);
        Assert.Equal("yes", Spec.Marked(text, diagnostic));
    }

    [Fact]
    public void An_open_fence_is_a_warning_at_its_marks()
    {
        var text = "# x {#post}\n\n```ts\n" + Body;
        var result = Spec.Read(text);
        var diagnostic = Spec.Only(result);
        Assert.Equal(("WXP0005", 2, 0), (diagnostic.Descriptor.Id, diagnostic.Range.StartLine, diagnostic.Range.StartCharacter));
        Assert.Single(result.File.Operations);
    }

    [Theory]
    [InlineData("HeadHttpMethod")]
    [InlineData("postHttpMethod")]
    [InlineData("HttpMethod")]
    public void An_unknown_verb_is_an_error(string name)
    {
        var text = Spec.Page("namespace WeChatPay.OpenAPI.V3.A." + name + " { interface JsonDataRequest { a: string } }");
        var result = Spec.Read(text);
        Assert.Equal("WXP0020", Spec.Only(result).Descriptor.Id);
        Assert.Equal(name, Spec.Marked(text, Spec.Only(result)));
        Assert.Empty(result.File.Operations);
    }

    [Theory]
    [InlineData("WeChatPay.OpenApi.V3.A.PostHttpMethod")]
    [InlineData("WeChatPay.OpenAPI.V3.A.PostHttpMethd")]
    [InlineData("WeChatPay.Webhook.V3.A.B")]
    [InlineData("WeChatPay.Webhook.V4.A")]
    [InlineData("WeChatPay.Model")]
    public void A_namespace_that_declares_nothing_is_a_warning(string name)
    {
        var text = Spec.Page("namespace " + name + " { interface JsonDataRequest { a: string } }");
        var diagnostic = Spec.Only(Spec.Read(text));
        Assert.Equal("WXP0021", diagnostic.Descriptor.Id);
        Assert.Equal(name, Spec.Marked(text, diagnostic));
    }

    [Theory]
    [InlineData("WeChatPay.OpenAPI.PostHttpMethod", "")]
    [InlineData("WeChatPay.OpenAPI.V2.PostHttpMethod", "")]
    [InlineData("WeChatPay.OpenAPI._a_.PostHttpMethod", "")]
    [InlineData("WeChatPay.OpenAPI.V3.A.PostHttpMethod", "/** @path v3/a */")]
    [InlineData("WeChatPay.OpenAPI.V3.A.PostHttpMethod", "/** @path /v3//a */")]
    [InlineData("WeChatPay.OpenAPI.V3.A.PostHttpMethod", "/** @path /v3/{a-b} */")]
    [InlineData("WeChatPay.OpenAPI.V3.A.PostHttpMethod", "/** @path /v3/a?b=c */")]
    [InlineData("WeChatPay.OpenAPI.V3.A.PostHttpMethod", "/** @path */")]
    public void A_path_that_cannot_be_built_is_an_error(string name, string tag)
        => Assert.Equal(["WXP0022"], Spec.Ids(Spec.Read(Spec.Page(tag + "\nnamespace " + name + " { }"))));

    [Theory]
    [InlineData("specs/openapi/v3/sample.md", true)]
    [InlineData("specs\\openapi\\v3\\sample.md", true)]
    [InlineData("openapi/v3/sample.md", true)]
    [InlineData("/x/openapi/y/openapi/v3/sample.md", true)]
    [InlineData("specs/sample.md", true)]
    [InlineData("specs/openapi/v3/other.md", false)]
    [InlineData("specs/openapi/v3/sample/index.md", false)]
    public void The_place_of_a_file_is_compared_with_its_path(string path, bool fits)
    {
        var text = Spec.Page(Body);
        var result = Spec.Read(text, path);
        Assert.Equal(fits ? [] : ["WXP0023"], Spec.Ids(result));
        Assert.Equal("/v3/sample", Assert.Single(result.File.Operations).PathTemplate);
        if (!fits) Assert.Equal("WeChatPay.OpenAPI.V3.Sample.PostHttpMethod", Spec.Marked(text, result.Diagnostics[0]));
    }

    [Theory]
    [InlineData("specs/openapi/v3/a/{x_y}.md", "V3.A._x_y_")]
    [InlineData("specs/openapi/v3/a/index.md", "V3.A._empty_")]
    [InlineData("specs/openapi/v2/pay/a.md", "V2.Pay.A")]
    [InlineData("specs/openapi/hk/v3/a.md", "Hk.V3.A")]
    public void Places_of_all_kinds_fit(string path, string name) => Spec.Clean(Spec.Page("namespace WeChatPay.OpenAPI." + name + ".PostHttpMethod { }"), path);

    [Fact]
    public void An_operation_declared_twice_is_reported_at_both_places_and_the_first_wins()
    {
        var text = Spec.Page(Spec.Body("first: string") + "\n" + Spec.Body("second: string"));
        var result = Spec.Read(text);
        Assert.Equal(["WXP0024", "WXP0024"], Spec.Ids(result));
        Assert.All(result.Diagnostics, d => Assert.Equal("WeChatPay.OpenAPI.V3.Sample.PostHttpMethod", Spec.Marked(text, d)));
        Assert.Contains("line 14, column 11", result.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("line 9, column 11", result.Diagnostics[1].Message, StringComparison.Ordinal);
        Assert.Equal("first", Assert.Single(result.File.Operations).Body.Members[0].WireName);
        Assert.Single(result.Declarations);
    }

    [Fact]
    public void Two_paths_with_one_type_name_are_an_error_at_both_places()
    {
        var result = Spec.Read(Spec.Page(Spec.Post("", "V3.A_b") + "\n" + Spec.Post("", "V3.AB")));
        Assert.Equal(["WXP0025", "WXP0025"], Spec.Ids(result));
        Assert.Equal("POST /v3/a_b", Assert.Single(result.File.Operations).Key);
    }

    [Fact]
    public void A_member_declared_twice_is_reported()
    {
        var text = Spec.Page(Spec.Body("a: string\nb: number\na: number"));
        var result = Spec.Read(text);
        Assert.Equal("WXP0035", Spec.Only(result).Descriptor.Id);
        Assert.Equal(12, Spec.Only(result).Range.StartLine);
        Assert.Equal(["Text", "Integer"], result.File.Operations[0].Body.Members.Select(m => Spec.Show(m.Type)));
    }

    [Theory]
    [InlineData("interface jsonDataRequest { a: string }")]
    [InlineData("interface WellFormedResponse { a: string }")]
    public void A_misspelt_interface_is_reported(string text) => Assert.Equal(["WXP0027"], Spec.Ids(Spec.Read(Spec.Page(Spec.Post(text)))));

    [Theory]
    [InlineData("type JsonDataRequest = string")]
    [InlineData("type WellformedResponse = { a: string }[]")]
    [InlineData("interface RequestConfig { params: string }")]
    public void A_root_must_be_an_object(string text) => Assert.Equal(["WXP0034"], Spec.Ids(Spec.Read(Spec.Page(Spec.Post(text)))));

    [Fact]
    public void An_unknown_base_is_reported_and_the_own_members_stay()
    {
        var result = Spec.Read(Spec.Page(Spec.Post("interface JsonDataRequest extends Common { a: string }")));
        Assert.Equal(["WXP0030"], Spec.Ids(result));
        Assert.Equal(["a"], result.File.Operations[0].Body.Members.Select(m => m.WireName));
    }

    [Fact]
    public void A_redirect_of_another_verb_than_GET_is_not_supported()
    {
        var result = Spec.Read(Spec.Page("/** @response redirect */\n" + Body));
        Assert.Equal(("WXP0052", SpecSeverity.Info), (Spec.Only(result).Descriptor.Id, Spec.Only(result).Descriptor.Severity));
        Assert.Empty(result.File.Operations);
    }

    [Fact]
    public void A_type_nested_too_deeply_is_an_error_and_the_rest_is_read()
    {
        var deep = string.Concat(Enumerable.Repeat("{ x: ", 100)) + "string" + string.Concat(Enumerable.Repeat(" }", 100));
        var result = Spec.Read(Spec.Page(Spec.Body("a: string\nb: " + deep + "\nc: string")));
        Assert.Equal(["WXP0004"], Spec.Ids(result));
        Assert.Equal(["a", "b", "c"], result.File.Operations[0].Body.Members.Select(m => m.WireName));
    }

    [Fact]
    public void Prose_beyond_measure_is_an_error_only_beside_a_spec()
    {
        var prose = string.Concat(Enumerable.Repeat("many words\n", 20_000)) + "\n";
        Assert.Equal(["WXP0009"], Spec.Ids(Spec.Read(prose + Spec.Page(Body))));
        Assert.Empty(Spec.Read(prose + "namespace WeChatPay. is only mentioned").Diagnostics);
    }

    [Fact]
    public void Interfaces_that_double_are_cut_with_an_error()
    {
        var interfaces = string.Join("\n", Enumerable.Range(1, 30).Select(i => "interface X" + i + " { a: X" + (i - 1) + "; b: X" + (i - 1) + " }")) + "\ninterface X0 { a: string }";
        var result = Spec.Read(Spec.Page(Spec.Body("a: X30") + "\n" + interfaces));
        Assert.Equal(["WXP0033"], Spec.Ids(result));
    }

    [Fact]
    public void A_cancelled_reading_throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => SpecReader.Read("a.md", Spec.Page(Body), null, source.Token));
    }

    [Fact]
    public void Ids_are_unique_and_every_message_can_be_formatted()
    {
        var descriptors = typeof(SpecDiagnostics).GetFields().Select(f => f.GetValue(null)).OfType<SpecDiagnosticDescriptor>().ToList();
        Assert.NotEmpty(descriptors);
        Assert.Equal(descriptors.Count, descriptors.Select(d => d.Id).Distinct().Count());
        Assert.All(descriptors, d =>
        {
            Assert.Matches("^WXP00[0-9][0-9]$", d.Id);
            var message = new SpecDiagnostic { Descriptor = d, Path = "a", Range = default, Arguments = new EquatableArray<string>(["0", "1", "2", "3"]) }.Message;
            Assert.DoesNotContain('{', message.Replace("${", "", StringComparison.Ordinal));
        });
    }
}
