using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Which file answers for what, once all files are known.</summary>
internal sealed record SpecDirectory
{
    /// <summary>Only files from which something is left out.</summary>
    public EquatableArray<FileExclusions> Exclusions { get; init; }

    public EquatableArray<DirectoryProblem> Problems { get; init; }

    /// <summary>The names of the shared shapes, for advice.</summary>
    public EquatableArray<string> Shapes { get; init; }

    /// <summary>The shapes that others extend.</summary>
    public EquatableArray<SharedShape> Bases { get; init; }

    /// <summary>The operations of the client tree, ordered by key.</summary>
    public EquatableArray<IndexEntry> Operations { get; init; }

    /// <summary>What a file must leave out; null: nothing.</summary>
    public FileExclusions? Of(SpecIdentity identity)
    {
        foreach (var exclusions in Exclusions)
        {
            if (exclusions.Identity.Equals(identity)) return exclusions;
        }

        return null;
    }
}

/// <summary>What a file leaves out.</summary>
/// <param name="Identity">The file.</param>
/// <param name="Keys">Operations and notifications for which another file answers.</param>
/// <param name="IsWhole">Nothing of it is generated.</param>
internal sealed record FileExclusions(SpecIdentity Identity, EquatableArray<string> Keys, bool IsWhole);

internal enum DirectoryProblemKind
{
    CatalogueReplaced,
    DeclaredTwice,
    NameCollision,
    ListedTwice,
    UnknownShape,
    UnfitShape,
}

/// <summary>A conflict between two declarations.</summary>
internal sealed record DirectoryProblem
{
    public required DirectoryProblemKind Kind { get; init; }

    /// <summary>The declaration that is used.</summary>
    public required SpecIdentity Winner { get; init; }

    public required string WinnerKey { get; init; }

    /// <summary>The declaration that is left out.</summary>
    public required SpecIdentity Loser { get; init; }

    public required string LoserKey { get; init; }

    /// <summary>The C# name that both have, or the shape that is not there or unfit.</summary>
    public string Name { get; init; } = "";

    /// <summary>How the shape is used.</summary>
    public SharedUse Use { get; init; }

    /// <summary>Why the shape cannot be used so.</summary>
    public string Objection { get; init; } = "";
}
