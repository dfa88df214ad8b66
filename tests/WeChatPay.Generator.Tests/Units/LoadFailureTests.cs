using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WeChatPay.Generator.Tests.Units;

/// <summary>A host in which a library of the generator is missing or is another one.</summary>
public sealed class LoadFailureTests
{
    [Theory]
    [InlineData("Markdig")]
    [InlineData("YamlDotNet")]
    public void A_library_that_does_not_load_is_an_error_of_ours(string library)
    {
        var context = new HostWithout(library);
        try
        {
            var type = context.LoadFromAssemblyPath(typeof(WeChatPayGenerator).Assembly.Location).GetType(typeof(WeChatPayGenerator).FullName!, throwOnError: true)!;
            var driver = CSharpGeneratorDriver.Create(
                [((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator()],
                [Samples.LoansInQuotes],
                CSharpParseOptions.Default,
                new TestOptions());

            var result = Assert.Single(driver.RunGenerators(GeneratorHarness.Run([]).Compiled, TestContext.Current.CancellationToken).GetRunResult().Results);

            Assert.Null(result.Exception);
            var error = Assert.Single(result.Diagnostics);
            Assert.Equal("WXP0101", error.Id);
            Assert.Contains(library, error.Text(), StringComparison.Ordinal);
            Assert.Equal(Samples.Loans.Path, error.Location.GetLineSpan().Path);
            Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        }
        finally
        {
            context.Unload();
        }
    }
}
