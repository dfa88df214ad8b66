using System.IO;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace WeChatPay.Runtime.Tests;

/// <summary>tests/MONEY-RULES.md against the sources of all test projects.</summary>
public sealed partial class MoneyRulesTableTests
{
    private static readonly string Tests = Path.GetDirectoryName(Path.GetDirectoryName(ThisFile()))!;

    private static readonly IReadOnlyList<(int Rule, string Test)> Table = ReadTable();

    /// <summary>Class name and text of its file, for each class in the sources.</summary>
    private static readonly ILookup<string, string> Classes = ReadClasses();

    [Fact]
    public void Every_rule_has_a_test_class_of_its_name()
    {
        var named = Classes.Select(entry => RuleClass().Match(entry.Key)).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups["rule"].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(1, 18), named.Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 18), Table.Select(row => row.Rule).Distinct().Order());
    }

    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        var missing = Table.Where(row => row.Test.Split('.') is not [var type, var method] || !Classes[type].Any(text => IsTest(text, method)))
            .Select(row => $"rule {row.Rule}: {row.Test}");
        Assert.Empty(missing);

        // The attributes stand right above the method, below an empty line.
        static bool IsTest(string text, string method)
            => Regex.Match(text, $@"\bpublic (?:async )?(?:Task|void) {Regex.Escape(method)}\(") is { Success: true, Index: var at }
                && Regex.IsMatch(text[Math.Max(0, text.LastIndexOf("\n\n", at, StringComparison.Ordinal))..at], @"\[(?:Fact|Theory)\b");
    }

    private static List<(int Rule, string Test)> ReadTable()
        => [.. from line in File.ReadLines(Path.Combine(Tests, "MONEY-RULES.md"))
               let row = Row().Match(line)
               where row.Success
               from Match test in Test().Matches(row.Groups["tests"].Value)
               select (int.Parse(row.Groups["rule"].Value, System.Globalization.CultureInfo.InvariantCulture), test.Groups["test"].Value)];

    private static ILookup<string, string> ReadClasses()
        => (from file in Directory.EnumerateFiles(Tests, "*Test*.cs", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Tests, "*Contract.cs", SearchOption.AllDirectories))
            where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            let text = File.ReadAllText(file)
            from Match type in Class().Matches(text)
            select (type.Groups["name"].Value, text)).ToLookup(entry => entry.Value, entry => entry.text, StringComparer.Ordinal);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^\| (?<rule>[0-9]+) \|[^|]*\|(?<tests>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`(?<test>[^`]+)`")]
    private static partial Regex Test();

    [GeneratedRegex(@"\bclass (?<name>\w+)")]
    private static partial Regex Class();

    [GeneratedRegex("^MoneyRule(?<rule>[0-9]{2})[A-Z]\\w*Tests$")]
    private static partial Regex RuleClass();
}
