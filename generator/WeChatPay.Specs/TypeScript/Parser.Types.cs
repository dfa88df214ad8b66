using System.Globalization;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.TypeScript;

internal sealed partial class Parser
{
    private const int MostDimensions = 8;

    private const string Type = "a type";
    private const string TypeFix = "Types are e.g. string, number, boolean, 'A' | 'B', { … } and lists of them with [].";

    private int[]? _closing;

    /// <summary>A type, or null after a problem was reported.</summary>
    private TypeSyntax? ParseType(int depth)
    {
        if (depth >= DeepestType)
        {
            _sink.Report(SpecDiagnostics.TooDeep, Current.Start, Current.Length, DeepestType.ToString(CultureInfo.InvariantCulture));
            if (At('{') || At('(') || At('[')) SkipBalanced();
            return null;
        }

        return ParseList('|', depth + 1);
    }

    /// <summary>Unions of intersections of operands; both are flat lists, however long.</summary>
    private TypeSyntax? ParseList(char separator, int depth)
    {
        var start = Current.Start;
        TakeIf(separator);
        var first = Operand();
        if (first is null || !At(separator)) return first;
        var types = new List<TypeSyntax> { first };
        while (TakeIf(separator))
        {
            if (Operand() is not { } next) return null;
            types.Add(next);
        }

        return separator == '|' ? new UnionTypeSyntax(types, start, PreviousEnd) : new IntersectionTypeSyntax(types, start, PreviousEnd);

        TypeSyntax? Operand() => separator == '|' ? ParseList('&', depth) : ParsePostfix(depth);
    }

    private TypeSyntax? ParsePostfix(int depth)
    {
        while (AtWord("readonly") && !Ahead(1).NewLineBefore && (Ahead(1).Kind == TokenKind.Identifier || Ahead(1).Symbol is '[' or '(')) Take();
        var start = Current.Start;
        // Closure's marks: nullable, not nullable, variadic.
        if (_isJsDoc && (At('?') || At('!') || At(Token.Ellipsis))) Take();
        var type = ParsePrimary(depth);
        // On a new line '[' begins an index signature, the next member.
        for (var dimensions = 0; type is not null && At('[') && !Current.NewLineBefore; dimensions++)
        {
            if (dimensions == MostDimensions)
            {
                _sink.Report(SpecDiagnostics.TooDeep, Current.Start, 1, MostDimensions.ToString(CultureInfo.InvariantCulture));
                return null;
            }

            Take();
            if (TakeIf(']'))
            {
                type = new ArrayTypeSyntax(type, start, PreviousEnd);
                continue;
            }

            TypeSyntax? index = null;
            if (!AtNextLine() && (index = ParseType(depth)) is null) return null;
            if (index is null || !TakeIf(']'))
            {
                ReportMissing("']'", "Write 'type[]' for a list, 'Type['member']' for the type of a member.");
                return null;
            }

            type = new IndexedTypeSyntax(type, index, start, PreviousEnd);
        }

        // Closure's marks behind a type: optional, nullable.
        while (_isJsDoc && type is not null && (At('=') || At('?') || At('!'))) Take();
        return type;
    }

    private TypeSyntax? ParsePrimary(int depth)
    {
        var token = Current;
        if (AtNextLine())
        {
            ReportMissing(Type, TypeFix);
            return null;
        }

        switch (token.Kind)
        {
            case TokenKind.String or TokenKind.Template:
                Take();
                return new LiteralTypeSyntax(LiteralKind.Text, Literals.Text(_text, token), token.Start, token.End) { Doc = Doc(token) };
            case TokenKind.Number:
                Take();
                return new LiteralTypeSyntax(LiteralKind.Number, TextOf(token), token.Start, token.End) { Doc = Doc(token) };
            case TokenKind.Identifier when !AtStatement():
                return ParseNamed(depth);
        }

        switch (token.Symbol)
        {
            case '{':
                var members = ParseMembers(depth);
                return new ObjectTypeSyntax(members, token.Start, PreviousEnd);
            case '[':
                return ParseTuple(depth);
            case '(':
                return IsFunction() ? ParseFunction(token.Start, depth) : ParseParenthesised(depth);
            case '<':
                return ParseFunction(token.Start, depth);
            case '*' when _isJsDoc:
                Take();
                return new NamedTypeSyntax("any", [], token.Start, token.End);
            case '-' when Ahead(1).Kind == TokenKind.Number:
                Take();
                return new LiteralTypeSyntax(LiteralKind.Number, "-" + TextOf(Take()), token.Start, PreviousEnd) { Doc = Doc(token) };
            default:
                ReportUnexpected(Type, TypeFix);
                return null;
        }
    }

    private TypeSyntax? ParseNamed(int depth)
    {
        var start = Current.Start;
        var continues = !Ahead(1).NewLineBefore && (Ahead(1).Kind is TokenKind.Identifier or TokenKind.String || Ahead(1).Symbol is '(' or '{' or '[' or '<');
        if (continues)
        {
            if (TakeIfWord("keyof") || TakeIfWord("unique") || TakeIfWord("infer"))
            {
                return ParseType(depth) is null ? null : new OpaqueTypeSyntax(start, PreviousEnd);
            }

            if (TakeIfWord("typeof"))
            {
                var query = ParseDottedName();
                return query.Count == 0 ? null : new QueryTypeSyntax(string.Join(".", query.Select(n => n.Text)), start, PreviousEnd);
            }

            if (AtWord("new") || AtWord("abstract"))
            {
                TakeIfWord("abstract");
                TakeIfWord("new");
                return ParseFunction(start, depth);
            }

            if (AtWord("import") && Ahead(1).Symbol == '(')
            {
                Take();
                SkipBalanced();
                while (TakeIf('.')) Take();
                return new OpaqueTypeSyntax(start, PreviousEnd);
            }
        }

        var names = ParseDottedName();
        if (names.Count == 0) return null;
        var name = names.Count == 1 ? names[0].Text : string.Join(".", names.Select(n => n.Text));
        if (name is "true" or "false") return new LiteralTypeSyntax(LiteralKind.Boolean, name, start, PreviousEnd);
        var arguments = new List<TypeSyntax>();
        // Closure writes 'Array.<string>'.
        if (At('.') && Ahead(1).Symbol == '<') Take();
        if (At('<') && !Current.NewLineBefore)
        {
            Take();
            do
            {
                if (ParseType(depth) is not { } argument) return null;
                arguments.Add(argument);
            }
            while (TakeIf(','));
            if (!TakeIf('>'))
            {
                ReportMissing("'>' closing the arguments of '" + name + "'", "Write 'Array<string>'.");
                return null;
            }
        }

        return new NamedTypeSyntax(name, arguments, start, PreviousEnd);
    }

    private TupleTypeSyntax? ParseTuple(int depth)
    {
        var start = Take().Start;
        var elements = new List<TypeSyntax>();
        while (!AtEnd && !At(']'))
        {
            TakeIf(Token.Ellipsis);
            // A label: [name: string] or [name?: string].
            if (Current.Kind == TokenKind.Identifier && (Ahead(1).Symbol == ':' || (Ahead(1).Symbol == '?' && Ahead(2).Symbol == ':')))
            {
                Take();
                TakeIf('?');
                Take();
            }

            if (ParseType(depth) is not { } element) return null;
            elements.Add(element);
            TakeIf('?');
            if (!TakeIf(',')) break;
        }

        if (TakeIf(']')) return new TupleTypeSyntax(elements, start, PreviousEnd);
        ReportMissing("']' closing the '[' of " + _sink.Place(start), "Close the list of element types.");
        return null;
    }

    private TypeSyntax? ParseParenthesised(int depth)
    {
        var open = Take().Start;
        var type = ParseType(depth);
        if (type is null) return null;
        if (TakeIf(')')) return type;
        ReportMissing("')' closing the '(' of " + _sink.Place(open), "Close the parenthesis.");
        return null;
    }

    /// <summary>An arrow follows the matching parenthesis.</summary>
    private bool IsFunction()
    {
        _closing ??= MatchBrackets();
        var close = _closing[_index];
        return close > 0 && _tokens[close + 1].Symbol == Token.Arrow;
    }

    /// <summary>For each opening bracket the token that closes it, or 0. One pass: looking ahead for each would be quadratic on hostile input.</summary>
    private int[] MatchBrackets()
    {
        var closing = new int[_tokens.Count];
        var open = new Stack<int>();
        for (var i = 0; i < _tokens.Count; i++)
        {
            switch (_tokens[i].Symbol)
            {
                case '(' or '{' or '[':
                    open.Push(i);
                    break;
                case ')' or '}' or ']' when open.Count > 0:
                    closing[open.Pop()] = i;
                    break;
            }
        }

        return closing;
    }

    private OpaqueTypeSyntax? ParseFunction(int start, int depth)
    {
        if (At('<')) ParseTypeParameters(depth);
        if (At('(')) SkipBalanced();
        if (!TakeIf(Token.Arrow))
        {
            ReportUnexpected("'=>'", "Data members have data types.");
            return null;
        }

        return ParseType(depth) is null ? null : new OpaqueTypeSyntax(start, PreviousEnd);
    }
}
