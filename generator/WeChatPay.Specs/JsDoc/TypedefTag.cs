using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.JsDoc;

/// <summary>
/// The parts of <c>@prop {type} name description</c>, by offsets. Braces that do not balance are reported, and the
/// reading that loses least is taken.
/// </summary>
internal sealed class TypedefTag
{
    private readonly string _text;
    private readonly int _end;
    private readonly DiagnosticSink _sink;
    private int _at;

    private TypedefTag(string text, int start, int end, DiagnosticSink sink) => (_text, _at, _end, _sink) = (text, start, end, sink);

    /// <summary>Where the type stands, without its braces; null where there is none.</summary>
    public (int Start, int End)? Type { get; private set; }

    /// <summary>A <c>[]</c> behind the closing brace.</summary>
    public bool IsListOutside { get; private set; }

    /// <summary>The length is 0 where there is no name.</summary>
    public (int Start, int Length) Name { get; private set; }

    public bool IsOptional { get; private set; }

    public string Description { get; private set; } = "";

    public static TypedefTag Read(string text, int start, int end, DiagnosticSink sink)
    {
        var tag = new TypedefTag(text, start, end, sink);
        tag.ReadType();
        tag.ReadName();
        return tag;
    }

    private char Peek(int at) => at < _end ? _text[at] : '\0';

    private void SkipBlank()
    {
        for (var moved = true; moved;)
        {
            var before = _at;
            while (_at < _end && char.IsWhiteSpace(_text[_at])) _at++;
            if (_at < _end && _text[_at] == '*' && _at > before && _text.LastIndexOfAny(['\n', '\r'], _at - 1, _at - before) >= 0) _at++;
            moved = _at > before;
        }
    }

    private void ReadType()
    {
        SkipBlank();
        if (Peek(_at) != '{') return;
        var open = _at;
        var close = FindClose(open);
        if (close < 0)
        {
            ReadUnclosed(open);
            return;
        }

        Type = (open + 1, close);
        _at = close + 1;
        if (Peek(_at) == '[' && Peek(_at + 1) == ']') ReadOutsideList(open, close);
        else if (IsMemberList(open + 1, close))
        {
            Report(open, 1, "'{'", "'{{' before the members of an object", "Write '{{name: type}} name'.");
            Type = (open, close + 1);
        }

        if (Peek(_at) == '=')
        {
            IsOptional = true;
            _at++;
        }

        var excess = _at;
        while (Peek(_at) == '}') _at++;
        if (_at > excess) Report(excess, _at - excess, "'" + _text.Substring(excess, _at - excess) + "'", "a name", "Remove the brace, or open it.");
        IsOptional |= Type is { } type && type.End > type.Start && _text[type.End - 1] == '=';
    }

    /// <summary><c>{{a: string}}[] x</c> and <c>{a: string}[]} x</c>: the list is meant, a brace stands at the wrong place.</summary>
    private void ReadOutsideList(int open, int close)
    {
        Report(_at, 2, "'[]' behind the type", "it inside of the braces", "Write '{type[]} name'.");
        _at += 2;
        IsListOutside = true;
        if (IsMemberList(open + 1, close)) Type = (open, close + 1);
        if (Peek(_at) == '=') _at++;
        if (Peek(_at) == '}') _at++;
    }

    /// <summary>As many closing braces are missing as are: the last one that is there ends the type.</summary>
    private void ReadUnclosed(int open)
    {
        var lineEnd = _text.IndexOfAny(['\n', '\r'], open, _end - open);
        var last = _text.LastIndexOf('}', _end - 1, _end - open);
        Report(open, 1, "'{' without its '}'", "braces that balance", "Write '{type} name'.");
        if (last > open)
        {
            Type = (open + 1, last + 1);
            _at = last + 1;
            return;
        }

        // No brace at all: the type is the first word.
        var end = open + 1;
        if (lineEnd < 0) lineEnd = _end;
        while (end < lineEnd && !char.IsWhiteSpace(_text[end])) end++;
        Type = (open + 1, end);
        _at = end;
    }

    private int FindClose(int open)
    {
        var depth = 0;
        var quote = '\0';
        for (var i = open; i < _end; i++)
        {
            var c = _text[i];
            if (c is '\n' or '\r') quote = '\0';
            else if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"') quote = c;
            else if (c == '{') depth++;
            else if (c == '}' && --depth == 0) return i;
        }

        return -1;
    }

    /// <summary><c>a: string, …</c> without braces of its own.</summary>
    private bool IsMemberList(int start, int end)
    {
        while (start < end && (char.IsWhiteSpace(_text[start]) || _text[start] is '\'' or '"')) start++;
        var name = start;
        while (start < end && (char.IsLetterOrDigit(_text[start]) || _text[start] is '_' or '$' or '-')) start++;
        if (start == name) return false;
        while (start < end && (char.IsWhiteSpace(_text[start]) || _text[start] is '\'' or '"' or '?')) start++;
        return start < end && _text[start] == ':';
    }

    private void ReadName()
    {
        SkipBlank();
        var bracket = Peek(_at) == '[';
        if (bracket)
        {
            IsOptional = true;
            _at++;
        }

        var quoted = Peek(_at) is '\'' or '"' or '`';
        if (quoted) _at++;
        var start = _at;
        while (_at < _end && (IsNamePart(_text[_at]) || IsListMark())) _at += _text[_at] == '[' ? 2 : 1;
        Name = (start, _at - start);
        if (quoted && _at < _end) _at++;
        if (bracket)
        {
            var close = _text.IndexOf(']', _at, _end - _at);
            if (close >= 0) _at = close + 1;
        }

        Description = string.Join(" ", Lines()).Trim().TrimStart('-', ':', '–', '—', ' ').Trim();
    }

    private IEnumerable<string> Lines()
    {
        for (var at = _at; at < _end;)
        {
            var lineEnd = _text.IndexOfAny(['\n', '\r'], at, _end - at);
            if (lineEnd < 0) lineEnd = _end;
            var start = at == _at ? at : Math.Min(TypedefScanner.SkipDecoration(_text, at, lineEnd), lineEnd);
            if (_text.Substring(start, lineEnd - start).Trim() is { Length: > 0 } line) yield return line;
            at = lineEnd + 1;
        }
    }

    /// <summary>The middle of <c>goods[].goods_id</c>.</summary>
    private bool IsListMark() => _text[_at] == '[' && Peek(_at + 1) == ']' && Peek(_at + 2) == '.';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '-' or '.';

    private void Report(int start, int length, string found, string expected, string fix)
        => _sink.Report(SpecDiagnostics.MalformedTag, start, length, found, expected, fix);
}
