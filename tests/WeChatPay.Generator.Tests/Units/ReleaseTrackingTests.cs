using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using WeChatPay.Generator.Diagnostics;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Generator.Tests.Units;

/// <summary>
/// The compiler's release tracking sees the generator's descriptors; those of the reader, which knows no Roslyn, are held
/// against the same files here.
/// </summary>
public sealed class ReleaseTrackingTests
{
    private static readonly IReadOnlyList<DiagnosticDescriptor> Own =
        [.. typeof(GeneratorDiagnostics).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>()];

    private static readonly IReadOnlyList<DiagnosticDescriptor> Reader =
        [.. typeof(SpecDiagnostics).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.GetValue(null))
            .Concat(typeof(SpecDiagnostics).GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(property => property.GetValue(null)))
            .OfType<SpecDiagnosticDescriptor>().Distinct().Select(ReaderDescriptors.Of)];

    [Fact]
    public void Every_id_is_listed_with_its_severity()
    {
        var expected = Own.Concat(Reader).Select(item => $"{item.Id} | {item.Category} | {item.DefaultSeverity} | {item.Title}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, Listed().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_id_is_given_twice_and_each_keeps_to_its_range()
    {
        var ids = Own.Concat(Reader).Select(item => item.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Own, item => Assert.Matches("^WXP01[0-9]{2}$", item.Id));
        Assert.All(Reader, item => Assert.Matches("^WXP00[0-9]{2}$", item.Id));
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
