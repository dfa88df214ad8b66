using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Short ways to make and read spec files.</summary>
internal static class Spec
{
    public static SpecReadResult Read(string text, string path = "specs/sample.md", RequiredMembers required = RequiredMembers.Declared)
        => SpecReader.Read(path, text, new SpecReaderOptions { RequiredMembers = required }, TestContext.Current.CancellationToken);

    /// <summary>A page with one fence.</summary>
    public static string Page(string declarations, string frontMatter = "title: Sample\noptionality: declared")
        => "---\n" + frontMatter + "\n---\n\n# {{ $frontmatter.title }} {#post}\n\n```ts\n" + declarations + "\n```\n";

    /// <summary>Reads a page and expects no diagnostic at all.</summary>
    public static SpecFile Clean(string text, string path = "specs/sample.md", RequiredMembers required = RequiredMembers.Declared)
    {
        var result = Read(text, path, required);
        Assert.Empty(result.Diagnostics.Select(d => d.ToString()));
        return result.File;
    }

    /// <summary>The one operation that the declarations make, without a diagnostic.</summary>
    public static Operation Operation(string declarations, string frontMatter = "title: Sample\noptionality: declared")
        => Assert.Single(Clean(Page(declarations, frontMatter)).Operations);

    /// <summary>A POST with these members in its body.</summary>
    public static string Body(string members) => Post("export interface JsonDataRequest {\n" + members + "\n}");

    /// <summary>A POST with these interfaces.</summary>
    public static string Post(string interfaces, string path = "V3.Sample") => "namespace WeChatPay.OpenAPI." + path + ".PostHttpMethod {\n" + interfaces + "\n}";

    public static Member Member(string member, string more = "") => Assert.Single(Operation(Body(member) + "\n" + more).Body.Members);

    /// <summary>A member whose type gives the diagnostic with this id, and nothing else.</summary>
    public static Member MemberWith(string id, string member, string more = "")
    {
        var result = Read(Page(Body(member) + "\n" + more));
        Assert.Equal([id], result.Diagnostics.Select(d => d.Descriptor.Id));
        return Assert.Single(Assert.Single(result.File.Operations).Body.Members);
    }

    public static string[] Ids(SpecReadResult result) => [.. result.Diagnostics.Select(d => d.Descriptor.Id)];

    public static SpecDiagnostic Only(SpecReadResult result) => Assert.Single(result.Diagnostics);

    /// <summary>The text that a diagnostic points at.</summary>
    public static string Marked(string text, SpecDiagnostic diagnostic) => text.Substring(diagnostic.Range.Start, diagnostic.Range.Length);

    /// <summary>A type in one line, for tables of expectations.</summary>
    public static string Show(TypeReference? type) => type switch
    {
        ScalarType { Kind: ScalarKind.Time } time => "Time " + time.TimeFormat + (time.IsNumberOnWire ? " number" : ""),
        ScalarType scalar => scalar.Kind.ToString(),
        ListType list => "List of " + Show(list.Element),
        ObjectType { Shape: var shape } => shape.TypeName + " { " + string.Join(", ", shape.Members.Select(m => m.WireName + ": " + Show(m.Type))) + " }",
        EnumerationType { Enumeration: var enumeration } => enumeration.TypeName + " (" + string.Join(", ", enumeration.Literals.Select(l => l.MemberName + "=" + l.WireValue)) + ")",
        SharedType shared => "Shared " + shared.Name,
        SharedEnumerationType shared => "Enumeration " + shared.Name,
        _ => "none",
    };
}
