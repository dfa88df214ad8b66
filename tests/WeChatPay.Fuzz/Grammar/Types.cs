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

    /// <summary>What can travel in a query or a header.</summary>
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
        (1, Choice.Of("string | null", "undefined | string", "(string)").Select(text => Text with { Text = text })));

    /// <summary>Any type whose objects nest at most so deep.</summary>
    public static Gen<GrammarType> Of(int depth) => depth == 0
        ? Gen.Frequency((6, Leaf), (1, List(Scalar)))
        : Gen.Frequency((8, Leaf), (1, List(Scalar)), (2, Object(depth)), (2, List(Object(depth))), (1, Named(depth)), (1, Joined(depth)));

    private static Gen<GrammarType> Object(int depth) => Members.Of(depth - 1, 1, 5)
        .Select(Members.Separator, (members, separator) => new GrammarType(Members.Braces(members, separator), "Object", members, Members.Declarations(members)));

    private static Gen<GrammarType> List(Gen<GrammarType> element) => element.Select(Gen.Int[0, 3], (item, form) => item.List(form switch
    {
        0 => "Array<" + item.Text + ">",
        1 => "ReadonlyArray<" + item.Text + ">",
        2 => "readonly (" + item.Text + ")[]",
        _ => item.Text.Contains('|', StringComparison.Ordinal) ? "(" + item.Text + ")[]" : item.Text + "[]",
    }));

    /// <summary>An interface or an alias beside the request.</summary>
    private static Gen<GrammarType> Named(int depth) => Object(depth).Select(Gen.Int[0, 1 << 28], Gen.Bool, (type, number, isAlias) => type with
    {
        Text = "Part" + number,
        Declarations = type.Declarations + (isAlias ? "type Part" + number + " = " : "interface Part" + number + " ") + type.Text + "\n",
    });

    /// <summary>An intersection; the names of both halves must differ.</summary>
    private static Gen<GrammarType> Joined(int depth) => Gen.Select(Members.Of(depth - 1, 2, 6), Members.Separator, (members, separator) =>
        new GrammarType(Members.Braces([.. members.Take(1)], separator) + " & " + Members.Braces([.. members.Skip(1)], separator), "Object", members, Members.Declarations(members)))
        .Where(type => type.Members.Count > 1);
}
