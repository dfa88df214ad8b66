using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Tool.Loading;

/// <summary>A diagnostic at its place in a file; prints as a compiler does.</summary>
internal sealed record SpecProblem(string Path, TextRange Range, SpecSeverity Severity, string Id, string Message)
{
    public static SpecProblem Of(SpecDiagnostic diagnostic, string path)
        => new(path, diagnostic.Range, diagnostic.Descriptor.Severity, diagnostic.Descriptor.Id, diagnostic.Message);

    /// <summary><c>path(line,column)</c>, one-based.</summary>
    public static string Place(string path, TextRange range)
        => string.Create(CultureInfo.InvariantCulture, $"{path}({range.StartLine + 1},{range.StartCharacter + 1})");

    public override string ToString() => Print(Severity);

    /// <summary>With another severity than its own, as where warnings count as errors.</summary>
    public string Print(SpecSeverity severity)
    {
        var word = severity switch { SpecSeverity.Error => "error", SpecSeverity.Warning => "warning", _ => "info" };

        // One line each, also where a message quotes a line end of the file.
        return Place(Path, Range) + ": " + word + " " + Id + ": " + Message.ReplaceLineEndings(" ");
    }
}
