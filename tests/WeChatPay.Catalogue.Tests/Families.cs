using System.Text.Json;
using System.Text.RegularExpressions;

namespace WeChatPay.Catalogue.Tests;

/// <summary>The families of <c>build/families.json</c>, in its order: how listings under review are split, and what projects ask for.</summary>
internal static class Families
{
    public static IReadOnlyList<(string Name, IReadOnlyList<Regex> Globs)> All { get; } = [.. Read()];

    /// <summary>Data for theories: the name of each family.</summary>
    public static IEnumerable<TheoryDataRow<string>> Names() => All.Select(f => new TheoryDataRow<string>(f.Name));

    /// <summary>The files that a family brings by itself.</summary>
    public static IEnumerable<CatalogueFile> FilesOf(string family)
    {
        var globs = All.Single(f => f.Name == family).Globs;
        return SpecCatalogue.Files.Where(f => globs.Any(g => g.IsMatch(f.Path)));
    }

    /// <summary>A notification may belong to several families; it is listed with the first.</summary>
    public static IEnumerable<CatalogueFile> FilesListedWith(string family)
        => FilesOf(family).Where(file => All.First(f => f.Globs.Any(g => g.IsMatch(file.Path))).Name == family);

    private static IEnumerable<(string, IReadOnlyList<Regex>)> Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(SpecCatalogue.RepositoryRoot, "build/families.json")));
        foreach (var family in json.RootElement.GetProperty("families").EnumerateObject())
        {
            yield return (family.Name, [.. family.Value.GetProperty("specs").EnumerateArray().Select(g => Glob(g.GetString()!))]);
        }
    }

    private static Regex Glob(string glob)
        => new("^specs/" + Regex.Escape(glob).Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);
}
