using CsCheck;

namespace WeChatPay.Fuzz.Grammar;

/// <summary>Types of members: every row of the dialect's table, and what it accepts as well.</summary>
internal static class Types
{
    private static readonly GrammarType Text = new("string", "Text");

    private static readonly Gen<string> Literal = Choice.Of(
        "SUCCESS", "FAIL", "HMAC-SHA256", "2.0", "PARKING SPACE", "no_credit", "A", "B1", "OK", "1", "http://a.example/?b=1&c=2", "中文", "class", "Value", "", "a.b", "MWEB", "*", "Equals", "-1");

    private static readonly Gen<GrammarType> Enumeration = Gen.Select(
        Literal.Array[1, 5], Choice.Of("'", "\"", "`"), Gen.Frequency((4, Gen.Const("")), (1, Gen.Const(" | string")), (1, Gen.Const(" | null")), (1, Gen.Const(" | undefined"))),
        (literals, quote, rest) =>
        {
            var distinct = literals.Distinct(StringComparer.Ordinal).ToArray();
            return new GrammarType(string.Join(" | ", distinct.Select(literal => quote + literal + quote)) + rest, "Enumeration " + string.Join("|", distinct));
        });

    /// <summary>A whole name: a shape of <c>models/</c> is written by name without reading its file.</summary>
    private static readonly GrammarType Shared = new("WeChatPay.Models.Transaction", "SharedType");

    private static readonly GrammarType SharedEnumeration = new("WeChatPay.Enumerations.TradeState", "SharedEnumerationType");

    /// <summary>What can travel in a query or in XML.</summary>
    public static readonly Gen<GrammarType> Scalar = Gen.Frequency(
        (6, Gen.Const(Text)),
        (3, Choice.Of("number", "bigint", "1 | 2", "400").Select(text => new GrammarType(text, "Integer"))),
        (2, Gen.Const(new GrammarType("boolean", "Boolean"))),
        (1, Gen.Const(new GrammarType("string | number", "TextOrNumber"))),
        (3, Enumeration));

    private static readonly Gen<GrammarType> Leaf = Gen.Frequency(
        (8, Scalar),
        (2, Choice.Of("string | Date", "Date", "Date | string").Select(text => new GrammarType(text, "Time"))),
        (1, Choice.Of("{}", "any", "unknown", "object", "Record<string, string>", "{ [key: string]: string }").Select(text => new GrammarType(text, "Json"))),
        (1, Gen.Const(new GrammarType("[]", "List of Json"))),
        (1, Gen.Const(Shared)),
        (1, Gen.Const(SharedEnumeration)),
        (1, Choice.Of("[string]", "[string, string]", "Set<string>").Select(text => new GrammarType(text, "List of Text"))),
        (1, Choice.Of("string | null", "undefined | string", "(string)").Select(text => Text with { Text = text })));

    /// <summary>Any type whose objects nest at most so deep.</summary>
    public static Gen<GrammarType> Of(int depth) => depth == 0
        ? Gen.Frequency((6, Leaf), (1, List(Scalar)))
        : Gen.Frequency((8, Leaf), (1, List(Scalar)), (2, Object(depth)), (2, List(Object(depth))), (1, Named(depth)), (1, Joined(depth)), (1, Indexed(depth)), (1, Queried(depth)), (1, Generic(depth)), (1, Derived(depth)));

    private static Gen<GrammarType> Object(int depth) => Members.Of(depth - 1, 1, 5)
        .Select(Members.Separator, (members, separator) => new GrammarType(Members.Braces(members, separator), "Object", members, Members.Declarations(members)));

    private static Gen<GrammarType> List(Gen<GrammarType> element) => element.Select(Gen.Int[0, 3], (item, form) => item.List(form switch
    {
        0 => "Array<" + item.Text + ">",
        1 => "ReadonlyArray<" + item.Text + ">",
        2 => "readonly (" + item.Text + ")[]",
        _ => item.Text.Contains('|', StringComparison.Ordinal) ? "(" + item.Text + ")[]" : item.Text + "[]",
    }));

    private static readonly Gen<int> Number = Gen.Int[0, 1 << 28];

    /// <summary>An interface or an alias beside the request.</summary>
    private static Gen<GrammarType> Named(int depth) => Object(depth).Select(Number, Gen.Bool, (type, number, isAlias) => type with
    {
        Text = "Part" + number,
        Declarations = type.Declarations + (isAlias ? "type Part" + number + " = " : "interface Part" + number + " ") + type.Text + "\n",
    });

    /// <summary>The type of a member of another interface, or of the elements of a list.</summary>
    private static Gen<GrammarType> Indexed(int depth) => Gen.Select(Members.Of(depth - 1, 1, 4), Members.Separator, Number, Gen.Int[0, 3], Gen.Bool, (members, separator, number, index, isElement) =>
    {
        var name = "Part" + number;
        var declarations = Members.Declarations(members);

        // A format belongs to the member that it stands on, not to its type.
        var plain = members.Where(member => !member.Text.Contains("@format", StringComparison.Ordinal)).ToList();
        if (isElement || plain.Count == 0) return new GrammarType(name + "[number]", "Object", members, declarations + "type " + name + " = " + Members.Braces(members, separator) + "[]\n");
        var member = plain[index % plain.Count];
        return member.Type with
        {
            Text = name + "['" + member.WireName + "']",
            Declarations = declarations + "interface " + name + " " + Members.Braces(members, separator) + "\n",
        };
    });

    /// <summary>The type of a variable.</summary>
    private static Gen<GrammarType> Queried(int depth) => Object(depth).Select(Number, Choice.Of("declare const ", "var ", "export let "), (type, number, keyword) => type with
    {
        Text = "typeof part" + number,
        Declarations = type.Declarations + keyword + "part" + number + ": " + type.Text + "\n",
    });

    /// <summary>An interface with a parameter, given or left to its default.</summary>
    private static Gen<GrammarType> Generic(int depth) => Gen.Select(Of(depth - 1), Members.Of(depth - 1, 0, 3), Members.Separator, Number, Gen.Bool, (inner, members, separator, number, isGiven) =>
    {
        var name = "Part" + number;
        var all = (IReadOnlyList<GrammarMember>)[new("of_generic", "of_generic: T", inner), .. members];
        var parameter = isGiven ? "<T = string>" : "<T = " + inner.Text + ">";
        return new GrammarType(
            isGiven ? name + "<" + inner.Text + ">" : name, "Object", all, Members.Declarations(all) + "interface " + name + parameter + " " + Members.Braces(all, separator) + "\n");
    });

    /// <summary>An interface that extends another one, or one behind a wrapper; its own members come first.</summary>
    private static Gen<GrammarType> Derived(int depth) => Gen.Select(Members.Of(depth - 1, 2, 6), Number, Choice.Of("{0}", "Partial<{0}>", "Readonly<{0}>", "Required<{0}>", "({0})"), Gen.Bool, (members, number, wrapper, isExported) =>
    {
        var name = "Part" + number;
        var own = (IReadOnlyList<GrammarMember>)[.. members.Take(1)];
        var inherited = (IReadOnlyList<GrammarMember>)[.. members.Skip(1)];
        return new GrammarType(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, wrapper, name), "Object", members,
            Members.Declarations(members) + "interface Base" + number + " " + Members.Braces(inherited, "\n") + "\n"
            + (isExported ? "export " : "") + "interface " + name + " extends Base" + number + " " + Members.Braces(own, "\n") + "\n");
    });

    /// <summary>An intersection; the names of both halves must differ.</summary>
    private static Gen<GrammarType> Joined(int depth) => Gen.Select(Members.Of(depth - 1, 2, 6), Members.Separator, (members, separator) =>
        new GrammarType(Members.Braces([.. members.Take(1)], separator) + " & " + Members.Braces([.. members.Skip(1)], separator), "Object", members, Members.Declarations(members)))
        .Where(type => type.Members.Count > 1);
}
