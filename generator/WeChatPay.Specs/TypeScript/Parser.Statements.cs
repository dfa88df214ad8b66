using System.Globalization;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.TypeScript;

internal sealed partial class Parser
{
    private const string Declarations = "'namespace', 'interface', 'type' or 'import'";

    private const string CloseTooMuch = "A '}' above may close too much.";

    /// <summary>Real paths have up to 13 segments.</summary>
    private const int MostSegments = 64;

    private readonly List<NamespaceBlock> _blocks = [];
    private readonly List<OpenNamespace> _enclosing = [];
    private NamespaceBlock _block = TopLevel();

    private static NamespaceBlock TopLevel() => new() { Path = [], FullName = "", NameRange = default };

    private List<NamespaceBlock> ParseBlocks()
    {
        _blocks.Add(_block);
        while (!AtEnd)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (At('}'))
            {
                CloseNamespace();
            }
            else
            {
                var start = _index;
                ParseStatement();
                if (_index == start) Take();
            }
        }

        if (_enclosing.Count > 0) ReportMissingBrace(_enclosing[_enclosing.Count - 1].Brace);
        return _blocks;
    }

    private void CloseNamespace()
    {
        if (_enclosing.Count == 0)
        {
            ReportUnexpected(Declarations, "Remove the '}', or open the block that it should close.");
        }
        else
        {
            _block = _enclosing[_enclosing.Count - 1].Around;
            _enclosing.RemoveAt(_enclosing.Count - 1);
        }

        Take();
    }

    private void ParseStatement()
    {
        var doc = Doc(Current);
        var isDefault = false;
        while (AtWord("export") || AtWord("declare") || AtWord("default") || AtWord("abstract")) isDefault |= IsWord(Take(), "default");
        if (doc.Length == 0) doc = Doc(Current);
        if (AtWord("const") && IsWord(Ahead(1), "enum")) Take();

        if (AtWord("namespace") || AtWord("module"))
        {
            ParseNamespace(doc);
        }
        else if (AtWord("interface"))
        {
            ParseInterface(doc);
        }
        else if (AtWord("type") && Ahead(1).Kind == TokenKind.Identifier)
        {
            ParseAlias(doc);
        }
        else if (AtWord("enum") && Ahead(1).Kind == TokenKind.Identifier)
        {
            ParseEnumeration(doc);
        }
        else if (AtWord("import"))
        {
            SkipImport();
        }
        else if (AtWord("global") && Ahead(1).Symbol == '{')
        {
            // A block around declarations that adds nothing to their names.
            Take();
            _enclosing.Add(new OpenNamespace(_block, Take().Start, IsGlobal: true));
        }
        else if (AtWord("var") || AtWord("let") || AtWord("const"))
        {
            ParseVariable(doc);
        }
        else if (AtWord("class") && _enclosing.Count > 0)
        {
            ReportUnexpected("'interface'", "Data types are interfaces.");
            SkipStatement();
        }
        else if (isDefault || AtWord("class") || AtWord("function") || At('{') || At('*') || At('=') || (AtWord("type") && Ahead(1).Symbol is '{' or '*') || (AtWord("as") && IsWord(Ahead(1), "namespace")))
        {
            // Legal, but of no meaning here: "export { … }", "export * from 'x'", "export default x", a class.
            SkipStatement();
        }
        else if (!TakeIf(';'))
        {
            var isMember = LooksLikeMember();
            if (isMember && _index > 0 && _tokens[_index - 1].Symbol == '}' && _block.Declarations is [.., InterfaceSyntax closed])
            {
                ReportUnexpected(Declarations, CloseTooMuch);
                // They belong to the interface that was closed too early, and the brace behind them closes it again.
                closed.Members.AddRange(ParseMembers(0, Current.Start));
                return;
            }

            ReportUnexpected(Declarations, isMember ? CloseTooMuch : "Check the spelling; examples belong below '// @filename: business.js' or '// ---cut---'.");
            SkipStatement();
            // Members behind a brace too many: one report for all of them.
            while (isMember && !AtEnd && !At('}') && !AtStatement() && LooksLikeMember()) SkipStatement();
        }
    }

    private void ParseNamespace(DocPlace doc)
    {
        Take();
        if (Current.Kind == TokenKind.String)
        {
            // declare module 'x' { … } describes another package.
            Take();
            if (At('{')) SkipBalanced();
            return;
        }

        var names = ParseDottedName();
        if (names.Count == 0)
        {
            OpenNameless();
            return;
        }

        if (_enclosing.Count > 0 && !_enclosing[_enclosing.Count - 1].IsGlobal && names[0].Text == "WeChatPay")
        {
            // A whole path inside another block: its closing brace is missing.
            _index = _tokens.FindLastIndex(_index - 1, t => t.Start == names[0].Start);
            ReportMissingBrace(_enclosing[_enclosing.Count - 1].Brace);
            _index += (names.Count * 2) - 1;
            _enclosing.Clear();
            _block = _blocks[0];
        }

        if (_block.Path.Count + names.Count > MostSegments)
        {
            _sink.Report(SpecDiagnostics.TooDeep, names[0].Start, names[0].Length, MostSegments.ToString(CultureInfo.InvariantCulture));
            if (At('{')) SkipBalanced();
            return;
        }

        var path = new List<Name>(_block.Path);
        path.AddRange(names);
        var block = new NamespaceBlock
        {
            Path = path,
            FullName = string.Join(".", path.Select(n => n.Text)),
            Doc = doc,
            NameRange = (names[0].Start, names[names.Count - 1].Start + names[names.Count - 1].Length - names[0].Start),
        };
        if (!At('{'))
        {
            ReportMissing("'{' after the name of the namespace", "Open the block with '{'.");
            // Without its brace the name is whole; with something else before the brace it is not.
            if (!AtStatement())
            {
                OpenNameless();
                return;
            }
        }

        _blocks.Add(block);
        Open(block);
    }

    private void Open(NamespaceBlock block)
    {
        _enclosing.Add(new OpenNamespace(_block, Current.Start));
        TakeIf('{');
        _block = block;
    }

    /// <summary>A block whose name could not be read: what is in it is checked like any other, but nothing is made of it.</summary>
    private void OpenNameless()
    {
        if (SkipToBrace()) Open(TopLevel());
    }

    /// <summary>To the opening brace on the same line, if there is one.</summary>
    private bool SkipToBrace()
    {
        var brace = _index;
        while (!_tokens[brace].NewLineBefore && _tokens[brace].Kind != TokenKind.End && _tokens[brace].Symbol is not ('{' or '}' or ';')) brace++;
        if (_tokens[brace].NewLineBefore || _tokens[brace].Symbol != '{') return false;
        _index = brace;
        return true;
    }

    private List<Name> ParseDottedName()
    {
        var names = new List<Name>();
        do
        {
            if (Current.Kind != TokenKind.Identifier || AtStatement())
            {
                ReportUnexpected("a name", "Names hold letters, digits, '_' and '$'; a path parameter is written '_name_'.");
                return [];
            }

            var token = Take();
            names.Add(new Name(TextOf(token), token.Start, token.Length));
        }
        while (!(_isJsDoc && Ahead(1).Symbol == '<') && TakeIf('.'));
        return names;
    }

    private void ParseInterface(DocPlace doc)
    {
        Take();
        if (!TryName("the name of the interface", out var name)) return;
        var parameters = ParseTypeParameters(0);
        var extends = new List<TypeSyntax>();
        if (TakeIfWord("extends"))
        {
            do
            {
                if (ParseType(0) is { } type) extends.Add(type);
            }
            while (TakeIf(','));
        }

        if (!At('{'))
        {
            ReportMissing("'{' after the head of interface '" + name.Text + "'", "Open the members with '{'.");
            if (!SkipToBrace() && !(Current.NewLineBefore && LooksLikeMember())) return;
        }

        var open = Current.Start;
        TakeIf('{');
        _block.Declarations.Add(new InterfaceSyntax { Name = name, Doc = doc, Parameters = parameters, Extends = extends, Members = ParseMembers(0, open) });
    }

    private void ParseAlias(DocPlace doc)
    {
        Take();
        if (!TryName("the name of the type", out var name)) return;
        var parameters = ParseTypeParameters(0);
        if (!TakeIf('='))
        {
            ReportUnexpected("'=' after 'type " + name.Text + "'", "Write 'type Name = …'.");
            return;
        }

        if (ParseType(0) is { } type) _block.Declarations.Add(new AliasSyntax { Name = name, Doc = doc, Parameters = parameters, Type = type });
        else SkipStatement();
        TakeIf(';');
    }

    /// <summary>An enumeration is the union of its values; each of its members, <c>Kind.A</c>, is a type, too.</summary>
    private void ParseEnumeration(DocPlace doc)
    {
        Take();
        if (!TryName("the name of the enumeration", out var name)) return;
        if (!At('{'))
        {
            ReportMissing("'{' after the name of the enumeration", "Open the values with '{'.");
            return;
        }

        var open = Take().Start;
        var values = new List<TypeSyntax>();
        var number = 0L;
        while (!TakeIf('}'))
        {
            if (AtEnd || AtStatement())
            {
                ReportMissingBrace(open);
                break;
            }

            if (TakeIf(',')) continue;
            var member = Doc(Current);
            var start = _index;
            if (!TryMemberName(out var memberName) || ParseEnumerationValue(member, memberName, ref number) is not { } value || !(At(',') || At('}')))
            {
                if (_index > start && !At(',') && !At('}')) ReportUnexpected("',' or '}'", "The values of an enumeration are texts or numbers.");
                if (_index == start) Take();
                while (!AtEnd && !At(',') && !At('}') && !AtStatement()) SkipBalanced();
                continue;
            }

            values.Add(value);
            _block.Declarations.Add(new AliasSyntax { Name = new Name(name.Text + "." + memberName.Text, memberName.Start, memberName.Length), Doc = member, Parameters = [], Type = value });
        }

        _block.Declarations.Add(new AliasSyntax { Name = name, Doc = doc, Parameters = [], Type = new UnionTypeSyntax(values, name.Start, name.Start + name.Length) });
    }

    /// <summary>Without a value, one more than the member before.</summary>
    private LiteralTypeSyntax? ParseEnumerationValue(DocPlace doc, Name name, ref long number)
    {
        if (!TakeIf('='))
        {
            return new LiteralTypeSyntax(LiteralKind.Number, (number++).ToString(CultureInfo.InvariantCulture), name.Start, name.Start + name.Length) { Doc = doc };
        }

        if (AtNextLine() || ParsePrimary(0) is not LiteralTypeSyntax literal) return null;
        if (literal.Kind == LiteralKind.Number && long.TryParse(literal.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var known) && known < long.MaxValue) number = known + 1;
        return literal with { Doc = doc };
    }

    private void ParseVariable(DocPlace doc)
    {
        Take();
        if (!TryName("the name of the variable", out var name)) return;
        if (TakeIf(':') && ParseType(0) is { } type) _block.Declarations.Add(new VariableSyntax { Name = name, Doc = doc, Type = type });
        if (At('=')) SkipStatement();
        TakeIf(';');
    }

    private List<TypeParameterSyntax> ParseTypeParameters(int depth)
    {
        var parameters = new List<TypeParameterSyntax>();
        if (!TakeIf('<')) return parameters;
        while (!AtEnd && !At('>') && !At('{'))
        {
            if (!TryName("the name of a type parameter", out var name)) break;
            if (TakeIfWord("extends")) ParseType(depth);
            parameters.Add(new TypeParameterSyntax(name, TakeIf('=') ? ParseType(depth) : null));
            if (!TakeIf(',')) break;
        }

        if (!TakeIf('>')) ReportUnexpected("'>'", "Close the list of type parameters.");
        return parameters;
    }

    private bool TryName(string expected, out Name name)
    {
        if (Current.Kind == TokenKind.Identifier && !AtStatement())
        {
            var token = Take();
            name = new Name(TextOf(token), token.Start, token.Length);
            return true;
        }

        ReportUnexpected(expected, "Names hold letters, digits, '_' and '$'.");
        name = default;
        return false;
    }

    /// <summary><c>import … from 'x'</c>, which may run over several lines.</summary>
    private void SkipImport()
    {
        Take();
        while (!AtEnd && !AtStatement() && !At(';'))
        {
            if (Current.Kind == TokenKind.String)
            {
                Take();
                break;
            }

            if (At('{') || At('(')) SkipBalanced();
            else if (Current.NewLineBefore && !AtWord("from") && _tokens[_index - 1].Symbol != ',') break;
            else Take();
        }

        TakeIf(';');
    }

    /// <summary>Skips to the next line that is outside of brackets.</summary>
    private void SkipStatement()
    {
        if (AtStatement()) return;
        do
        {
            if (At('{') || At('(') || At('[')) SkipBalanced();
            else if (At('}')) return;
            else Take();
        }
        while (!AtEnd && !Current.NewLineBefore && !At(';'));
    }

    private static DocPlace Doc(in Token token) => new(token.DocStart, token.DocLength);

    /// <param name="IsGlobal"><c>declare global { … }</c>, in which whole paths stand.</param>
    private sealed record OpenNamespace(NamespaceBlock Around, int Brace, bool IsGlobal = false);
}
