using System.Runtime.CompilerServices;

namespace WeChatPay.Fuzz;

/// <param name="Path">As the reader gets it: it decides whether the document may hold a notification.</param>
internal sealed record FuzzDocument(string Path, string Text);

/// <summary>The documents that are mutated.</summary>
internal static class Corpus
{
    /// <summary>Mutations of longer files take their time in copying and find nothing new.</summary>
    private const int Longest = 64 * 1024;

    public static IReadOnlyList<FuzzDocument> Load(IEnumerable<string> filesAndFolders)
    {
        var files = filesAndFolders
            .SelectMany(place => Directory.Exists(place) ? Directory.EnumerateFiles(place, "*.md", SearchOption.AllDirectories) : [place])
            .Order(StringComparer.Ordinal);
        var documents = files.Select(file => new FuzzDocument(Shorten(file), File.ReadAllText(file))).Where(document => document.Text.Length is > 0 and <= Longest).ToList();
        return documents.Count > 0 ? documents : throw new InvalidOperationException("There is no document to mutate.");
    }

    /// <summary>The catalogue, and as often as all of it together the files given beside it.</summary>
    public static IReadOnlyList<FuzzDocument> LoadWith(IReadOnlyList<string> filesAndFolders)
    {
        var catalogue = Load([Catalogue]);
        if (filesAndFolders.Count == 0) return catalogue;
        var given = Load(filesAndFolders);
        return [.. catalogue, .. Enumerable.Repeat(given, Math.Max(1, catalogue.Count / given.Count)).SelectMany(documents => documents)];
    }

    /// <summary>The catalogue of this repository.</summary>
    public static string Catalogue { get; } = Find();

    /// <summary>The same path on every machine, so that the same seed gives the same inputs.</summary>
    private static string Shorten(string file)
    {
        var path = Path.GetFullPath(file).Replace('\\', '/');
        foreach (var folder in (string[])["/openapi/", "/webhook/", "/models/"])
        {
            var at = path.LastIndexOf(folder, StringComparison.Ordinal);
            if (at >= 0) return "specs" + path[at..];
        }

        return "specs/" + Path.GetFileName(path);
    }

    private static string Find([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "specs"));
}
