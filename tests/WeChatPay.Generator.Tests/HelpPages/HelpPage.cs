using System.Text;
using System.Text.RegularExpressions;

namespace WeChatPay.Generator.Tests.HelpPages;

/// <summary>A page of <c>generator/diagnostics</c>; its form is described in the README there.</summary>
internal sealed partial class HelpPage
{
    private readonly List<(string Info, string Content)> _blocks = [];
    private readonly string _path;

    private HelpPage(string id, string path, string text)
    {
        (Id, _path, Text) = (id, path, text);
        ReadBlocks(text);
    }

    public static string Directory { get; } = Path.Combine(Repository.Root, "generator", "diagnostics");

    public string Id { get; }

    public string Text { get; }

    /// <summary>Behind the id in the heading.</summary>
    public string? Title => Match(TitleLine());

    /// <summary>Error, Warning or Info: the first word of the page.</summary>
    public string? Severity => Match(SeverityLine());

    public IEnumerable<string> Sections => SectionLine().Matches(WithoutBlocks()).Select(match => match.Groups[1].Value);

    /// <summary>The blocks that stand for a file, in their order: name and content.</summary>
    public IReadOnlyList<(string Name, string Content)> Files
        => [.. _blocks.Where(block => block.Info.Contains(' ', StringComparison.Ordinal)).Select(block => (block.Info[(block.Info.IndexOf(' ', StringComparison.Ordinal) + 1)..], block.Content))];

    /// <summary>What the compiler prints, as the page says.</summary>
    public IReadOnlyList<string> Messages
        => [.. _blocks.Where(block => block.Info == "text").Take(1).SelectMany(block => block.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    public static HelpPage Read(string id)
    {
        var path = Path.Combine(Directory, id + ".md");
        Assert.True(File.Exists(path), "There is no help page " + path);
        return new(id, path, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    /// <summary>
    /// The page shows exactly these lines; a line <c>…</c> in it stands for any number of them. The environment variable
    /// ACCEPT_SNAPSHOTS=1 writes what was printed into the page.
    /// </summary>
    public void AssertPrints(IReadOnlyList<string> printed)
    {
        var expected = Messages.ToList();
        var gap = expected.IndexOf("…");
        if (gap >= 0)
        {
            Assert.Equal(expected.Take(gap), printed.Take(gap));
            Assert.Equal(expected.Skip(gap + 1), printed.TakeLast(expected.Count - gap - 1));
        }
        else if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            var block = string.Concat(printed.Select(line => line + "\n"));
            File.WriteAllText(_path, MessageBlock().Replace(Text, match => match.Groups[1].Value + block + match.Groups[2].Value, 1));
        }
        else
        {
            Assert.Equal(expected, printed);
        }
    }

    private string? Match(Regex regex) => regex.Match(Text) is { Success: true } match ? match.Groups[1].Value : null;

    private void ReadBlocks(string text)
    {
        string? fence = null;
        var info = "";
        var content = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            if (fence is null && FenceLine().Match(line) is { Success: true } opening)
            {
                (fence, info) = (opening.Groups[1].Value, opening.Groups[2].Value.Trim());
                content.Clear();
            }
            else if (fence is not null && line == fence)
            {
                _blocks.Add((info, content.ToString()));
                fence = null;
            }
            else if (fence is not null)
            {
                AppendRepeated(content, line);
            }
        }

        Assert.Null(fence);
    }

    /// <summary>A line that ends in <c>// × 101</c> or <c>&lt;!-- × 101 --&gt;</c> stands there so many times.</summary>
    private static void AppendRepeated(StringBuilder content, string line)
    {
        var times = RepeatMark().Match(line) is { Success: true } mark ? int.Parse(mark.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 1;
        for (var i = 0; i < times; i++) content.Append(line).Append('\n');
    }

    private string WithoutBlocks() => _blocks.Aggregate(Text, (text, block) => block.Content.Length == 0 ? text : text.Replace(block.Content, "", StringComparison.Ordinal));

    [GeneratedRegex("^# WXP[0-9]{4}: (.+)$", RegexOptions.Multiline)]
    private static partial Regex TitleLine();

    [GeneratedRegex(@"^\*\*(\w+)\.\*\* ", RegexOptions.Multiline)]
    private static partial Regex SeverityLine();

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex SectionLine();

    [GeneratedRegex("^(`{3,})(.*)$")]
    private static partial Regex FenceLine();

    [GeneratedRegex("(?://|<!--) × ([0-9]+)(?: -->)?$")]
    private static partial Regex RepeatMark();

    [GeneratedRegex("(^```text\n).*?(^```$)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex MessageBlock();
}
