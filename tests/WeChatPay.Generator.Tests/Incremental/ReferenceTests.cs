using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Incremental;

/// <summary>Referenced assemblies are looked at one by one, as files and as the projects of a solution, and never again while they stay.</summary>
public sealed class ReferenceTests
{
    private static readonly TestOptions Internal = new(("WeChatPayAccessibility", "internal"));

    /// <summary>The form in which a compiler on the command line and an editor hand the client of another project over.</summary>
    public enum Form
    {
        File,
        Project,
    }

    [Fact]
    public void Typing_looks_into_no_reference()
    {
        var harness = GeneratorHarness.Run(Samples.Loans);
        harness.EditCode("class Program { void M() { } }");
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.References));
        Assert.Equal("1 Unchanged", harness.Reasons(TrackingNames.Facts));
    }

    [Theory]
    [InlineData(Form.File)]
    [InlineData(Form.Project)]
    public void A_client_in_a_reference_stops_the_code_until_it_is_gone(Form form)
    {
        var harness = GeneratorHarness.Run(Samples.Loans, Samples.Readers);
        var names = harness.Sources.Keys;

        harness.SetReferences(With(form, Client(null)));
        Assert.Equal("WXP0107", Assert.Single(harness.Diagnostics).Id);
        Assert.Contains("'Contoso.Client'", harness.Diagnostics[0].Text(), StringComparison.Ordinal);
        Assert.Empty(harness.Sources);
        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.Loaded));

        harness.SetReferences(References.Net100);
        Assert.Empty(harness.Diagnostics);
        Assert.Equal(names, harness.Sources.Keys);
        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.Loaded));
    }

    [Theory]
    [InlineData(Form.File)]
    [InlineData(Form.Project)]
    public void An_internal_client_counts_for_its_friends_only(Form form)
    {
        Assert.Empty(Diagnostics(Client(Internal)));
        Assert.Empty(Diagnostics(Client(Internal, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Contoso.Stock\")]")));
        Assert.Equal(["WXP0107"], Diagnostics(Client(Internal, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Contoso.Shop\")]")));

        IEnumerable<string> Diagnostics(Compilation client) => GeneratorHarness.Run([Samples.Loans], references: With(form, client)).Diagnostics.Select(item => item.Id);
    }

    [Fact]
    public void A_reference_without_the_runtime_changes_nothing()
    {
        var harness = GeneratorHarness.Run(Samples.Loans);
        var before = harness.Result.GeneratedSources;
        var other = harness.Compiled.RemoveAllSyntaxTrees().WithAssemblyName("Other").WithReferences(References.FrameworkOnly);

        harness.SetReferences(With(Form.File, other));

        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.References));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.EmitRequests));
        Assert.All(before, source => Assert.Contains(harness.Result.GeneratedSources, now => ReferenceEquals(now.SourceText, source.SourceText)));
    }

    [Fact]
    public void The_runtime_as_a_project_of_the_solution_is_found()
    {
        var runtime = CSharpCompilation.Create(
            "WeChatPay.Runtime",
            [CSharpSyntaxTree.ParseText("namespace WeChatPay { public abstract class WeChatPayClientBase { } }", cancellationToken: TestContext.Current.CancellationToken)],
            References.FrameworkOnly,
            new(OutputKind.DynamicallyLinkedLibrary));

        var harness = GeneratorHarness.Run([Samples.Loans], references: [.. References.FrameworkOnly, runtime.ToMetadataReference()]);

        Assert.Empty(harness.Diagnostics);
        Assert.NotEmpty(harness.Sources);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_left_to_the_compiler()
    {
        var broken = MetadataReference.CreateFromImage([1, 2, 3, 4]);
        var harness = GeneratorHarness.Run([Samples.Loans], references: [.. References.Net100, broken]);
        Assert.Empty(harness.Diagnostics);
        Assert.Equal(2, harness.Sources.Count);
    }

    private static CSharpCompilation Client(TestOptions? options, string code = "class Program { }")
        => GeneratorHarness.Run([Samples.Loans], options, code: code).Compiled.WithAssemblyName("Contoso.Client");

    private static List<MetadataReference> With(Form form, Compilation client)
        => [.. References.Net100, form == Form.Project ? client.ToMetadataReference() : MetadataReference.CreateFromImage(((CSharpCompilation)client).EmitsClean())];
}
