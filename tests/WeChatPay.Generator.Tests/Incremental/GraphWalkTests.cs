using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Incremental;

/// <summary>What the steps keep must be plain data: anything of a compilation would hold all of it in memory and never be equal again.</summary>
public sealed class GraphWalkTests
{
    [Fact]
    public void Steps_keep_nothing_of_a_compilation()
    {
        var harness = GeneratorHarness.Run([.. Samples.All, SpecText.Project("openapi/v3/broken.md", "```ts\nnamespace WeChatPay.OpenAPI.V3.X.PostHttpMethod {")]);
        foreach (var step in TrackingNames.All)
        {
            // The node of the sources exists to compare texts.
            var mayHoldText = step == TrackingNames.Sources;
            var values = harness.Values(step).ToList();
            Assert.All(values, value => Walk(value, step, mayHoldText, new(ReferenceEqualityComparer.Instance)));
        }
    }

    [Fact]
    public void Every_step_is_tracked()
    {
        var harness = GeneratorHarness.Run(Samples.Loans, SpecText.Project("openapi/v3/broken.md", "```ts\nnamespace WeChatPay.OpenAPI.V3.X.PostHttpMethod {"));
        string[] mayBeEmpty = [TrackingNames.DirectoryDiagnostics, TrackingNames.ProjectDiagnostics];
        Assert.All(TrackingNames.All.Except(mayBeEmpty), step => Assert.NotEmpty(harness.Values(step)));
    }

    private static void Walk(object? value, string path, bool mayHoldText, HashSet<object> seen)
    {
        if (value is null || value.GetType().IsPrimitive || value is string or Enum || !seen.Add(value)) return;
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or Compilation or AdditionalText or AnalyzerConfigOptionsProvider or Location or Diagnostic or Delegate,
            $"{path} holds {value.GetType()}");
        if (value is SourceText)
        {
            Assert.True(mayHoldText, $"{path} holds {value.GetType()}");
            return;
        }

        if (value is DiagnosticDescriptor or Type) return;
        if (value is IEnumerable items)
        {
            foreach (var item in items) Walk(item, path + "[]", mayHoldText, seen);
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(value), path + "." + field.Name, mayHoldText, seen);
            }
        }
    }
}
