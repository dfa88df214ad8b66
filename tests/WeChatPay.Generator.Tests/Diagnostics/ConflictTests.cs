using Microsoft.CodeAnalysis;

namespace WeChatPay.Generator.Tests.Diagnostics;

/// <summary>Two files, one operation or one name.</summary>
public sealed class ConflictTests
{
    [Fact]
    public void Of_two_files_with_one_operation_the_first_by_path_is_used()
    {
        var harness = GeneratorHarness.Run(
            SpecText.Project("openapi/v3/b.md", Samples.Operation("Library.Loans", "from_b?: string")),
            SpecText.Project("openapi/v3/a.md", Samples.Operation("Library.Loans", "from_a?: string")));

        Assert.Contains("FromA", harness.SourceOf("v3.a"), StringComparison.Ordinal);
        Assert.Equal(2, harness.Sources.Count);
        var warnings = harness.Diagnostics.Where(item => item.Id == "WXP0111").ToList();
        Assert.Equal(2, warnings.Count);
        Assert.All(warnings, item => Assert.Equal(DiagnosticSeverity.Warning, item.Severity));
        Assert.Contains(warnings, item => item.Location.GetLineSpan().Path == "/src/app/specs/openapi/v3/a.md" && item.Text().Contains("specs/openapi/v3/b.md(10,", StringComparison.Ordinal));
        Assert.Contains(warnings, item => item.Location.GetLineSpan().Path == "/src/app/specs/openapi/v3/b.md" && item.Text().Contains("specs/openapi/v3/a.md(10,", StringComparison.Ordinal));
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void Replacing_one_operation_of_a_file_leaves_the_others()
    {
        var catalogue = SpecText.Catalogue("openapi/v3/library/loans/loan-no/{loan_no}.md", Samples.LoanNo.Content);
        var harness = GeneratorHarness.Run(
            catalogue,
            SpecText.Project("mine.md", Samples.Operation("Library.Loans.LoanNo._loan_no_", "mine?: string", "Delete")));

        Assert.Contains("GetAsync", harness.SourceOf("v3.library.loans.loan-no.loan_no"), StringComparison.Ordinal);
        Assert.DoesNotContain("DeleteAsync", harness.SourceOf("v3.library.loans.loan-no.loan_no"), StringComparison.Ordinal);
        Assert.Contains("DeleteAsync", harness.SourceOf("mine"), StringComparison.Ordinal);
        var info = Assert.Single(harness.Diagnostics, item => item.Id == "WXP0110");
        Assert.Equal(DiagnosticSeverity.Info, info.Severity);
        Assert.Equal("/src/app/specs/mine.md", info.Location.GetLineSpan().Path);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void A_projects_notification_replaces_the_catalogues()
    {
        var harness = GeneratorHarness.Run(
            SpecText.Catalogue("webhook/v3/LOAN.CLOSED.md", Samples.LoanClosed.Content),
            SpecText.Project("webhook/v3/LOAN.CLOSED.md", Samples.LoanClosed.Content));

        Assert.Equal(2, harness.Sources.Count);
        Assert.Equal("WXP0110", Assert.Single(harness.Diagnostics).Id);
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void Two_paths_with_one_name_are_told_and_one_is_used()
    {
        var harness = GeneratorHarness.Run(
            SpecText.Project("openapi/v3/library/sign-plan.md", Samples.Operation("Library.SignPlan", "first?: string")),
            SpecText.Project("openapi/v3/library/sign_plan.md", Samples.Operation("Library.Sign_plan", "second?: string")));

        Assert.Equal(2, harness.Sources.Count);
        Assert.Equal(["WXP0112", "WXP0112"], harness.Diagnostics.Where(item => string.CompareOrdinal(item.Id, "WXP0100") > 0).Select(item => item.Id));
        harness.Compiled.EmitsClean();
    }

    [Fact]
    public void A_file_that_is_listed_twice_yields_nothing_and_says_so()
    {
        var harness = GeneratorHarness.Run(Samples.Loans, Samples.Loans, Samples.Readers);

        var error = Assert.Single(harness.Diagnostics, item => item.Id == "WXP0114");
        Assert.Contains("specs/openapi/v3/library/loans.md", error.Text(), StringComparison.Ordinal);
        Assert.Equal(2, harness.Sources.Count);
    }

    [Fact]
    public void Files_of_the_catalogue_and_the_project_at_one_place_have_different_hint_names()
    {
        var harness = GeneratorHarness.Run(
            SpecText.Catalogue("openapi/v3/library/loans.md", Samples.Operation("Library.Loans")),
            SpecText.Project("openapi/v3/library/loans.md", Samples.Operation("Library.Others")));
        Assert.Equal(3, harness.Sources.Count);
        harness.Compiled.EmitsClean();
    }
}
