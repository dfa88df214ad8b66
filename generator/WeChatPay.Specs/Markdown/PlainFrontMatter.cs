namespace WeChatPay.Specs.Markdown;

/// <summary>
/// Front matter as nearly all documents have it, lines of <c>key: value</c> without quotes, read without the YAML library: starting
/// that costs a compiler more than all the rest of a document. Whatever is not plain beyond doubt is left to the library.
/// </summary>
internal static class PlainFrontMatter
{
    private const int LongestKey = 64;

    /// <summary>The keys and values in order; null where the library must read it.</summary>
    public static List<(string Key, string Value)>? TryRead(string text, int start, int end)
    {
        var values = new List<(string, string)>();
        for (var at = start; at < end;)
        {
            var lineEnd = text.IndexOf('\n', at, end - at);
            if (lineEnd < 0) lineEnd = end;
            var last = lineEnd;
            if (last > at && text[last - 1] == '\r') last--;
            if (last > at)
            {
                if (!TryReadLine(text, at, last, out var key, out var value)) return null;
                values.Add((key, value));
            }

            at = lineEnd + 1;
        }

        return values;
    }

    private static bool TryReadLine(string text, int start, int end, out string key, out string value)
    {
        (key, value) = ("", "");
        var colon = start;
        while (colon < end && (IsLetter(text[colon]) || (colon > start && text[colon] is (>= '0' and <= '9') or '_' or '-'))) colon++;
        if (colon == start || colon - start > LongestKey || colon + 1 >= end || text[colon] != ':' || text[colon + 1] != ' ') return false;

        var first = colon + 2;
        while (first < end && text[first] == ' ') first++;
        while (end > first && text[end - 1] == ' ') end--;
        if (first == end || !IsPlainStart(text[first])) return false;
        for (var i = first; i < end; i++)
        {
            if (!IsPlain(text[i])) return false;

            // A mapping in a value, and a comment.
            if (text[i] == ':' && (i + 1 == end || text[i + 1] == ' ')) return false;
            if (text[i] == '#' && text[i - 1] == ' ') return false;
        }

        key = text.Substring(start, colon - start);
        value = text.Substring(first, end - first);
        return true;
    }

    /// <summary>No mark of YAML begins with it.</summary>
    private static bool IsPlainStart(char c) => IsLetter(c) || c is >= '0' and <= '9' || (c > '\u00A0' && char.IsLetter(c));

    /// <summary>Printable, and no space or line end but the blank.</summary>
    private static bool IsPlain(char c) => c is (>= ' ' and < '\u007F') or (> '\u00A0' and < '\u2000') or (> '\u206F' and < '\uD800') or (> '\uF8FF' and < '\uFEFF') or (> '\uFEFF' and < '\uFFF0');

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
