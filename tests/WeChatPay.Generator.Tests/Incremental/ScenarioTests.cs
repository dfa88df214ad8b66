using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Incremental;

/// <summary>What is done again when something changes. The harness asserts beside it that an unchanged run does nothing.</summary>
public sealed class ScenarioTests
{
    private static readonly string[] PerFile = [TrackingNames.Sources, TrackingNames.Loaded, TrackingNames.Models, TrackingNames.Index, TrackingNames.EmitRequests];

    [Fact]
    public void Typing_in_a_code_file_reads_and_emits_nothing()
    {
        var harness = GeneratorHarness.Run(Samples.All);
        var before = Texts(harness);

        harness.EditCode("class Program { void M() { } }");

        Assert.All(PerFile, step => Assert.Equal($"{Samples.All.Count} Cached", harness.Reasons(step)));
        Assert.Equal("1 Unchanged", harness.Reasons(TrackingNames.Facts));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.TreeRequest));
        Assert.Equal(Names(harness), Same(before, harness));
    }

    [Fact]
    public void A_comment_in_a_spec_is_read_and_changes_no_output()
    {
        var loans = Samples.Loans;
        var harness = GeneratorHarness.Run(loans, Samples.Readers);
        var before = Texts(harness);

        harness.Replace(loans, loans.With(loans.Content!.Replace("```ts\n", "```ts\n// a remark\n", StringComparison.Ordinal)));

        Assert.Equal("1 Cached, 1 Modified", harness.Reasons(TrackingNames.Loaded));
        Assert.Equal("1 Cached, 1 Unchanged", harness.Reasons(TrackingNames.Models));
        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.Tree));
        Assert.Equal(Names(harness), Same(before, harness));
    }

    [Fact]
    public void A_new_field_emits_its_file_and_not_the_tree()
    {
        var loans = Samples.Loans;
        var harness = GeneratorHarness.Run(loans, Samples.Readers);
        var before = Texts(harness);

        harness.Replace(loans, loans.With(loans.Content!.Replace("    library_id: string\n", "    library_id: string\n    shelf?: string\n", StringComparison.Ordinal)));

        Assert.Equal("1 Cached, 1 Modified", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Cached, 1 Unchanged", harness.Reasons(TrackingNames.Index));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.Directory));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.TreeRequest));
        Assert.Contains("string? Shelf", harness.SourceOf("v3.library.loans"), StringComparison.Ordinal);
        Assert.Equal(Names(harness).Where(name => !name.StartsWith("v3.library.loans-", StringComparison.Ordinal)), Same(before, harness));
    }

    [Fact]
    public void A_new_spec_emits_itself_and_the_tree()
    {
        var harness = GeneratorHarness.Run(Samples.Loans, Samples.Readers);
        var before = Texts(harness);

        harness.Add(Samples.Reports);

        Assert.Equal("2 Cached, 1 New", harness.Reasons(TrackingNames.Loaded));
        Assert.Equal("1 New, 2 Unchanged", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Modified", harness.Reasons(TrackingNames.TreeRequest));
        Assert.Equal(2, Same(before, harness).Count());
        Assert.Contains("ReportsResource", harness.Tree, StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_spec_takes_its_output_and_its_node_along()
    {
        var reports = Samples.Reports;
        var harness = GeneratorHarness.Run(Samples.Loans, Samples.Readers, reports);
        var before = Texts(harness);

        harness.Remove(reports);

        Assert.Equal(2, Same(before, harness).Count());
        Assert.Equal(3, harness.Sources.Count);
        Assert.DoesNotContain("ReportsResource", harness.Tree, StringComparison.Ordinal);
    }

    [Fact]
    public void New_objects_with_old_content_read_nothing()
    {
        var harness = GeneratorHarness.Run(Samples.All);
        var before = Texts(harness);

        harness.ReplaceAll(Samples.All.Select(file => file.Clone()));

        Assert.Equal($"{Samples.All.Count} Cached", harness.Reasons(TrackingNames.Loaded));
        Assert.Equal(Names(harness), Same(before, harness));
    }

    [Fact]
    public void A_change_of_line_ends_changes_no_output()
    {
        var loans = Samples.Loans;
        var harness = GeneratorHarness.Run(loans, Samples.Readers);
        var before = Texts(harness);

        harness.Replace(loans, loans.With(loans.Content!.Replace("\n", "\r\n", StringComparison.Ordinal)));

        Assert.Equal("1 Cached, 1 Unchanged", harness.Reasons(TrackingNames.Models));
        Assert.Equal(Names(harness), Same(before, harness));
    }

    [Fact]
    public void A_projects_own_operation_replaces_the_catalogues_and_only_that_file_changes()
    {
        var catalogue = SpecText.Catalogue("openapi/v3/library/loans.md", Samples.Loans.Content);
        var other = SpecText.Catalogue("openapi/v3/library/readers.md", Samples.Readers.Content);
        var harness = GeneratorHarness.Run(catalogue, other);
        var before = Texts(harness);

        harness.Add(SpecText.Project("openapi/v3/library/loans.md", Samples.Operation("Library.Loans", "mine?: string")));

        Assert.Equal("1 Modified, 1 New, 1 Unchanged", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Unchanged", harness.Reasons(TrackingNames.Tree));
        Assert.Contains("string? Mine", harness.SourceOf("v3.library.loans"), StringComparison.Ordinal);
        Assert.Equal(2, Same(before, harness).Count());
        Assert.Equal("WXP0110", Assert.Single(harness.Diagnostics).Id);
    }

    [Fact]
    public void A_changed_namespace_emits_all_files_and_reads_none()
    {
        var harness = GeneratorHarness.Run(Samples.Loans, Samples.Readers);

        harness.SetOptions(new TestOptions(("WeChatPayNamespace", "Contoso.Pay")));

        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.Loaded));
        Assert.Equal("2 Modified", harness.Reasons(TrackingNames.EmitRequests));
        Assert.All(harness.Sources.Values, source => Assert.Contains("namespace Contoso.Pay", source, StringComparison.Ordinal));
    }

    [Fact]
    public void An_option_that_changes_nothing_emits_nothing()
    {
        var harness = GeneratorHarness.Run(Samples.Loans, Samples.Readers);
        var before = Texts(harness);

        harness.SetOptions(new TestOptions(("WeChatPayNamespace", "WeChatPay"), ("SomethingElse", "1")));

        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal(Names(harness), Same(before, harness));
    }

    private static Dictionary<string, object> Texts(GeneratorHarness harness)
        => harness.Result.GeneratedSources.ToDictionary(source => source.HintName, object (source) => source.SourceText);

    private static IEnumerable<string> Names(GeneratorHarness harness)
        => harness.Result.GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal);

    /// <summary>The files whose text is still the very object of before: they were not emitted again.</summary>
    private static IEnumerable<string> Same(Dictionary<string, object> before, GeneratorHarness harness)
        => harness.Result.GeneratedSources
            .Where(source => before.TryGetValue(source.HintName, out var old) && ReferenceEquals(old, source.SourceText))
            .Select(source => source.HintName)
            .Order(StringComparer.Ordinal);
}
