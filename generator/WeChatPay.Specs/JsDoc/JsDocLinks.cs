using System.Text;

namespace WeChatPay.Specs.JsDoc;

/// <summary>The forms of a link in comments.</summary>
internal static class JsDocLinks
{
    /// <summary>Replaces <c>{@link url text}</c> and <c>[text](url)</c> by their text and collects the links.</summary>
    public static string Extract(string text, int start, int length, List<JsDocLink> links)
    {
        if (text.IndexOf("{@link", StringComparison.Ordinal) < 0 && text.IndexOf("](", StringComparison.Ordinal) < 0) return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && string.CompareOrdinal(text, i, "{@link", 0, 6) == 0 && text.IndexOf('}', i) is var close and > 0)
            {
                // {@link url}, {@link url text}, {@link url|text}; also @linkcode and @linkplain.
                var space = i + 6;
                while (space < close && !char.IsWhiteSpace(text[space])) space++;
                var link = Split(text.Substring(space, close - space), start, length);
                if (link.Url.Length > 0) links.Add(link);
                result.Append(link.Text.Length > 0 ? link.Text : link.Url);
                i = close;
            }
            else if (text[i] == '[' && TryMarkdown(text, i, out var end, out var label, out var url))
            {
                if (url.Length > 0) links.Add(new JsDocLink(label, url, start, length));
                result.Append(label);
                i = end;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    /// <summary>The link of a tag <c>@link</c> or <c>@see</c>: <c>url</c>, <c>url text</c> or <c>[text](url)</c>; the URL may be missing.</summary>
    public static JsDocLink FromTag(JsDocTag tag)
    {
        var text = tag.Text;
        for (var i = text.IndexOf('['); i >= 0; i = text.IndexOf('[', i + 1))
        {
            if (TryMarkdown(text, i, out _, out var label, out var url)) return new JsDocLink(label, url, tag.Start, tag.Length);
        }

        var links = new List<JsDocLink>();
        if (text.IndexOf("{@link", StringComparison.Ordinal) >= 0)
        {
            Extract(text, tag.Start, tag.Length, links);
            if (links.Count > 0) return links[0];
        }

        return Split(text, tag.Start, tag.Length);
    }

    private static JsDocLink Split(string text, int start, int length)
    {
        text = text.Trim();
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '|') end++;
        return new JsDocLink(text.Substring(end).Trim(' ', '\t', '|', '\n'), text.Substring(0, end), start, length);
    }

    private static bool TryMarkdown(string text, int open, out int end, out string label, out string url)
    {
        (end, label, url) = (0, "", "");
        var middle = text.IndexOf("](", open, Math.Min(text.Length - open, 400), StringComparison.Ordinal);
        if (middle < 0) return false;
        end = text.IndexOf(')', middle, Math.Min(text.Length - middle, 2000));
        if (end < 0) return false;
        label = text.Substring(open + 1, middle - open - 1).Trim();
        url = text.Substring(middle + 2, end - middle - 2).Trim();
        return label.IndexOf('\n') < 0;
    }
}
