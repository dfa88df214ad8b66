using System.Collections.Concurrent;
using System.IO;
using WeChatPay.Fuzz;

namespace WeChatPay.Specs.Tests;

/// <summary>The first inputs of the fuzzer; <c>build/fuzz.sh</c> runs as many as one likes.</summary>
public sealed class FuzzTests
{
    private const int Count = 20_000;

    private const ulong Seed = 1;

    private static readonly Lazy<IReadOnlyList<FuzzDocument>> Documents = new(() => Corpus.Load([Corpus.Catalogue]));

    [Fact]
    public void A_short_run_finds_nothing()
    {
        var findings = new ConcurrentQueue<Finding>();

        // Generous: the machine may be busy, and this is no measurement.
        var run = new FuzzRun(new Inputs(Seed, Documents.Value), TestContext.Current.CancellationToken) { Limit = TimeSpan.FromSeconds(10) };
        var thread = run.Start(0, Count, 1, findings.Enqueue);
        while (!thread.Join(1000)) Assert.True(run.Running < TimeSpan.FromSeconds(60), $"input {run.Index} hangs");

        Assert.Empty(findings.Select(finding => $"input {finding.Index}: {finding.Kind}: {finding.Message}\n{finding.Document.Text}"));
        Assert.Equal(Count, run.Done);
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs_in_any_order()
    {
        var first = new Inputs(7, Documents.Value);
        var second = new Inputs(7, Documents.Value);
        var texts = Enumerable.Range(0, 200).Select(index => first.Make(index)).ToList();
        for (var index = 199; index >= 0; index--) Assert.Equal(texts[index], second.Make(index));
        Assert.NotEqual(texts, Enumerable.Range(0, 200).Select(index => new Inputs(8, Documents.Value).Make(index)));
    }

    [Fact]
    public void Files_that_are_given_are_mutated_as_often_as_the_catalogue()
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".md");
        File.WriteAllText(file, "# Given");
        try
        {
            var corpus = Corpus.LoadWith([file]);
            Assert.Equal(Documents.Value.Count, corpus.Count(document => document.Text == "# Given"));
            Assert.Equal(Documents.Value.Count, corpus.Count(document => document.Text != "# Given"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Front_matter_that_makes_its_library_fail_costs_the_front_matter_only()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("a: string"), "title: T\ndescription: text }} {#post}\n\n{{ $frontmatter.title"));
        Assert.Equal("WXP0006", Spec.Only(result).Descriptor.Id);
        Assert.Single(result.File.Operations);
    }

    [Theory]
    [InlineData("Loan", "Loan")]
    [InlineData("Loan_item", "Loan_item")]
    [InlineData("Lo$an", "LoAn")]
    [InlineData("loan_item", "LoanItem")]
    [InlineData("record", "Record")]
    public void A_shared_shape_is_named_alike_where_it_is_declared_and_where_it_is_used(string name, string expected)
    {
        var model = Assert.Single(Spec.Clean(Spec.Page("namespace WeChatPay.Models { export interface " + name + " { a: string } }")).SharedShapes);
        Assert.Equal((expected, expected), (model.Name, model.Shape.TypeName));
        Assert.Equal("Shared " + expected, Spec.Show(Spec.Member("a: WeChatPay.Models." + name).Type));
    }

    [Theory]
    [InlineData("broken = 5\n1: string")]
    [InlineData("broken: (string\n1: string")]
    [InlineData("broken string\n`1`: string")]
    [InlineData("<>\n\n1?: string")]
    public void A_member_with_a_number_for_a_name_survives_the_broken_one_above_it(string members)
    {
        var result = Spec.Read(Spec.Page(Spec.Body(members)));
        Assert.Equal("WXP0001", Spec.Only(result).Descriptor.Id);
        Assert.Equal(10, Spec.Only(result).Range.StartLine);
        Assert.Equal(["1"], Assert.Single(result.File.Operations).Body.Members.Select(m => m.WireName).Where(n => n != "broken"));
    }
}
