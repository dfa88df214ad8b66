namespace WeChatPay.Specs.Markdown;

/// <summary>Which fences are ours; documents of any kind may stand beside specs and yield nothing.</summary>
internal static class SpecFences
{
    private const string Keyword = "namespace";

    private const string Root = "WeChatPay";

    private const string Typedef = "@typedef";

    /// <summary>The cheap check that spares every ordinary Markdown file the rest.</summary>
    public static bool MayBeIn(string text) => Declares(text, 0, text.Length) || Typedefs(text, 0, text.Length) >= 0;

    private static readonly HashSet<string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        "js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "javascript", "typescript",
    };

    /// <summary>
    /// The info string begins with one of our languages; <c>js{1,3}</c>, <c>ts:line-numbers</c>, <c>js[a.js]</c>, <c>ts,twoslash</c>
    /// and Pandoc's <c>{.ts}</c> are forms of it.
    /// </summary>
    public static bool IsLanguage(string info)
    {
        var start = info.StartsWith("{.", StringComparison.Ordinal) ? 2 : 0;
        var end = start;
        while (end < info.Length && info[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) end++;
        return (end == info.Length || info[end] is not ((>= '0' and <= '9') or '_' or '+' or '#')) && Languages.Contains(info.Substring(start, end - start));
    }

    /// <summary>A namespace <c>WeChatPay.…</c>, or <c>WeChatPay</c> with the rest nested in it.</summary>
    public static bool Declares(string text, int start, int end)
    {
        for (var at = start; (at = text.IndexOf(Keyword, at, end - at, StringComparison.Ordinal)) >= 0;)
        {
            at += Keyword.Length;
            var name = at;
            while (name < end && char.IsWhiteSpace(text[name])) name++;
            var behind = name + Root.Length;
            if (name > at && behind < end && string.CompareOrdinal(text, name, Root, 0, Root.Length) == 0 && (text[behind] is '.' or '{' || char.IsWhiteSpace(text[behind]))) return true;
        }

        return false;
    }

    /// <summary>The offset of the JSDoc form of notifications, or -1.</summary>
    public static int Typedefs(string text, int start, int end) => text.IndexOf(Typedef, start, end - start, StringComparison.Ordinal);
}
