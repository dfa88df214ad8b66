using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Diagnostics;

/// <summary>A diagnostic as data: equal to another one of the same content, and tied to no compilation.</summary>
internal sealed record ProblemInfo
{
    public required DiagnosticDescriptor Descriptor { get; init; }

    /// <summary>The path as the compiler knows it; null for what belongs to the project as a whole.</summary>
    public string? Path { get; init; }

    public TextRange Range { get; init; }

    public EquatableArray<string> Arguments { get; init; }

    public static ProblemInfo Of(DiagnosticDescriptor descriptor, params string[] arguments)
        => new() { Descriptor = descriptor, Arguments = new(arguments) };

    public static ProblemInfo At(DiagnosticDescriptor descriptor, string path, TextRange range, params string[] arguments)
        => new() { Descriptor = descriptor, Path = path, Range = range, Arguments = new(arguments) };

    /// <summary>A problem that the reader of spec files found.</summary>
    public static ProblemInfo Of(SpecDiagnostic diagnostic, string path)
        => new() { Descriptor = ReaderDescriptors.Of(diagnostic.Descriptor), Path = path, Range = diagnostic.Range, Arguments = diagnostic.Arguments };

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location(), [.. Arguments]);

    /// <summary>One-based, as compilers print a place.</summary>
    public static string Place(string path, TextRange range)
        => string.Format(CultureInfo.InvariantCulture, "{0}({1},{2})", path, range.StartLine + 1, range.StartCharacter + 1);

    private Location Location() => Path is null
        ? Microsoft.CodeAnalysis.Location.None
        : Microsoft.CodeAnalysis.Location.Create(
            Path,
            new TextSpan(Range.Start, Range.Length),
            new LinePositionSpan(new(Range.StartLine, Range.StartCharacter), new(Range.EndLine, Range.EndCharacter)));
}
