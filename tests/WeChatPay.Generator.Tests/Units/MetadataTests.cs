namespace WeChatPay.Generator.Tests.Units;

/// <summary>Which additional files are specs.</summary>
public sealed class MetadataTests
{
    [Fact]
    public void Metadata_makes_a_file_anywhere_a_spec()
    {
        var file = new SpecText("/src/app/documents/loans.md", Samples.Operation("Library.Loans")) { Metadata = { ["WeChatPaySpec"] = "true" } };
        Assert.Equal(2, GeneratorHarness.Run(file).Sources.Count);
    }

    [Fact]
    public void Metadata_keeps_a_file_out()
    {
        var file = new SpecText("/src/app/specs/loans.md", Samples.Operation("Library.Loans")) { Metadata = { ["WeChatPaySpec"] = "false" } };
        Assert.Single(GeneratorHarness.Run(file).Sources);
    }

    [Fact]
    public void Empty_metadata_leaves_it_to_the_place()
    {
        var spec = new SpecText("/src/app/specs/loans.md", Samples.Operation("Library.Loans")) { Metadata = { ["WeChatPaySpec"] = "", ["WeChatPayOrigin"] = "" } };
        var other = new SpecText("/src/app/documents/readers.md", Samples.Operation("Library.Readers"));
        Assert.Equal(2, GeneratorHarness.Run(spec, other).Sources.Count);
    }

    [Fact]
    public void Documents_that_are_no_specs_yield_nothing_at_all()
    {
        var file = SpecText.Project("design.md", "# A design\n\n```ts\ninterface Shelf { width: number }\n```\n");
        var harness = GeneratorHarness.Run(file);
        Assert.Single(harness.Sources);
        Assert.Empty(harness.Diagnostics);
    }
}
