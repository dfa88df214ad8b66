using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs;

/// <summary>Which request members are <c>required</c>.</summary>
public enum RequiredMembers
{
    /// <summary>Those without <c>?</c>, in files whose front matter says <c>optionality: declared</c>.</summary>
    Declared,

    /// <summary>Those without <c>?</c>, in every file.</summary>
    All,

    None,
}

public sealed record SpecReaderOptions
{
    public static SpecReaderOptions Default { get; } = new();

    public RequiredMembers RequiredMembers { get; init; } = RequiredMembers.Declared;
}

/// <summary>The model of a file, and beside it what is tied to positions.</summary>
public sealed record SpecReadResult
{
    public required SpecFile File { get; init; }

    public EquatableArray<SpecDiagnostic> Diagnostics { get; init; }

    /// <summary>Where each operation and notification of the file is declared, for diagnostics across files.</summary>
    public EquatableArray<DeclarationSite> Declarations { get; init; }
}

/// <param name="Key"><see cref="Operation.Key"/> or <see cref="Notification.Key"/>.</param>
/// <param name="Range">The name of the declaring namespace.</param>
public sealed record DeclarationSite(string Key, TextRange Range);
