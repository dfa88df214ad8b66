using System.Text.RegularExpressions;
using WeChatPay.Generator.Tests.HelpPages;

namespace WeChatPay.Generator.Tests.Units;

/// <summary>
/// The compiler's release tracking sees the generator's descriptors; those of the reader, which knows no Roslyn, are held
/// against the same files here.
/// </summary>
public sealed class ReleaseTrackingTests
{
    [Fact]
    public void Every_id_is_listed_with_its_severity()
    {
        var expected = Descriptors.Compiler.Select(item => $"{item.Id} | {item.Category} | {item.DefaultSeverity} | {item.Title}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, Listed().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_id_is_given_twice_and_each_keeps_to_its_range()
    {
        var ids = Descriptors.Compiler.Select(item => item.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Descriptors.Generator, item => Assert.Matches("^WXP01[0-9]{2}$", item.Id));
        Assert.All(Descriptors.Reader, item => Assert.Matches("^WXP00[0-9]{2}$", item.Id));
    }

    private static IEnumerable<string> Listed()
    {
        var directory = Path.Combine(Repository.Root, "generator", "WeChatPay.Generator");
        foreach (var name in new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" })
        {
            foreach (var line in File.ReadLines(Path.Combine(directory, name)))
            {
                if (Regex.IsMatch(line, "^WXP[0-9]+ \\|")) yield return line;
            }
        }
    }
}
