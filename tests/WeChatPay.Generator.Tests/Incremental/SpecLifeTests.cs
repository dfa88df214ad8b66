using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Incremental;

/// <summary>Specs that come, go and come back: exactly their own source and the tree follow.</summary>
public sealed class SpecLifeTests
{
    private const string Model = """
        # Loan

        ```ts
        namespace WeChatPay.Models {
          export interface Loan {
            loan_no: string
          }
        }
        ```
        """;

    private static readonly string[] Names = ["v3.library.loans", "v3.library.readers", "v3.library.reports"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_removed_spec_emits_the_tree_and_comes_back_as_it_was(int index)
    {
        SpecText[] files = [Samples.Loans, Samples.Readers, Samples.Reports];
        var harness = GeneratorHarness.Run(files);
        var first = harness.Sources;

        var removal = new Emission(harness);
        harness.Remove(files[index]);
        Assert.Equal([Names[index]], removal.Gone);
        Assert.Equal([Emission.Tree], removal.Again);
        Assert.Empty(harness.Diagnostics);

        var typing = new Emission(harness);
        harness.EditCode("class Program { int afterwards; }");
        Assert.Empty(typing.Again);
        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.TreeRequest));

        var addition = new Emission(harness);
        harness.Add(files[index]);
        Assert.Equal([Emission.Tree, Names[index]], addition.Again);
        Assert.Equal("2 Cached, 1 New", harness.Reasons(TrackingNames.Loaded));
        Assert.Equal(first, harness.Sources);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_spec_added_at_any_place_emits_itself_and_the_tree(int index)
    {
        SpecText[] files = [Samples.Loans, Samples.Readers, Samples.Reports];
        var harness = GeneratorHarness.Run(files.Where((_, at) => at != index));

        var addition = new Emission(harness);
        harness.ReplaceAll(files);

        Assert.Equal([Emission.Tree, Names[index]], addition.Again);
        Assert.Empty(addition.Gone);
    }

    [Fact]
    public void A_projects_own_operation_gives_way_to_the_catalogues_again()
    {
        var catalogue = SpecText.Catalogue("openapi/v3/library/loans.md", Samples.Loans.Content);
        var other = SpecText.Catalogue("openapi/v3/library/readers.md", Samples.Readers.Content);
        var own = SpecText.Project("openapi/v3/library/loans.md", Samples.Operation("Library.Loans", "mine?: string"));
        var harness = GeneratorHarness.Run(catalogue, other);
        var first = harness.Sources;

        var replacement = new Emission(harness);
        harness.Add(own);
        Assert.Equal([Names[0]], replacement.Again);
        Assert.Equal([Names[0]], replacement.Gone);

        var removal = new Emission(harness);
        harness.Remove(own);
        Assert.Equal([Names[0]], removal.Again);
        Assert.Equal([Names[0]], removal.Gone);
        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.Loaded).Replace(", 1 Removed", "", StringComparison.Ordinal));
        Assert.Equal(first, harness.Sources);
        Assert.Empty(harness.Diagnostics);
    }

    [Fact]
    public void A_shared_shape_takes_what_names_it_along_and_brings_it_back()
    {
        var shape = SpecText.Project("models/loan.md", Model);
        var user = SpecText.Project("openapi/v3/library/loans.md", Samples.Operation("Library.Loans", "loan: WeChatPay.Models.Loan"));
        var harness = GeneratorHarness.Run(shape, user, Samples.Readers);
        var first = harness.Sources;
        harness.Compiled.EmitsClean();

        var removal = new Emission(harness);
        harness.Remove(shape);
        Assert.Equal(["models.loan", Names[0]], removal.Gone);
        Assert.Equal([Emission.Tree], removal.Again);
        var problem = Assert.Single(harness.Diagnostics);
        Assert.Equal(user.Path, problem.Location.GetLineSpan().Path);
        Assert.Contains("Loan", problem.Text(), StringComparison.Ordinal);
        harness.Compiled.EmitsClean();

        var addition = new Emission(harness);
        harness.Add(shape);
        Assert.Equal([Emission.Tree, "models.loan", Names[0]], addition.Again);
        Assert.Equal("2 Cached, 1 New", harness.Reasons(TrackingNames.Loaded));
        Assert.Empty(harness.Diagnostics);
        Assert.Equal(first, harness.Sources);
    }

    [Fact]
    public void An_edited_notification_emits_its_own_file_only()
    {
        var closed = Samples.LoanClosed;
        var harness = GeneratorHarness.Run(Samples.Loans, closed, Samples.Readers);

        var edit = new Emission(harness);
        harness.Replace(closed, closed.With(closed.Content!.Replace("    loan_no?: string\n", "    loan_no?: string\n    shelf?: string\n", StringComparison.Ordinal)));

        Assert.Equal("2 Cached, 1 Modified", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.Directory));
        Assert.StartsWith("v3.LOAN.CLOSED", Assert.Single(edit.Again).Replace("webhook.", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(edit.Gone);
    }
}
