using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Diagnostics;

public enum SpecSeverity
{
    Info,
    Warning,
    Error,
}

/// <summary>A kind of problem: one id, one meaning, for ever.</summary>
public sealed record SpecDiagnosticDescriptor(string Id, string Title, string MessageFormat, SpecSeverity Severity)
{
    /// <summary>What the rule is for and how to mend it, in one or two sentences.</summary>
    public string Description { get; init; } = "";
}

/// <summary>Zero-based line and character (UTF-16), as compilers count internally, beside absolute offsets.</summary>
public readonly record struct TextRange(int Start, int Length, int StartLine, int StartCharacter, int EndLine, int EndCharacter)
{
    public static TextRange None => default;
}

/// <summary>One problem at one place of a spec file.</summary>
public sealed record SpecDiagnostic
{
    public required SpecDiagnosticDescriptor Descriptor { get; init; }

    /// <summary>The path of the spec file, as the caller gave it.</summary>
    public required string Path { get; init; }

    public required TextRange Range { get; init; }

    public EquatableArray<string> Arguments { get; init; }

    /// <summary>The message, formatted invariantly.</summary>
    public string Message => string.Format(System.Globalization.CultureInfo.InvariantCulture, Descriptor.MessageFormat, [.. Arguments]);

    /// <summary><c>path(line,column): error WXP0001: message</c>, one-based, as a compiler prints it.</summary>
    public override string ToString() => string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        "{0}({1},{2}): {3} {4}: {5}",
        Path,
        Range.StartLine + 1,
        Range.StartCharacter + 1,
        Descriptor.Severity switch { SpecSeverity.Error => "error", SpecSeverity.Warning => "warning", _ => "info" },
        Descriptor.Id,
        Message);
}
