using System.Globalization;
using System.Runtime.CompilerServices;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Text;

namespace WeChatPay.Specs.TypeScript;

/// <summary>
/// Cuts the declarations of a fence into tokens, in place. It stops where the example begins, never fails and
/// always moves on: a character that belongs nowhere is reported and skipped.
/// </summary>
internal sealed class Lexer
{
    private readonly string _text;
    private readonly int _end;
    private readonly DiagnosticSink _sink;
    private readonly CancellationToken _cancellation;
    private readonly List<Token> _tokens = [];
    private readonly bool _inComment;
    private int _at;
    private bool _newLine = true;
    private int _docStart;
    private int _docLength;

    /// <summary>Where the next <c>*/</c> stands, as far as it was looked for: searching again for each comment would be quadratic.</summary>
    private int _nextClose = -1;
    private bool _hasNoBacktick;

    private Lexer(string text, int start, int end, bool inComment, DiagnosticSink sink, CancellationToken cancellation)
    {
        _inComment = inComment;
        _text = text;
        _at = start;
        _end = end;
        _sink = sink;
        _cancellation = cancellation;
    }

    /// <summary>The tokens between two offsets; the last one is always <see cref="TokenKind.End"/>.</summary>
    public static List<Token> Read(string text, int start, int end, DiagnosticSink sink, CancellationToken cancellation)
    {
        var lexer = new Lexer(text, start, end, false, sink, cancellation);
        lexer.Run();
        return lexer._tokens;
    }

    /// <summary>The tokens of a type inside of a comment, where each further line may begin with <c>*</c>.</summary>
    public static List<Token> ReadInComment(string text, int start, int end, DiagnosticSink sink, CancellationToken cancellation)
    {
        var lexer = new Lexer(text, start, end, true, sink, cancellation);
        lexer.Run();
        return lexer._tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < _end ? _text[_at + ahead] : '\0';

    [MethodImpl(HotPath.Optimized)]
    private void Run()
    {
        while (_at < _end)
        {
            if ((_tokens.Count & 0xFFF) == 0) _cancellation.ThrowIfCancellationRequested();
            var c = _text[_at];
            if (IsLineEnd(c))
            {
                _newLine = true;
                _at++;
            }
            else if (char.IsWhiteSpace(c) || c == '\uFEFF' || (_inComment && _newLine && c == '*' && _tokens.Count > 0))
            {
                _at++;
            }
            else if (c == '/' && Peek(1) == '/')
            {
                if (!SkipLineComment()) break;
            }
            else if (c == '/' && Peek(1) == '*')
            {
                SkipBlockComment();
            }
            else if (IsIdentifierStart(c))
            {
                var start = _at;
                while (_at < _end && IsIdentifierPart(_text[_at])) _at++;
                Add(TokenKind.Identifier, start);
            }
            else if (c is >= '0' and <= '9')
            {
                ReadNumber();
            }
            else if (c is '\'' or '"')
            {
                ReadString(c);
            }
            else if (c == '`')
            {
                ReadTemplate();
            }
            else
            {
                ReadPunctuation(c);
            }
        }

        _at = Math.Min(_at, _end);
        Add(TokenKind.End, _at);
    }

    private void Add(TokenKind kind, int start, char symbol = '\0')
    {
        _tokens.Add(new Token(kind, start, _at - start)
        {
            Symbol = symbol,
            NewLineBefore = _newLine,
            DocStart = _docStart,
            DocLength = _docLength,
        });
        _newLine = false;
        _docLength = 0;
    }

    /// <summary>False where the declarations end.</summary>
    [MethodImpl(HotPath.Optimized)]
    private bool SkipLineComment()
    {
        var start = _at;
        while (_at < _end && !IsLineEnd(_text[_at])) _at++;
        if (!TwoslashMarks.EndsDeclarations(_text.AsSpan(start + 2, _at - start - 2))) return true;
        if (!HasNamespace() && SkipToDeclarations()) return true;
        _at = start;
        return false;
    }

    private bool HasNamespace()
        => _tokens.Exists(t => t.Kind == TokenKind.Identifier && t.Length == 9 && string.CompareOrdinal(_text, t.Start, "namespace", 0, 9) == 0);

    /// <summary>The example may stand first: on to the line that begins the file of the declarations, where there is one.</summary>
    [MethodImpl(HotPath.Optimized)]
    private bool SkipToDeclarations()
    {
        for (var at = _at; at < _end;)
        {
            while (at < _end && char.IsWhiteSpace(_text[at])) at++;
            var lineEnd = at;
            while (lineEnd < _end && !IsLineEnd(_text[lineEnd])) lineEnd++;
            if (lineEnd - at > 2 && _text[at] == '/' && _text[at + 1] == '/' && TwoslashMarks.BeginsDeclarations(_text.AsSpan(at + 2, lineEnd - at - 2)))
            {
                _at = lineEnd;
                return true;
            }

            at = lineEnd;
        }

        return false;
    }

    [MethodImpl(HotPath.Optimized)]
    private void SkipBlockComment()
    {
        var start = _at;
        if (_nextClose < start + 2) _nextClose = _text.IndexOf("*/", start + 2, _end - start - 2, StringComparison.Ordinal);
        if (_nextClose < 0) _nextClose = _end;
        if (_nextClose == _end || HoldsAnother(start + 2, _nextClose))
        {
            // Up to its line end, or what stands behind it would be lost without a word.
            _sink.Report(SpecDiagnostics.Unterminated, start, 2, "comment", "a closing */");
            SkipCommentLines();
            return;
        }

        for (var i = start; i < _nextClose; i++) _newLine |= IsLineEnd(_text[i]);
        _at = _nextClose + 2;
        // "/**/" is an empty plain comment.
        if (_text[start + 2] == '*' && _nextClose > start + 2) (_docStart, _docLength) = (start, _at - start);
    }

    /// <summary>A line of the comment begins with <c>/*</c>: it is the next one that closes both.</summary>
    [MethodImpl(HotPath.Optimized)]
    private bool HoldsAnother(int start, int end)
    {
        var isLineStart = false;
        for (var i = start; i < end; i++)
        {
            if (isLineStart && _text[i] == '/' && _text[i + 1] == '*') return true;
            isLineStart = IsLineEnd(_text[i]) || (isLineStart && char.IsWhiteSpace(_text[i]));
        }

        return false;
    }

    /// <summary>The rest of the line, and the lines below it that begin with <c>*</c> as those of a comment do.</summary>
    [MethodImpl(HotPath.Optimized)]
    private void SkipCommentLines()
    {
        while (true)
        {
            while (_at < _end && !IsLineEnd(_text[_at])) _at++;
            var next = _at;
            while (next < _end && char.IsWhiteSpace(_text[next])) next++;
            if (next >= _end || _text[next] != '*') return;
            _newLine = true;
            _at = next;
        }
    }

    [MethodImpl(HotPath.Optimized)]
    private void ReadNumber()
    {
        var start = _at;
        while (_at < _end && (IsIdentifierPart(_text[_at]) || _text[_at] == '.' || IsExponentSign())) _at++;
        Add(TokenKind.Number, start);

        bool IsExponentSign() => _text[_at] is '+' or '-' && _text[_at - 1] is 'e' or 'E' && !IsHexadecimal();
        bool IsHexadecimal() => _at - start > 1 && _text[start + 1] is 'x' or 'X';
    }

    [MethodImpl(HotPath.Optimized)]
    private void ReadString(char quote)
    {
        var start = _at++;
        while (_at < _end && _text[_at] != quote && !IsLineEnd(_text[_at]))
        {
            // An escaped line end continues the string; CRLF is one line end.
            if (_text[_at] == '\\') _at += Peek(1) == '\r' && Peek(2) == '\n' ? 2 : 1;
            _at++;
        }

        if (_at < _end && _text[_at] == quote)
        {
            _at++;
        }
        else
        {
            _at = Math.Min(_at, _end);
            _sink.Report(SpecDiagnostics.Unterminated, start, _at - start, "string", "a closing " + quote + " on the same line");
        }

        Add(TokenKind.String, start);
    }

    [MethodImpl(HotPath.Optimized)]
    private void ReadTemplate()
    {
        var start = _at++;
        var hole = -1;
        while (!_hasNoBacktick && _at < _end && _text[_at] != '`')
        {
            if (hole < 0 && _text[_at] == '$' && Peek(1) == '{') hole = _at;
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        if (_at < _end && _text[_at] == '`')
        {
            _at++;
            if (hole >= 0) _sink.Report(SpecDiagnostics.Unexpected, hole, 2, "${", "a template literal without holes", "Write the text out.");
        }
        else
        {
            // It could run over many lines, but none does: the next line is a member again.
            _hasNoBacktick = true;
            _at = start;
            while (_at < _end && !IsLineEnd(_text[_at])) _at++;
            _sink.Report(SpecDiagnostics.Unterminated, start, 1, "template literal", "a closing `");
        }

        Add(TokenKind.Template, start);
    }

    private void ReadPunctuation(char c)
    {
        var start = _at++;
        switch (c)
        {
            case '=' when Peek() == '>':
                _at++;
                Add(TokenKind.Punctuation, start, Token.Arrow);
                break;
            case '.' when Peek() == '.' && Peek(1) == '.':
                _at += 2;
                Add(TokenKind.Punctuation, start, Token.Ellipsis);
                break;
            case '{' or '}' or '[' or ']' or '(' or ')' or '<' or '>' or ':' or ';' or ',' or '.' or '?' or '|' or '&' or '='
                or '-' or '+' or '@' or '!' or '*' or '/' or '%' or '^' or '~':
                Add(TokenKind.Punctuation, start, c);
                break;
            default:
                ReportCharacters(start);
                break;
        }
    }

    /// <summary>A run of strange characters is one problem: a pasted binary must not fill the list.</summary>
    [MethodImpl(HotPath.Optimized)]
    private void ReportCharacters(int start)
    {
        while (_at < _end && !IsLineEnd(_text[_at]) && !char.IsWhiteSpace(_text[_at]) && _text[_at] > '\u007E' && !IsIdentifierStart(_text[_at])) _at++;
        var code = ((int)_text[start]).ToString("X4", CultureInfo.InvariantCulture);
        _sink.Report(SpecDiagnostics.StrangeCharacter, start, _at - start, _text.Substring(start, 1), code, Cure(_text[start]));
    }

    /// <summary>Full-width and typographic forms stand for a character of the language.</summary>
    private static string Cure(char c)
    {
        char? meant = c switch
        {
            >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
            '\u3001' => ',',
            '\u2018' or '\u2019' => '\'',
            '\u201C' or '\u201D' => '"',
            _ => null,
        };
        if (meant is { } plain) return "Write " + plain + " instead.";
        return CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format ? "Remove it; it is invisible." : "Remove it.";
    }

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsIdentifierStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '$' || (c > '\u007F' && char.IsLetter(c));

    private static bool IsIdentifierPart(char c)
        => IsIdentifierStart(c) || c is >= '0' and <= '9' || (c > '\u007F' && char.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber);
}
