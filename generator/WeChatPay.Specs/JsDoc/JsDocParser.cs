using System.Runtime.CompilerServices;
using System.Text;
using WeChatPay.Specs.Text;

namespace WeChatPay.Specs.JsDoc;

/// <summary>
/// Reads a comment. Unlike JSDoc itself a tag may stand after the label on the same line
/// (<c>/** 商户订单号 @maxLength 32 */</c>): it begins with <c>@</c> and a letter, after white space.
/// </summary>
internal static class JsDocParser
{
    [MethodImpl(HotPath.Optimized)]
    public static JsDocComment Parse(string text, int start, int length)
    {
        if (length < 5) return JsDocComment.None;
        var summary = new List<string>();
        var tags = new List<JsDocTag>();
        var end = start + length - 2;
        StringBuilder? tail = null;
        for (var at = start + 3; at < end;)
        {
            var lineEnd = at;
            while (lineEnd < end && text[lineEnd] is not ('\n' or '\r' or '\u2028' or '\u2029' or '\u0085')) lineEnd++;
            ReadLine(text, SkipDecoration(text, at, lineEnd, at == start + 3), lineEnd, summary, tags, ref tail);
            at = lineEnd + 1;
        }

        Finish(tags, ref tail);

        while (summary.Count > 0 && summary[summary.Count - 1].Length == 0) summary.RemoveAt(summary.Count - 1);
        var links = new List<JsDocLink>();
        return new JsDocComment { Summary = JsDocLinks.Extract(string.Join("\n", summary).Trim(), start, length, links), Tags = tags, Links = links };
    }

    /// <summary>The white space and the <c>*</c> at the beginning of a line.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static int SkipDecoration(string text, int at, int end, bool first)
    {
        while (at < end && char.IsWhiteSpace(text[at])) at++;
        if (!first && at < end && text[at] == '*') at++;
        return at;
    }

    [MethodImpl(HotPath.Optimized)]
    private static void ReadLine(string text, int at, int end, List<string> summary, List<JsDocTag> tags, ref StringBuilder? tail)
    {
        var tag = NextTag(text, at, end);
        var before = text.Substring(at, tag - at).Trim();
        if (tags.Count == 0)
        {
            if (before.Length > 0 || summary.Count > 0) summary.Add(before);
        }
        else if (before.Length > 0)
        {
            tail ??= new StringBuilder(tags[tags.Count - 1].Text);
            if (tail.Length > 0) tail.Append(' ');
            tail.Append(before);
        }

        if (tag < end) Finish(tags, ref tail);
        while (tag < end)
        {
            var name = tag + 1;
            while (name < end && (char.IsLetterOrDigit(text[name]) || text[name] is '-' or '_')) name++;
            var next = NextTag(text, name, end);
            var content = text.Substring(name, next - name).Trim();
            tags.Add(new JsDocTag(text.Substring(tag + 1, name - tag - 1), content, tag, text.Substring(tag, next - tag).TrimEnd().Length));
            tag = next;
        }
    }

    /// <summary>Gives the last tag the lines below it; joined once, for a tag may have thousands in a damaged file.</summary>
    private static void Finish(List<JsDocTag> tags, ref StringBuilder? tail)
    {
        if (tail is not null) tags[tags.Count - 1] = tags[tags.Count - 1] with { Text = tail.ToString() };
        tail = null;
    }

    /// <summary>The next <c>@</c> that begins a tag, outside of braces (<c>{@link …}</c>) and code, or the end.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static int NextTag(string text, int at, int end)
    {
        var code = false;
        var braces = 0;
        for (var i = at; i < end; i++)
        {
            switch (text[i])
            {
                case '`':
                    code = !code;
                    break;
                case '{' when i + 1 < end && text[i + 1] == '@':
                    braces++;
                    break;
                case '}' when braces > 0:
                    braces--;
                    break;
                case '@' when !code && braces == 0 && i + 1 < end && IsLetter(text[i + 1]) && (i == at || char.IsWhiteSpace(text[i - 1]) || text[i - 1] == '*'):
                    return i;
            }
        }

        return end;
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
