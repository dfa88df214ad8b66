using Microsoft.CodeAnalysis;

namespace WeChatPay.Generator.Tests.HelpPages;

/// <summary>Each descriptor has one page, and what a page says is true: its example prints exactly its messages.</summary>
public sealed class HelpPageTests
{
    public static TheoryData<string> CompilerIds => [.. Descriptors.Compiler.Select(item => item.Id).Order(StringComparer.Ordinal)];

    /// <summary>Those that a project file and spec files bring about; <see cref="StagedPageTests"/> has the others.</summary>
    public static TheoryData<string> ExampleIds => [.. Descriptors.Compiler.Select(item => item.Id).Except(StagedPageTests.Ids).Order(StringComparer.Ordinal)];

    public static TheoryData<string> AllIds => [.. Descriptors.Ids];

    [Fact]
    public void There_is_one_page_for_each_id_and_no_other()
        => Assert.Equal(Descriptors.Ids, Directory.GetFiles(HelpPage.Directory, "WXP*").Select(Path.GetFileName).Select(name => name![..^".md".Length]).Order(StringComparer.Ordinal));

    [Fact]
    public void The_index_lists_every_page()
    {
        var expected = Descriptors.Ids.Select(HelpPage.Read).Select(page => $"| [{page.Id}]({page.Id}.md) | {page.Severity} | {page.Title} |");
        var index = File.ReadAllLines(Path.Combine(HelpPage.Directory, "README.md"));
        Assert.Equal(expected, index.Where(line => line.StartsWith("| [", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(CompilerIds))]
    public void Title_and_severity_are_those_of_the_descriptor(string id)
    {
        var descriptor = Descriptors.Compiler.Single(item => item.Id == id);
        var page = HelpPage.Read(id);
        Assert.Equal((descriptor.Title.ToString(System.Globalization.CultureInfo.InvariantCulture), descriptor.DefaultSeverity.ToString()), (page.Title, page.Severity));
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Every_page_has_its_sections_and_says_how_to_silence(string id)
    {
        var page = HelpPage.Read(id);
        Assert.StartsWith($"# {id}: ", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Example", "How to mend it", "How to silence it"], page.Sections);
        if (Descriptors.Targets.Contains(id)) return;
        Assert.Contains($"<NoWarn>$(NoWarn);{id}</NoWarn>", page.Text, StringComparison.Ordinal);
        Assert.Contains($"dotnet_diagnostic.{id}.severity = ", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ExampleIds))]
    public void The_example_prints_what_the_page_says(string id)
    {
        var page = HelpPage.Read(id);
        var printed = new Example(page).Run();
        page.AssertPrints(printed);
        Assert.Contains(printed, line => line.Contains($" {id}: ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ExampleIds))]
    public void Silencing_works_as_the_page_says(string id)
    {
        var printed = new Example(HelpPage.Read(id)).Run(new Dictionary<string, ReportDiagnostic> { [id] = ReportDiagnostic.Suppress });
        Assert.DoesNotContain(printed, line => line.Contains($" {id}: ", StringComparison.Ordinal));
    }

    /// <summary>No word of a page reaches a compiler: they lie in no folder that is looked into.</summary>
    [Fact]
    public void The_pages_are_no_spec_files()
        => Assert.All(Directory.GetFiles(HelpPage.Directory), path => Assert.False(Pipeline.SpecPaths.LooksLikeSpec(path)));
}
