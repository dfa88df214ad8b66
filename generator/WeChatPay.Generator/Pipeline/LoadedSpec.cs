using WeChatPay.Generator.Diagnostics;
using WeChatPay.Specs;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>One file, read and bound, with positions: changes whenever a line moves.</summary>
internal sealed record LoadedSpec
{
    public required SpecIdentity Identity { get; init; }

    public required SpecFile File { get; init; }

    public EquatableArray<ProblemInfo> Problems { get; init; }

    public EquatableArray<DeclarationSite> Declarations { get; init; }
}

/// <summary>The same without positions: changes only when the meaning does.</summary>
internal sealed record SpecModel(SpecIdentity Identity, SpecFile File)
{
    public static SpecModel Of(LoadedSpec loaded, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        return new(loaded.Identity, loaded.File);
    }
}

/// <summary>Where a file declares what; read only to place diagnostics that concern two files.</summary>
internal sealed record SpecSites(SpecIdentity Identity, EquatableArray<DeclarationSite> Declarations)
{
    public static SpecSites Of(LoadedSpec loaded, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        return new(loaded.Identity, loaded.Declarations);
    }
}
