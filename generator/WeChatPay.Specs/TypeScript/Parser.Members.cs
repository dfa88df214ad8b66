namespace WeChatPay.Specs.TypeScript;

internal sealed partial class Parser
{
    /// <summary>The members between the braces, both of which are taken.</summary>
    private List<MemberSyntax> ParseMembers(int depth) => ParseMembers(depth, Take().Start);

    /// <summary>The members up to the brace that closes them.</summary>
    private List<MemberSyntax> ParseMembers(int depth, int open)
    {
        var members = new List<MemberSyntax>();
        while (true)
        {
            if (TakeIf('}')) return members;
            if (AtEnd || AtStatement())
            {
                ReportMissingBrace(open);
                return members;
            }

            _cancellation.ThrowIfCancellationRequested();
            if (TakeIf(';') || TakeIf(',')) continue;
            var start = _index;
            if (ParseMember(depth) is { } member && TakeSeparator()) members.Add(member);
            else RecoverMember(start);
        }
    }

    /// <summary>A member ends with <c>;</c>, <c>,</c>, a new line or the brace.</summary>
    private bool TakeSeparator()
    {
        if (TakeIf(';') || TakeIf(',') || At('}') || AtEnd || Current.NewLineBefore) return true;
        ReportUnexpected("the end of the member", "Separate members by a new line, ';' or ','.");
        return false;
    }

    private MemberSyntax? ParseMember(int depth)
    {
        var doc = Doc(Current);
        if (At('(') || At('<')) return ParseSignature(MemberKind.Call, new Name("", Current.Start, 1), false, doc, depth);
        if (AtWord("new") && Ahead(1).Symbol is '(' or '<')
        {
            Take();
            return ParseSignature(MemberKind.Call, new Name("", Current.Start, 1), false, doc, depth);
        }

        while (AtWord("readonly") && (Ahead(1).Kind is TokenKind.Identifier or TokenKind.String || Ahead(1).Symbol == '[')) Take();
        if (doc.Length == 0) doc = Doc(Current);
        if (At('[')) return ParseIndex(doc, depth);
        if (!TryMemberName(out var name)) return null;
        var optional = TakeIf('?');
        if (!optional) TakeIf('!');
        if (At('(') || At('<')) return ParseSignature(MemberKind.Method, name, optional, doc, depth);
        if (_isJsDoc && (At(',') || At('}')))
        {
            // Closure's record types may leave types out.
            return new MemberSyntax { Kind = MemberKind.Property, Name = name, IsOptional = optional, Type = new NamedTypeSyntax("any", [], name.Start, name.Start + name.Length), Doc = doc };
        }

        if (!TakeIf(':'))
        {
            ReportMissing("':' and a type after '" + name.Text + "'", "Write 'name: type' or 'name?: type'.");
            return null;
        }

        return ParseType(depth) is { } type
            ? new MemberSyntax { Kind = MemberKind.Property, Name = name, IsOptional = optional, Type = type, Doc = doc }
            : null;
    }

    private bool TryMemberName(out Name name)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Identifier or TokenKind.Number:
                name = new Name(TextOf(Take()), token.Start, token.Length);
                return true;
            case TokenKind.String or TokenKind.Template:
                name = new Name(Literals.Text(_text, Take()), token.Start, token.Length);
                return true;
            default:
                ReportUnexpected("the name of a member", "Write 'name: type'; quote names with other characters than letters, digits, '_' and '$'.");
                name = default;
                return false;
        }
    }

    private MemberSyntax? ParseSignature(MemberKind kind, Name name, bool optional, DocPlace doc, int depth)
    {
        if (At('<')) ParseTypeParameters(depth);
        if (!At('('))
        {
            ReportMissing("'('", "Write the parameters in parentheses.");
            return null;
        }

        Take();
        var parameters = new List<ParameterSyntax>();
        while (!AtEnd && !At(')'))
        {
            if (ParseParameter(depth) is not { } parameter) return null;
            parameters.Add(parameter);
            if (!TakeIf(',')) break;
        }

        if (!TakeIf(')'))
        {
            ReportUnexpected("')'", "Close the list of parameters.");
            return null;
        }

        if (TakeIf(':') && ParseType(depth) is null) return null;
        return new MemberSyntax { Kind = kind, Name = name, IsOptional = optional, Parameters = parameters, Doc = doc };
    }

    private ParameterSyntax? ParseParameter(int depth)
    {
        TakeIf(Token.Ellipsis);
        var name = "";
        if (At('{') || At('['))
        {
            SkipBalanced();
        }
        else if (TryName("the name of a parameter", out var simple))
        {
            name = simple.Text;
        }
        else
        {
            return null;
        }

        var optional = TakeIf('?');
        TypeSyntax? type = null;
        if (TakeIf(':') && (type = ParseType(depth)) is null) return null;
        return new ParameterSyntax(name, optional, type);
    }

    /// <summary><c>[key: string]: T</c>, or a computed name <c>['x']: T</c>.</summary>
    private MemberSyntax? ParseIndex(DocPlace doc, int depth)
    {
        var open = Take();
        var name = new Name("", open.Start, 1);
        var computed = Current.Kind == TokenKind.String && Ahead(1).Symbol == ']';
        if (computed)
        {
            TryMemberName(out name);
        }
        else
        {
            // The type of the key is of no interest: on the wire every key is text.
            while (!AtEnd && !At(']') && !At('}') && !AtStatement()) Take();
        }

        if (!TakeIf(']'))
        {
            ReportMissing("']' closing the '[' of " + _sink.Place(open.Start), "Write '[key: string]: type'.");
            return null;
        }

        var optional = TakeIf('?');
        if (!TakeIf(':'))
        {
            ReportMissing("':' and a type after ']'", "Write '[key: string]: type'.");
            return null;
        }

        return ParseType(depth) is { } type
            ? new MemberSyntax { Kind = computed ? MemberKind.Property : MemberKind.Index, Name = name, IsOptional = optional, Type = type, Doc = doc }
            : null;
    }
}
