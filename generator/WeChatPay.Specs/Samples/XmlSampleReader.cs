using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.Samples;

/// <summary>Reads the XML of samples: elements, text and CDATA. Names only matter; nothing is resolved, no DTD is read.</summary>
internal sealed class XmlSampleReader
{
    private const int Deepest = 64;

    private readonly string _text;
    private readonly int _end;
    private readonly DiagnosticSink _sink;
    private int _at;

    private XmlSampleReader(string text, int start, int end, DiagnosticSink sink) => (_text, _at, _end, _sink) = (text, start, end, sink);

    /// <summary>The members of the root element, whatever it is called; null where there is none.</summary>
    public static SampleNode? Read(string text, int start, int end, DiagnosticSink sink)
    {
        var reader = new XmlSampleReader(text, start, end, sink);
        var (members, _) = reader.ReadContent("", 0);
        return members.Find(m => m.Value.Kind == SampleKind.Object)?.Value;
    }

    private (List<SampleMember> Members, string Text) ReadContent(string element, int depth)
    {
        var members = new List<SampleMember>();
        var textStart = _at;
        var content = "";
        while (_at < _end)
        {
            var open = _text.IndexOf('<', _at, _end - _at);
            if (open < 0) break;
            _at = open;
            if (Skip("<![CDATA[", "]]>") || Skip("<!--", "-->") || Skip("<?", "?>") || Skip("<!", ">")) continue;
            if (_at + 1 < _end && _text[_at + 1] == '/')
            {
                content = _text.Substring(textStart, open - textStart);
                var closing = ReadTag(out _);
                if (closing.Name != element) Report(closing.Start, closing.Length, "'</" + closing.Name + ">'", "'</" + element + ">'");
                return (members, content);
            }

            var tag = ReadTag(out var empty);
            if (tag.Name.Length == 0) continue;
            members.Add(ReadElement(tag, empty, depth));
        }

        _at = _end;
        if (element.Length > 0) Report(textStart - 1, 1, "<" + element + "> that is not closed", "'</" + element + ">'");
        return (members, content);
    }

    private SampleMember ReadElement((string Name, int Start, int Length) tag, bool empty, int depth)
    {
        var start = _at;
        if (empty || depth >= Deepest) return new SampleMember(tag.Name, tag.Start, tag.Length, new SampleNode(SampleKind.Text, start, start));
        var (members, content) = ReadContent(tag.Name, depth + 1);
        var node = members.Count == 0
            ? new SampleNode(SampleKind.Text, start, _at) { Text = Plain(content) }
            : new SampleNode(SampleKind.Object, start, _at) { Members = Group(members) };
        return new SampleMember(tag.Name, tag.Start, tag.Length, node);
    }

    /// <summary>Elements of one name are a list.</summary>
    private static List<SampleMember> Group(List<SampleMember> members)
        => members.GroupBy(m => m.Name, StringComparer.Ordinal).Select(g =>
        {
            var first = g.First();
            if (g.Skip(1).Any() is false) return first;
            return first with { Value = new SampleNode(SampleKind.List, first.Value.Start, first.Value.End) { Elements = [.. g.Select(m => m.Value)] } };
        }).ToList();

    private bool Skip(string open, string close)
    {
        if (_at + open.Length > _end || string.CompareOrdinal(_text, _at, open, 0, open.Length) != 0) return false;
        var found = _text.IndexOf(close, _at + open.Length, _end - _at - open.Length, StringComparison.Ordinal);
        _at = found < 0 ? _end : found + close.Length;
        return true;
    }

    /// <summary><c>&lt;name&gt;</c>, <c>&lt;/name&gt;</c>, <c>&lt;name/&gt;</c>; blanks around the name are reported.</summary>
    private (string Name, int Start, int Length) ReadTag(out bool empty)
    {
        var open = _at++;
        if (_at < _end && _text[_at] == '/') _at++;
        var close = _text.IndexOf('>', _at, _end - _at);
        if (close < 0) close = _end;
        var start = _at;
        while (start < close && char.IsWhiteSpace(_text[start])) start++;
        var end = start;
        while (end < close && !char.IsWhiteSpace(_text[end]) && _text[end] != '/') end++;
        var rest = _text.Substring(end, close - end);
        empty = rest.EndsWith("/", StringComparison.Ordinal);
        _at = Math.Min(close + 1, _end);
        if (start > open + 1 + (open + 1 < _end && _text[open + 1] == '/' ? 1 : 0) || (rest.Length > 0 && rest.Trim().Length == 0))
        {
            Report(open, _at - open, "blanks in '" + _text.Substring(open, _at - open) + "'", "the name alone");
        }

        return (_text.Substring(start, end - start), start, end - start);
    }

    private static string Plain(string content)
    {
        content = content.Trim();
        const string open = "<![CDATA[";
        return content.StartsWith(open, StringComparison.Ordinal) ? content.Substring(open.Length).Replace("]]>", "") : content;
    }

    private void Report(int start, int length, string found, string expected)
        => _sink.Report(SpecDiagnostics.MalformedSample, Math.Max(0, start), length, found, expected);
}
