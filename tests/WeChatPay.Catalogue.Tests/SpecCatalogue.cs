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

    public static IEnumerable<Operation> Operations => Files.SelectMany(f => f.Model.Operations);

    public static IEnumerable<Notification> Notifications => Files.SelectMany(f => f.Model.Notifications);

    /// <summary>Data for theories: the path of each file.</summary>
    public static IEnumerable<TheoryDataRow<string>> Paths() => Files.Select(f => new TheoryDataRow<string>(f.Path));

    public static IEnumerable<TheoryDataRow<string>> OperationKeys() => Operations.Select(o => new TheoryDataRow<string>(o.Key));

    public static IEnumerable<TheoryDataRow<string>> NotificationKeys() => Notifications.Select(n => new TheoryDataRow<string>(n.Key));

    public static CatalogueFile File(string path) => Files.Single(f => f.Path == path);

    public static Operation Operation(string key) => Operations.Single(o => o.Key == key);

    public static Notification Notification(string key) => Notifications.Single(n => n.Key == key);
}

internal sealed record CatalogueFile(string Path, string Text, SpecReadResult Result)
{
    public SpecFile Model => Result.File;

    public static CatalogueFile Load(string path)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(SpecCatalogue.RepositoryRoot, path));
        return new CatalogueFile(path, text, SpecReader.Read(path, text));
    }
}
