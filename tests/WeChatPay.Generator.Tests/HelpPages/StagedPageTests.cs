using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Tests.HelpPages;

/// <summary>Pages of failures that no project can bring about: the failure is staged, and the message compared.</summary>
public sealed class StagedPageTests
{
    public static IReadOnlyList<string> Ids { get; } = ["WXP0010", "WXP0100", "WXP0101"];

    /// <summary>No input is known to make the reader throw, so only the words are compared.</summary>
    [Fact]
    public void An_error_inside_of_the_reader()
    {
        var diagnostic = new SpecDiagnostic
        {
            Descriptor = SpecDiagnostics.Internal,
            Path = "specs/openapi/v3/sample.md",
            Range = TextRange.None,
            Arguments = new EquatableArray<string>(["IndexOutOfRangeException: Index was outside the bounds of the array."]),
        };
        HelpPage.Read("WXP0010").AssertPrints([diagnostic.ToString()]);
    }

    [Fact]
    public void An_error_inside_of_the_generator() => HelpPage.Read("WXP0100").AssertPrints(Run(new BrokenGenerator()));

    [Fact]
    public void A_library_that_does_not_load()
    {
        var context = new HostWithout("YamlDotNet");
        try
        {
            var type = context.LoadFromAssemblyPath(typeof(WeChatPayGenerator).Assembly.Location).GetType(typeof(WeChatPayGenerator).FullName!, throwOnError: true)!;
            var printed = Run((IIncrementalGenerator)Activator.CreateInstance(type)!);

            // The page need not change with each update of the library.
            HelpPage.Read("WXP0101").AssertPrints([.. printed.Select(line => Regex.Replace(line, "Version=[0-9.]+", "Version=…"))]);
        }
        finally
        {
            context.Unload();
        }
    }

    private static IReadOnlyList<string> Run(IIncrementalGenerator generator)
    {
        // The words of the exception are the framework's.
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        var driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], [Samples.LoansInQuotes], CSharpParseOptions.Default, new TestOptions());
        var result = Assert.Single(driver.RunGenerators(GeneratorHarness.Run([]).Compiled, TestContext.Current.CancellationToken).GetRunResult().Results);
        return [.. result.Diagnostics.Select(Example.Print)];
    }
}
