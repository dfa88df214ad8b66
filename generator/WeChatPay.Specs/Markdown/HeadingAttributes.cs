namespace WeChatPay.Specs.Markdown;

/// <summary>
/// The <c>{#post .class key=value}</c> at the end of a heading. Read here rather than by Markdig's extension,
/// which misses it on lines that end in CRLF and takes Vue's <c>{{ … }}</c> for attributes.
/// </summary>
internal static class HeadingAttributes
{
    public static bool TryCut(string heading, out string text, out string id)
    {
        (text, id) = (heading, "");
        var end = heading.TrimEnd();
        if (!end.EndsWith("}", StringComparison.Ordinal)) return false;
        var open = end.LastIndexOf('{');
        if (open < 0 || (open > 0 && end[open - 1] == '{')) return false;
        foreach (var part in end.Substring(open + 1, end.Length - open - 2).Split(' '))
        {
            if (part.Length > 1 && part[0] == '#') id = part.Substring(1);
        }

        text = end.Substring(0, open).TrimEnd();
        return true;
    }
}
