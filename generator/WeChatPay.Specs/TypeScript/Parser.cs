using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.TypeScript;

/// <summary>
/// Reads declarations out of tokens: this part holds the cursor and the recovery, the others statements,
/// members and types. Namespaces are kept on a stack of our own and types are limited in depth, so no input
/// can exhaust the call stack; every loop moves on or leaves.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>Real documents reach a depth of 6.</summary>
    public const int DeepestType = 64;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly DiagnosticSink _sink;
    private readonly CancellationToken _cancellation;
    private int _index;

    /// <summary>The text is a type of a JSDoc tag: Closure's marks are known, and a mistake is no error of the declarations.</summary>
    private bool _isJsDoc;

    /// <summary>Where a missing brace was reported, so that the levels around do not report it again.</summary>
    private int _missingBraceAt = -1;

    private Parser(string text, List<Token> tokens, DiagnosticSink sink, CancellationToken cancellation)
    {
        _text = text;
        _tokens = tokens;
        _sink = sink;
        _cancellation = cancellation;
    }

    /// <summary>The blocks of the declarations between two offsets of the text, in order.</summary>
    public static List<NamespaceBlock> Parse(string text, int start, int end, DiagnosticSink sink, CancellationToken cancellation)
    {
        var parser = new Parser(text, Lexer.Read(text, start, end, sink, cancellation), sink, cancellation);
        return parser.ParseBlocks();
    }

    /// <summary>A type of a JSDoc tag, in TypeScript's notation or Closure's; null after a problem was reported.</summary>
    public static TypeSyntax? ParseJsDocType(string text, int start, int end, DiagnosticSink sink, CancellationToken cancellation)
    {
        var parser = new Parser(text, Lexer.ReadInComment(text, start, end, sink, cancellation), sink, cancellation) { _isJsDoc = true };
        if (parser.AtEnd) return new NamedTypeSyntax("any", [], start, end);
        var type = parser.ParseType(0);
        if (type is not null && !parser.AtEnd) parser.ReportUnexpected("the end of the type", "Write '{type} name'.");
        return type;
    }

    private Token Current => _tokens[_index];

    private Token Ahead(int count) => _tokens[Math.Min(_index + count, _tokens.Count - 1)];

    private bool AtEnd => Current.Kind == TokenKind.End;

    private int PreviousEnd => _index == 0 ? Current.Start : _tokens[_index - 1].End;

    private bool At(char symbol) => Current.Symbol == symbol;

    private bool AtWord(string word) => IsWord(Current, word);

    private bool IsWord(in Token token, string word)
        => token.Kind == TokenKind.Identifier && token.Length == word.Length
            && string.CompareOrdinal(_text, token.Start, word, 0, word.Length) == 0;

    private string TextOf(in Token token) => _text.Substring(token.Start, token.Length);

    private Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End) _index++;
        return token;
    }

    private bool TakeIf(char symbol)
    {
        if (!At(symbol)) return false;
        _index++;
        return true;
    }

    private bool TakeIfWord(string word)
    {
        if (!AtWord(word)) return false;
        _index++;
        return true;
    }

    private void ReportUnexpected(string expected, string fix) => ReportUnexpected(Current, expected, fix);

    private void ReportUnexpected(in Token token, string expected, string fix)
    {
        var descriptor = _isJsDoc ? SpecDiagnostics.MalformedTag : SpecDiagnostics.Unexpected;
        if (token.Kind == TokenKind.End)
        {
            // The end of the last token is a better place than the closing marks of the fence.
            var at = PreviousEnd;
            _sink.Report(descriptor, Math.Max(0, at - 1), Math.Min(1, at), "the end of the declarations", expected, fix);
        }
        else
        {
            _sink.Report(descriptor, token.Start, token.Length, "'" + TextOf(token) + "'", expected, fix);
        }
    }

    /// <summary>
    /// Something is missing before the token at hand. Where that begins the next line, the mistake is at the end of
    /// the line before.
    /// </summary>
    private void ReportMissing(string expected, string fix)
    {
        if (_index > 0 && AtNextLine()) _sink.Report(SpecDiagnostics.Unexpected, Math.Max(0, PreviousEnd - 1), 1, "the end of the line", expected, fix);
        else ReportUnexpected(expected, fix);
    }

    /// <summary>On a new line there is a member, a declaration or the end of the block: nothing that could go on with the line before.</summary>
    private bool AtNextLine()
    {
        if (!Current.NewLineBefore) return false;
        if (At('}') || AtStatement()) return true;
        return IsMemberName(Current) && (Ahead(1).Symbol == ':' || (Ahead(1).Symbol == '?' && Ahead(2).Symbol == ':'));
    }

    private void ReportMissingBrace(int open)
    {
        if (_missingBraceAt == _index) return;
        _missingBraceAt = _index;
        ReportUnexpected("'}' closing the '{' of " + _sink.Place(open), "Close the block, or remove the '{'.");
    }

    /// <summary>Skips the bracket at hand with all that it holds, or a single token.</summary>
    private void SkipBalanced()
    {
        var depth = 0;
        do
        {
            switch (Current.Symbol)
            {
                case '{' or '(' or '[': depth++; break;
                case '}' or ')' or ']': depth--; break;
            }

            Take();
        }
        while (depth > 0 && !AtEnd && !AtStatement());
    }

    /// <summary>Skips the rest of a broken member: to a separator, the next member, the closing brace or the next declaration.</summary>
    private void RecoverMember(int memberStart)
    {
        if (_index == memberStart && !At('}')) Take();
        var depth = 0;
        while (!AtEnd && !AtStatement())
        {
            if (depth == 0)
            {
                if (At('}') || (Current.NewLineBefore && LooksLikeMember())) return;
                if (TakeIf(';') || TakeIf(',')) return;
            }

            switch (Current.Symbol)
            {
                case '{' or '(' or '[': depth++; break;
                case '}' or ')' or ']' when depth > 0: depth--; break;
            }

            Take();
        }
    }

    private static bool IsMemberName(in Token token) => token.Kind is TokenKind.Identifier or TokenKind.String or TokenKind.Number or TokenKind.Template;

    private bool LooksLikeMember()
    {
        if (!IsMemberName(Current)) return At('[');
        var next = Ahead(1).Symbol;
        return next is ':' or '(' || (next == '?' && Ahead(2).Symbol is ':' or '(');
    }

    /// <summary>
    /// A declaration begins here, which no member can look like. Inside an object this means that a brace is
    /// missing above; stopping here keeps the rest of the file readable.
    /// </summary>
    private bool AtStatement()
    {
        var token = Current;
        if (token.Kind != TokenKind.Identifier || !token.NewLineBefore) return false;
        var next = Ahead(1);
        if (next.Kind != TokenKind.Identifier || next.NewLineBefore) return false;
        if (IsWord(token, "export") || IsWord(token, "declare")) return true;
        var after = Ahead(2);
        if (IsWord(token, "interface")) return after.Symbol is '{' or '<' || IsWord(after, "extends");
        if (IsWord(token, "namespace") || IsWord(token, "module")) return after.Symbol is '{' or '.';
        return IsWord(token, "type") && after.Symbol is '=' or '<';
    }
}
