using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WeChatPay.Generator.Tests.Support;

internal static class CompilationChecks
{
    /// <summary>Compiles with documentation on; anything but hidden notes fails, also missing documentation.</summary>
    public static byte[] EmitsClean(this CSharpCompilation compilation)
    {
        using var assembly = new MemoryStream();
        using var documentation = new MemoryStream();
        var result = compilation.Emit(assembly, xmlDocumentationStream: documentation, cancellationToken: TestContext.Current.CancellationToken);
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

    /// <summary>The message in the invariant culture.</summary>
    public static string Text(this Diagnostic diagnostic) => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);

    private static string Line(Diagnostic diagnostic)
        => diagnostic.Location.SourceTree?.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
}
