using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Incremental;

/// <summary>Scenarios that concern more than one file, or none of the output.</summary>
public sealed class FurtherScenarioTests
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

    [Fact]
    public void A_renamed_spec_changes_its_hint_and_not_the_tree()
    {
        var loans = Samples.Loans;
        var harness = GeneratorHarness.Run(loans, Samples.Readers);
        var tree = harness.Result.GeneratedSources.Single(source => source.HintName == "WeChatPayClient.g.cs").SourceText;

        harness.Replace(loans, SpecText.Project("openapi/v3/library/lending.md", loans.Content));

        Assert.Equal(3, harness.Sources.Count);
        Assert.Contains("LoansPostRequest", harness.SourceOf("v3.library.lending"), StringComparison.Ordinal);
        Assert.DoesNotContain(harness.Sources.Keys, name => name.StartsWith("v3.library.loans-", StringComparison.Ordinal));
        Assert.Equal(tree.ToString(), harness.Tree);

        // The namespace decides, and the place of the file no longer fits it.
        Assert.Equal("WXP0023", Assert.Single(harness.Diagnostics).Id);
    }

    [Fact]
    public void An_edited_shared_shape_reads_and_emits_its_own_file_only()
    {
        var shape = SpecText.Project("models/loan.md", Model);
        var user = SpecText.Project("openapi/v3/library/loans.md", Samples.Operation("Library.Loans", "loan: WeChatPay.Models.Loan"));
        var harness = GeneratorHarness.Run(shape, user, Samples.Readers);

        harness.Replace(shape, shape.With(Model.Replace("loan_no: string", "loan_no: string\n    shelf?: string", StringComparison.Ordinal)));

        Assert.Equal("2 Cached, 1 Modified", harness.Reasons(TrackingNames.Loaded));
        Assert.Equal("2 Cached, 1 Modified", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Equal("1 Cached", harness.Reasons(TrackingNames.Directory));
        Assert.Contains("string? Shelf", harness.SourceOf("models.loan"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_outside_of_the_members_changes_diagnostics_only()
    {
        var loans = Samples.Loans;
        var harness = GeneratorHarness.Run(loans, Samples.Readers);
        var before = harness.Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText);

        harness.Replace(loans, loans.With(loans.Content!.Replace("```ts\n", "```ts\n) what is this\n", StringComparison.Ordinal)));

        Assert.Equal("1 Cached, 1 Unchanged", harness.Reasons(TrackingNames.Models));
        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.EmitRequests));
        Assert.All(harness.Result.GeneratedSources, source => Assert.Same(before[source.HintName], source.SourceText));
        Assert.NotEmpty(harness.Diagnostics);

        harness.Replace(harness.Files.Single(file => file.Path == loans.Path), loans);
        Assert.Empty(harness.Diagnostics);
        Assert.Equal("2 Cached", harness.Reasons(TrackingNames.EmitRequests));
    }

    [Fact]
    public void An_edit_of_code_that_uses_the_client_reads_and_emits_nothing()
    {
        var harness = GeneratorHarness.Run(Samples.All);
        var before = harness.Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText);

        harness.EditCode("class Program { static object M(WeChatPay.WeChatPayClient client) => client.V3.Library; }");
        harness.EditCode("class Program { static object M(WeChatPay.WeChatPayClient client) => client.V3. }");

        Assert.Equal($"{Samples.All.Count} Cached", harness.Reasons(TrackingNames.Loaded));
        Assert.All(harness.Result.GeneratedSources, source => Assert.Same(before[source.HintName], source.SourceText));
    }

    [Fact]
    public void The_requirement_of_members_reads_all_files_and_emits_those_that_it_concerns()
    {
        var harness = GeneratorHarness.Run(Samples.Loans, Samples.Readers);

        harness.SetOptions(new TestOptions(("WeChatPayRequiredMembers", "all")));

        // Loans declares its optionality already; Readers does not.
        Assert.Equal("1 Cached, 1 Modified", harness.Reasons(TrackingNames.EmitRequests));
        Assert.Contains("public required", harness.SourceOf("v3.library.readers"), StringComparison.Ordinal);
    }
}
