using System.Reflection;

namespace WeChatPay.Catalogue.Tests;

/// <summary>The files of <c>specs/</c> in this repository, read once for all tests.</summary>
internal static class SpecCatalogue
{
    public static string RepositoryRoot { get; } = typeof(SpecCatalogue).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string SpecsDirectory { get; } = Path.Combine(RepositoryRoot, "specs");

    /// <summary>Operations and notifications; README.md and other pages about the catalogue are not among them.</summary>
    public static IReadOnlyList<CatalogueFile> Files { get; } =
    [
        .. Directory.EnumerateFiles(SpecsDirectory, "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(RepositoryRoot, f).Replace('\\', '/'))
            .Where(f => f.StartsWith("specs/openapi/", StringComparison.Ordinal)
                || f.StartsWith("specs/webhook/", StringComparison.Ordinal)
                || f.StartsWith("specs/models/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(CatalogueFile.Load),
    ];

    public static SharedShapes SharedShapes { get; } = new([.. Files.Select(f => f.Model)]);

    private static readonly IReadOnlyList<(CatalogueFile File, SpecFile Model)> WrittenOut = [.. Files.Select(f => (f, SharedShapes.WriteOut(f.Model)))];

    /// <summary>With their shared shapes written out.</summary>
    public static IReadOnlyList<Operation> Operations { get; } = [.. WrittenOut.SelectMany(f => f.Model.Operations)];

    /// <summary>With their shared shapes written out.</summary>
    public static IReadOnlyList<Notification> Notifications { get; } = [.. WrittenOut.SelectMany(f => f.Model.Notifications)];

    private static readonly Dictionary<string, CatalogueFile> FilesByPath = Files.ToDictionary(f => f.Path, StringComparer.Ordinal);

    private static readonly Dictionary<string, (CatalogueFile File, Operation Operation)> OperationsByKey = WrittenOut
        .SelectMany(f => f.Model.Operations.Select(o => (f: f.File, o))).DistinctBy(p => p.o.Key).ToDictionary(p => p.o.Key, StringComparer.Ordinal);

    private static readonly Dictionary<string, (CatalogueFile File, Notification Notification)> NotificationsByKey = WrittenOut
        .SelectMany(f => f.Model.Notifications.Select(n => (f: f.File, n))).DistinctBy(p => p.n.Key).ToDictionary(p => p.n.Key, StringComparer.Ordinal);

    /// <summary>Data for theories: the path of each file.</summary>
    public static IEnumerable<TheoryDataRow<string>> Paths() => Files.Select(f => new TheoryDataRow<string>(f.Path));

    public static IEnumerable<TheoryDataRow<string>> OperationKeys() => Operations.Select(o => new TheoryDataRow<string>(o.Key));

    public static IEnumerable<TheoryDataRow<string>> NotificationKeys() => Notifications.Select(n => new TheoryDataRow<string>(n.Key));

    public static CatalogueFile File(string path) => FilesByPath[path];

    public static Operation Operation(string key) => OperationsByKey[key].Operation;

    public static Notification Notification(string key) => NotificationsByKey[key].Notification;

    public static CatalogueFile FileOfOperation(string key) => OperationsByKey[key].File;

    public static CatalogueFile FileOfNotification(string key) => NotificationsByKey[key].File;
}

internal sealed record CatalogueFile(string Path, string Text, SpecReadResult Result)
{
    /// <summary>As it reads by itself: of shared shapes it has the names.</summary>
    public SpecFile Model => Result.File;

    public static CatalogueFile Load(string path)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(SpecCatalogue.RepositoryRoot, path));
        return new CatalogueFile(path, text, SpecReader.Read(path, text));
    }
}
