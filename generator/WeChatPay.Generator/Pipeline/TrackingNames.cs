namespace WeChatPay.Generator.Pipeline;

/// <summary>The names of the pipeline's steps; tests assert for each of them that it is cached.</summary>
internal static class TrackingNames
{
    public const string Options = nameof(Options);
    public const string References = nameof(References);
    public const string Facts = nameof(Facts);
    public const string Settings = nameof(Settings);
    public const string Sources = nameof(Sources);
    public const string Loaded = nameof(Loaded);
    public const string Models = nameof(Models);
    public const string Index = nameof(Index);
    public const string Directory = nameof(Directory);
    public const string EmitRequests = nameof(EmitRequests);
    public const string Tree = nameof(Tree);
    public const string TreeRequest = nameof(TreeRequest);
    public const string FileDiagnostics = nameof(FileDiagnostics);
    public const string DirectoryDiagnostics = nameof(DirectoryDiagnostics);
    public const string ProjectDiagnostics = nameof(ProjectDiagnostics);

    public static IReadOnlyList<string> All { get; } =
    [
        Options, References, Facts, Settings, Sources, Loaded, Models, Index, Directory, EmitRequests, Tree, TreeRequest, FileDiagnostics, DirectoryDiagnostics, ProjectDiagnostics,
    ];
}
