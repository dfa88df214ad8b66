using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WeChatPay.Generator.Tests.Diagnostics;

/// <summary>An exception inside an emitter ends in a diagnostic: a generator that throws is switched off for the whole project.</summary>
public sealed class InternalErrorTests
{
    [Fact]
    public void An_exception_while_emitting_is_an_error_at_the_spec()
    {
        var driver = CSharpGeneratorDriver.Create([new BrokenGenerator().AsSourceGenerator()]);

        var result = Assert.Single(driver.RunGenerators(GeneratorHarness.Run([]).Compiled, TestContext.Current.CancellationToken).GetRunResult().Results);

        Assert.Null(result.Exception);
        Assert.Empty(result.GeneratedSources);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(("WXP0100", DiagnosticSeverity.Error, "/src/app/specs/a.md"), (error.Id, error.Severity, error.Location.GetLineSpan().Path));
        Assert.Contains("specs/a.md", error.Text(), StringComparison.Ordinal);
        Assert.Contains("NullReferenceException", error.Text(), StringComparison.Ordinal);
    }
}
