using Microsoft.CodeAnalysis.Text;

namespace WeChatPay.Generator.Pipeline;

internal enum SpecOrigin
{
    /// <summary>Written in the project: wins.</summary>
    Project,

    /// <summary>Out of the catalogue that ships with the package.</summary>
    Catalogue,
}

/// <summary>Which file it is, without its content.</summary>
internal sealed record SpecIdentity
{
    /// <summary>As the compiler knows it; for locations only.</summary>
    public required string Path { get; init; }

    /// <summary>The same on every machine; for everything else.</summary>
    public required string DisplayPath { get; init; }

    public required string HintName { get; init; }

    public required SpecOrigin Origin { get; init; }
}

/// <summary>
/// A spec file and its content. Additional texts compare by reference, and hosts make new ones for old content;
/// this node compares the content, so that such an exchange ends here. The only place that keeps a source text.
/// </summary>
internal sealed class SpecSource : IEquatable<SpecSource>
{
    public SpecSource(SpecIdentity identity, SourceText? text)
    {
        Identity = identity;
        Text = text;
    }

    public SpecIdentity Identity { get; }

    /// <summary>Null if the file could not be read.</summary>
    public SourceText? Text { get; }

    public bool Equals(SpecSource? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || !Identity.Equals(other.Identity)) return false;
        if (ReferenceEquals(Text, other.Text)) return true;
        return Text is not null && other.Text is not null && Text.ContentEquals(other.Text);
    }

    public override bool Equals(object? obj) => Equals(obj as SpecSource);

    public override int GetHashCode() => Identity.GetHashCode();
}
