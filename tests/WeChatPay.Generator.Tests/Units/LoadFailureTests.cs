using System.Reflection;
using System.Runtime.Loader;
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
                [Samples.Loans],
                CSharpParseOptions.Default,
                new TestOptions());

            var result = Assert.Single(driver.RunGenerators(GeneratorHarness.Run([]).Compiled, TestContext.Current.CancellationToken).GetRunResult().Results);

            Assert.Null(result.Exception);
            var error = Assert.Single(result.Diagnostics);
            Assert.Contains(library, error.Text(), StringComparison.Ordinal);
            Assert.Equal(Samples.Loans.Path, error.Location.GetLineSpan().Path);
            Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>Loads the generator's own assemblies afresh and refuses one library; Roslyn is the host's.</summary>
    private sealed class HostWithout(string library) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == library) throw new FileNotFoundException("Not here.", library);
            if (assemblyName.Name is not "WeChatPay.Specs" and not "Markdig" and not "YamlDotNet") return null;
            return LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll"));
        }
    }
}
