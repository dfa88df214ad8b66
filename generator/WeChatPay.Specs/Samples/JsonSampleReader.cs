using System.Text;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.Samples;

/// <summary>Reads JSON as people write it into documents: comments, trailing commas, blanks in keys, missing brackets. It reports, and goes on.</summary>
internal sealed class JsonSampleReader
{
    private const int Deepest = 64;

    private readonly string _text;
    private readonly int _end;
    private readonly DiagnosticSink _sink;
    private int _at;

    private JsonSampleReader(string text, int start, int end, DiagnosticSink sink) => (_text, _at, _end, _sink) = (text, start, end, sink);

    /// <summary>Null where the text is no object.</summary>
    public static SampleNode? Read(string text, int start, int end, DiagnosticSink sink)
    {
        var reader = new JsonSampleReader(text, start, end, sink);
        reader.SkipBlank();
        return reader.Peek() == '{' ? reader.ReadObject(0) : null;
    }

    private char Peek() => _at < _end ? _text[_at] : '\0';

    private void SkipBlank()
    {
        while (_at < _end)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF') _at++;
            else if (At("//")) SkipTo("\n");
            else if (At("/*")) SkipTo("*/");
            else break;
        }
    }

    private bool At(string mark) => string.CompareOrdinal(_text, _at, mark, 0, mark.Length) == 0 && _at + mark.Length <= _end;

    private void SkipTo(string mark)
    {
        var found = _text.IndexOf(mark, _at, _end - _at, StringComparison.Ordinal);
        _at = found < 0 ? _end : found + mark.Length;
    }

    private SampleNode ReadObject(int depth)
    {
        var members = new List<SampleMember>();
        var start = ReadItems("{}", "member", () =>
        {
            if (ReadMember(depth) is { } member) members.Add(member);
        });
        return new SampleNode(SampleKind.Object, start, _at) { Members = members };
    }

    /// <summary>What stands between brackets, by commas; the result is where the bracket opens.</summary>
    /// <param name="brackets">The opening and the closing one.</param>
    /// <param name="item">What an item is called in messages.</param>
    /// <param name="read">Reads the one at hand.</param>
    private int ReadItems(string brackets, string item, Action read)
    {
        var start = _at++;
        var comma = -1;
        while (true)
        {
            SkipBlank();
            var c = Peek();
            if (_at < _end && c == brackets[1])
            {
                if (comma >= 0) Report(comma, 1, "a trailing comma", "'" + c + "' directly behind the last " + item);
                _at++;
                return start;
            }

            // The bracket of another kind closes something around it.
            if (_at >= _end || c is ']' or '}')
            {
                Report(start, 1, "'" + brackets[0] + "' without its '" + brackets[1] + "'", "'" + brackets[1] + "'");
                return start;
            }

            if (c == ',')
            {
                comma = _at++;
                continue;
            }

            var before = _at;
            read();
            if (_at == before) _at++;
            comma = -1;
        }
    }

    private SampleMember? ReadMember(int depth)
    {
        var start = _at;
        var name = Peek() is '"' or '\'' ? ReadString() : ReadWord();
        var length = _at - start;
        if (length == 0)
        {
            Report(start, 1, "'" + _text.Substring(start, 1) + "'", "the name of a member in double quotes");
            return null;
        }

        var trimmed = new string([.. name.Where(c => !char.IsControl(c))]).Trim();
        if (trimmed != name) Report(start, length, "blanks in the name '" + trimmed + "'", "the name alone");
        SkipBlank();
        if (Peek() != ':')
        {
            // An ellipsis of the author, or a lost value.
            if (trimmed.Trim('.', '…').Length > 0) Report(start, length, "'" + trimmed + "' without a value", "':' and a value");
            return null;
        }

        _at++;
        SkipBlank();
        if (trimmed.Length == 0) trimmed = "_";
        return new SampleMember(trimmed, start, length, ReadValue(depth + 1));
    }

    private SampleNode ReadValue(int depth)
    {
        var start = _at;
        switch (Peek())
        {
            case '{' or '[' when depth >= Deepest:
                // No sample is that deep; the rest would only exhaust the stack.
                _at = _end;
                return new SampleNode(SampleKind.Null, start, _at);
            case '{':
                return ReadObject(depth);
            case '[':
                return ReadList(depth);
            case '"' or '\'':
                var content = ReadString();
                return new SampleNode(SampleKind.Text, start, _at) { Text = content };
        }

        var word = ReadWord();
        if (word.Length == 0) Report(start, Math.Min(1, _end - start), "no value", "a value");
        var kind = word switch
        {
            "true" or "false" => SampleKind.Boolean,
            "null" or "" or "undefined" => SampleKind.Null,
            _ => word[0] is '-' or (>= '0' and <= '9') ? SampleKind.Number : SampleKind.Text,
        };
        return new SampleNode(kind, start, _at) { Text = word };
    }

    private SampleNode ReadList(int depth)
    {
        var elements = new List<SampleNode>();
        var start = ReadItems("[]", "element", () => elements.Add(ReadValue(depth + 1)));
        return new SampleNode(SampleKind.List, start, _at) { Elements = elements };
    }

    private string ReadString()
    {
        var open = _at;
        var quote = _text[_at++];
        var value = new StringBuilder();
        while (_at < _end && _text[_at] != quote && _text[_at] is not ('\n' or '\r'))
        {
            if (_text[_at] == '\\' && _at + 1 < _end) _at++;
            value.Append(_text[_at++]);
        }

        if (Peek() == quote) _at++;
        else Report(open, _at - open, "a string that is not closed", "'" + quote + "'");
        return value.ToString();
    }

    private string ReadWord()
    {
        var start = _at;
        while (_at < _end && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (',' or ':' or '{' or '}' or '[' or ']' or '"' or '\'')) _at++;
        return _text.Substring(start, _at - start);
    }

    private void Report(int start, int length, string found, string expected) => _sink.Report(SpecDiagnostics.MalformedSample, start, length, found, expected);
}
