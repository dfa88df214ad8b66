using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WeChatPay.Generator.Emit;
using WeChatPay.Generator.Pipeline;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Tests.Diagnostics;

/// <summary>An exception inside an emitter ends in a diagnostic: a generator that throws is switched off for the whole project.</summary>
public sealed class InternalErrorTests
{
    [Fact]
    public void An_exception_while_emitting_is_an_error_at_the_spec()
    {
        var driver = CSharpGeneratorDriver.Create([new Broken().AsSourceGenerator()]);

        var result = Assert.Single(driver.RunGenerators(GeneratorHarness.Run([]).Compiled, TestContext.Current.CancellationToken).GetRunResult().Results);

        Assert.Null(result.Exception);
        Assert.Empty(result.GeneratedSources);
        var error = Assert.Single(result.Diagnostics);
        Assert.Equal(("WXP0100", DiagnosticSeverity.Error, "/src/app/specs/a.md"), (error.Id, error.Severity, error.Location.GetLineSpan().Path));
        Assert.Contains("specs/a.md", error.Text(), StringComparison.Ordinal);
        Assert.Contains("NullReferenceException", error.Text(), StringComparison.Ordinal);
    }

    /// <summary>Hands an impossible model to the output.</summary>
    private sealed class Broken : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
        {
            var identity = new SpecIdentity { Path = "/src/app/specs/a.md", DisplayPath = "specs/a.md", HintName = "a.g.cs", Origin = SpecOrigin.Project };
            var file = new SpecFile { Path = "specs/a.md", Title = "", Operations = new([null!]) };
            var request = new EmitRequest(new(identity, file), default, EmitSettings.Default);
            context.RegisterSourceOutput(context.ParseOptionsProvider.Select((_, _) => request), SourceOutputs.EmitFile);
        }
    }
}
