using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using WeChatPay.Generator.Emit;

namespace WeChatPay.Generator.Tests.Support;

internal static class CompilationChecks
{
    /// <summary>Compiles with documentation and, in generated code too, warnings about null on; anything but hidden notes fails, also missing documentation.</summary>
    public static byte[] EmitsClean(this CSharpCompilation compilation)
    {
        using var assembly = new MemoryStream();
        using var documentation = new MemoryStream();
        var result = compilation.WithWarningsAboutNull().Emit(assembly, xmlDocumentationStream: documentation, cancellationToken: TestContext.Current.CancellationToken);
        var problems = result.Diagnostics
            .Where(item => item.Severity != DiagnosticSeverity.Hidden)

            // In the stand-in for the user's program only errors count.
            .Where(item => item.Severity == DiagnosticSeverity.Error || item.Location.SourceTree?.FilePath != "/src/app/Program.cs")
            .Select(item => item + "\n    " + Line(item))
            .ToList();
        if (problems.Count > 0) Assert.Fail($"{problems.Count} problems:\n" + string.Join("\n", problems.Take(10)));
        Assert.True(result.Success);
        return assembly.ToArray();
    }

    /// <summary>Generated code has the annotations only, to be cheap to compile; that they are right is checked here.</summary>
    private static CSharpCompilation WithWarningsAboutNull(this CSharpCompilation compilation)
    {
        var trees = compilation.SyntaxTrees.Select(static tree => tree.GetText().ToString() is var text && text.Contains(GeneratedFile.NoNullableWarnings, StringComparison.Ordinal)
            ? tree.WithChangedText(SourceText.From(text.Replace(GeneratedFile.NoNullableWarnings, "#nullable enable warnings", StringComparison.Ordinal), Encoding.UTF8))
            : tree).ToList();
        if (trees.Count > 0) Assert.Contains(trees, tree => !compilation.SyntaxTrees.Contains(tree));
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }

    /// <summary>The message in the invariant culture.</summary>
    public static string Text(this Diagnostic diagnostic) => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    private static string Line(Diagnostic diagnostic)
        => diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
}
