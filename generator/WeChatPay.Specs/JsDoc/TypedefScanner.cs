namespace WeChatPay.Specs.JsDoc;

/// <summary>Cuts a comment into its tags. A line that begins with <c>@</c> always begins a tag, so that a brace which is not closed costs one tag only.</summary>
internal sealed class TypedefScanner
{
    private const int LongestLine = 4096;

    private readonly string _text;
    private readonly int _end;
    private readonly List<TypedefEntry> _entries = [];
    private int _depth;
    private bool _hasTypedef;

    private TypedefScanner(string text, int end) => (_text, _end) = (text, end);

    /// <param name="text">The whole file.</param>
    /// <param name="start">Behind <c>/**</c>.</param>
    /// <param name="end">Before <c>*/</c>.</param>
    public static List<TypedefEntry> Read(string text, int start, int end)
    {
        var scanner = new TypedefScanner(text, end);
        for (var at = start; at < end;)
        {
            var lineEnd = text.IndexOfAny(['\n', '\r'], at, end - at);
            if (lineEnd < 0) lineEnd = end;
            scanner.ReadLine(at, lineEnd);
            at = lineEnd + 1;
        }

        scanner.EndEntry(end);
        return scanner._entries;
    }

    /// <summary>The first character behind white space and the <c>*</c> at the beginning of a line.</summary>
    public static int SkipDecoration(string text, int at, int end)
    {
        while (at < end && char.IsWhiteSpace(text[at])) at++;
        if (at >= end || text[at] != '*') return at;
        at++;
        while (at < end && char.IsWhiteSpace(text[at]) && text[at] is not ('\n' or '\r')) at++;
        return at;
    }

    private void ReadLine(int lineStart, int lineEnd)
    {
        var at = SkipDecoration(_text, lineStart, lineEnd);
        if (at >= lineEnd) return;
        if (_text[at] == '@') Begin(at, lineEnd);
        else if (IsLostMember(at, lineEnd)) Add("", at, at);
        for (; at < lineEnd; at++)
        {
            switch (_text[at])
            {
                case '{':
                    _depth++;
                    break;
                case '}' when _depth > 0:
                    _depth--;
                    break;
                case '@' when _depth == 0 && at > lineStart && char.IsWhiteSpace(_text[at - 1]) && IsDeclaring(Word(at + 1, lineEnd)):
                    Begin(at, lineEnd);
                    break;
            }
        }
    }

    private void Begin(int at, int lineEnd)
    {
        if (_entries.Count > 0 && _entries[_entries.Count - 1].Start == at) return;
        var word = Word(at + 1, lineEnd);
        Add(word, at, at + 1 + word.Length);
    }

    private void Add(string tag, int start, int contentStart)
    {
        EndEntry(start);
        _depth = 0;
        _hasTypedef |= tag == "typedef";
        _entries.Add(new TypedefEntry(tag, start, contentStart, _end));
    }

    private void EndEntry(int at)
    {
        if (_entries.Count > 0) _entries[_entries.Count - 1] = _entries[_entries.Count - 1] with { End = at };
    }

    private string Word(int at, int end)
    {
        var start = at;
        while (at < end && _text[at] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) at++;
        return _text.Substring(start, at - start);
    }

    private static bool IsDeclaring(string word) => word is "prop" or "property" or "typedef";

    /// <summary><c>{type} name</c> or a bare <c>wire_name</c> at the beginning of a line below a typedef.</summary>
    private bool IsLostMember(int at, int lineEnd)
    {
        if (!_hasTypedef || EndsInType()) return false;
        if (_text[at] == '{')
        {
            var close = _text.IndexOf('}', at, lineEnd - at);
            if (close < 0 || (_depth > 0 && _text.IndexOf('{', at + 1, close - at) >= 0)) return false;
            while (close + 1 < lineEnd && _text[close + 1] is '}' or '[' or ']' or '=') close++;
            var name = close + 1;
            while (name < lineEnd && _text[name] is ' ' or '\t') name++;
            return name > close + 1 && name < lineEnd && IsNamePart(_text[name]);
        }

        if (_depth > 0 || _text[at] is not (>= 'a' and <= 'z')) return false;
        var end = at;
        while (end < lineEnd && IsNamePart(_text[end])) end++;
        return _text.Substring(end, lineEnd - end).Trim().Length == 0;
    }

    /// <summary>The tag at hand has its type, but no name yet: the line goes on with it.</summary>
    private bool EndsInType()
    {
        if (_entries.Count == 0 || !IsDeclaring(_entries[_entries.Count - 1].Tag)) return false;
        var at = _entries[_entries.Count - 1].ContentStart;
        // Asked for each line that follows, so a first line of any length must not count.
        var longest = Math.Min(_end - at, LongestLine);
        var end = _text.IndexOfAny(['\n', '\r'], at, longest);
        if (end < 0 && longest == LongestLine) return false;
        var content = _text.Substring(at, (end < 0 ? _end : end) - at).Trim();
        return content.Length == 0 || (content[0] == '{' && content[content.Length - 1] == '}');
    }

    private static bool IsNamePart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '$';
}
