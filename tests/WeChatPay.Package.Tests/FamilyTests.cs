using System.Text.Json;
using System.Text.RegularExpressions;
using WeChatPay.PackTool;

namespace WeChatPay.Package.Tests;

public sealed class FamilyTests
{
    private static readonly string s_json = File.ReadAllText(Repository.Path("build", "families.json"));

    [Fact]
    public void The_shipped_file_is_what_families_json_says()
        => Assert.Equal(FamilyFile.Write(s_json), File.ReadAllText(Repository.Path("build", "WeChatPay.Generated.Families.props")).ReplaceLineEndings("\n"));

    [Fact]
    public void The_page_of_the_families_is_what_families_json_says()
        => Assert.Equal(FamilyPage.Write(s_json), File.ReadAllText(Repository.Path("build", "FAMILIES.md")).ReplaceLineEndings("\n"));

    [Fact]
    public void Every_glob_finds_a_file_and_every_file_of_the_catalogue_is_in_a_family()
    {
        var root = Repository.Path("specs");
        var files = Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
            .Where(f => f != "README.md")
            .ToList();
        using var json = JsonDocument.Parse(s_json);
        var globs = json.RootElement.GetProperty("families").EnumerateObject()
            .SelectMany(f => f.Value.GetProperty("specs").EnumerateArray())
            .Select(g => g.GetString()!)
            .ToList();

        Assert.All(globs, glob => Assert.Contains(files, file => Matches(glob, file)));
        Assert.All(files, file => Assert.Contains(globs, glob => Matches(glob, file)));
    }

    [Theory]
    [InlineData("""{"families":{"all":{"purpose":"","specs":[],"companions":[]}}}""", "'all'")]
    [InlineData("""{"families":{"Pay":{"purpose":"","specs":[],"companions":[]}}}""", "'Pay'")]
    [InlineData("""{"families":{"pay":{"purpose":"","specs":[],"companions":["nothing"]}}}""", "'nothing'")]
    [InlineData("""{"families":{"pay":{"purpose":"","specs":["../x.md"],"companions":[]}}}""", "'../x.md'")]
    [InlineData("""{"families":{"pay":{"purpose":"","companions":[]}}}""", "families.json")]
    public void A_mistake_in_families_json_is_named(string json, string named)
        => Assert.Contains(named, Assert.Throws<PackToolException>(() => FamilyFile.Write(json)).Message, StringComparison.Ordinal);

    private static bool Matches(string glob, string file)
        => Regex.IsMatch(file, "^" + Regex.Escape(glob).Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$");
}
