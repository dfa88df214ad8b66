using System.Text;

namespace WeChatPay.Specs.Markdown;

/// <summary>
/// What is read line by line, without Markdig: how much prose there is, and the containers
/// (<c>::: danger … {.im-deprecated}</c> … <c>:::</c>) and alerts (<c>&gt; [!IMPORTANT]</c>), which are no standard Markdown.
/// </summary>
internal sealed class ProseLines
{
    private readonly List<SpecBox> _boxes = [];

    private ProseLines()
    {
    }

    /// <summary>Characters outside of fences.</summary>
    public int ProseLength { get; private set; }

    /// <summary>A fence in one of our languages holds declarations of ours.</summary>
    public bool HasSpec { get; private set; }

    public IReadOnlyList<SpecBox> Boxes => _boxes;

    public bool InBox(int offset)
    {
        foreach (var box in _boxes)
        {
            if (offset >= box.Start && offset < box.End) return true;
        }

        return false;
    }

    /// <param name="text">The document.</param>
    /// <param name="start">Where its first line begins.</param>
    public static ProseLines Read(string text, int start)
    {
        var result = new ProseLines();
        result.Scan(text, start);
        return result;
    }

    private void Scan(string text, int start)
    {
        var fence = "";
        var content = -1;
        (int Start, string Head, StringBuilder Inside)? box = null;
        (int Start, string Head, StringBuilder Inside)? alert = null;
        for (var at = start; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            var line = text.AsSpan(at, end - at).Trim();
            if (fence.Length > 0)
            {
                if (line.StartsWith(fence.AsSpan(), StringComparison.Ordinal) && line.TrimStart(fence[0]).IsEmpty)
                {
                    EndFence(at);
                    fence = "";
                }
            }
            else if (line.StartsWith("```".AsSpan(), StringComparison.Ordinal) || line.StartsWith("~~~".AsSpan(), StringComparison.Ordinal))
            {
                var info = line.TrimStart(line[0]);
                fence = new string(line[0], line.Length - info.Length);
                content = SpecFences.IsLanguage(info.Trim().ToString()) ? Math.Min(end + 1, text.Length) : -1;
            }
            else
            {
                ProseLength += end - at + 1;
                var quoted = line.Length > 0 && line[0] == '>' ? line.TrimStart('>').Trim() : default;
                if (alert is { } begun)
                {
                    if (line.Length > 0 && line[0] == '>')
                    {
                        Append(begun.Inside, WithoutListMark(quoted));
                        at = end + 1;
                        continue;
                    }

                    Close(begun, at);
                    alert = null;
                }

                if (box is null && quoted.StartsWith("[!".AsSpan(), StringComparison.Ordinal) && quoted.IndexOf(']') is var close and > 2)
                {
                    alert = (at, quoted.Slice(2, close - 2).ToString().ToLowerInvariant() + " " + quoted.Slice(close + 1).ToString(), new StringBuilder());
                }
                else if (line.StartsWith(":::".AsSpan(), StringComparison.Ordinal))
                {
                    var head = line.TrimStart(':').Trim().ToString();
                    if (box is { } open)
                    {
                        // The closing mark belongs to the box; an opening one begins the next.
                        Close(open, head.Length > 0 ? at : end);
                        box = null;
                    }

                    if (head.Length > 0) box = (at, head, new StringBuilder());
                }
                else if (box is { } open)
                {
                    Append(open.Inside, WithoutListMark(line));
                }
            }

            at = end + 1;
        }

        if (alert is { } unended) Close(unended, text.Length);
        if (box is { } last) Close(last, text.Length);
        if (fence.Length > 0) EndFence(text.Length);

        void EndFence(int end)
            => HasSpec |= content >= 0 && content < end && (SpecFences.Declares(text, content, end) || SpecFences.Typedefs(text, content, end) >= 0);
    }

    private static void Append(StringBuilder inside, ReadOnlySpan<char> line)
    {
        if (line.IsEmpty) return;
        if (inside.Length > 0) inside.Append(' ');
        inside.Append(line.ToString());
    }

    private static ReadOnlySpan<char> WithoutListMark(ReadOnlySpan<char> line)
        => line.Length > 2 && line[0] is '-' or '*' or '+' && line[1] == ' ' ? line.Slice(2).Trim() : line;

    private void Close((int Start, string Head, StringBuilder Inside) box, int end)
    {
        const string mark = ".im-deprecated";
        var inside = box.Inside.ToString();
        var deprecation = box.Head.IndexOf(mark, StringComparison.Ordinal) >= 0 || inside.IndexOf(mark, StringComparison.Ordinal) >= 0;
        HeadingAttributes.TryCut(box.Head, out var head, out _);
        var space = head.IndexOf(' ');
        var title = space < 0 ? "" : head.Substring(space + 1).Trim();
        var text = (title + " " + WithoutMarks(inside)).Trim();
        _boxes.Add(new SpecBox(space < 0 ? head : head.Substring(0, space), text, box.Start, end, deprecation));
    }

    /// <summary>Plain text: attributes go, a link keeps its text.</summary>
    private static string WithoutMarks(string inside)
    {
        if (HeadingAttributes.TryCut(inside, out var rest, out _)) inside = rest;
        return JsDoc.JsDocLinks.Extract(inside, 0, 0, []).Replace("**", "").Replace("`", "");
    }
}
