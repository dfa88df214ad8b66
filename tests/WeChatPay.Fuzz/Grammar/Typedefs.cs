using CsCheck;

namespace WeChatPay.Fuzz.Grammar;

/// <summary>Members in the form of Closure: <c>@prop {type} name</c>.</summary>
internal static class Typedefs
{
    private static readonly string[] Names =
    [
        "appid", "mchid", "out_trade_no", "transaction_id", "trade_state", "success_time", "amount", "payer", "promotion_detail", "scene_info", "class", "type", "file", "id", "a1", "switch", "bank_type",
    ];

    private static readonly Gen<GrammarType> Scalar = Choice.Of(
        new GrammarType("string", "Text"), new GrammarType("string", "Text"), new GrammarType("number", "Integer"), new GrammarType("boolean", "Boolean"), new GrammarType("'SUCCESS'|'REFUND'", "Enumeration SUCCESS|REFUND"),
        new GrammarType("'A'", "Enumeration A"), new GrammarType("string|Date", "Time"), new GrammarType("string|number", "TextOrNumber"));

    private static readonly Gen<GrammarType> Leaf = Gen.Frequency(
        (8, Scalar),
        (1, Choice.Of("{}", "object", "*", "Object.<string, number>").Select(text => new GrammarType(text, "Json"))),
        (1, Choice.Of("string[]", "Array.<string>", "Array<string>").Select(text => new GrammarType(text, "List of Text"))));

    /// <summary>Members of a typedef, each a line or several.</summary>
    public static Gen<IReadOnlyList<GrammarMember>> Of(int fewest, int most)
        => Gen.Select(Choice.Of(Names), Gen.Frequency((3, Leaf), (1, Object())), Gen.Int[0, 63], Member).Array[fewest, most].Select(Distinct);

    /// <summary>What APIv2 sends in the open: values and counted lists.</summary>
    public static Gen<IReadOnlyList<GrammarMember>> OfXml(int fewest, int most)
        => Gen.Select(Choice.Of(Names), Scalar, Gen.Int[0, 63], Gen.Frequency((3, Gen.Const("")), (1, Gen.Const("_$n")), (1, Gen.Const("_$n_$m"))), (name, type, form, index) =>
        {
            var member = Member(name + index, type, form);
            return member with { Type = type with { Kind = string.Concat(Enumerable.Repeat("List of ", index.Count(c => c == '$'))) + type.Kind } };
        }).Array[fewest, most].Select(Distinct);

    private static Gen<GrammarType> Object() => Gen.Select(Choice.Of(Names), Leaf, Gen.Bool, (name, type, isOptional) => new GrammarMember(name, name + (isOptional ? "?" : "") + ": " + type.Text, type))
        .Array[1, 4].Select(Distinct).Select(Gen.Int[0, 3], (members, form) =>
        {
            var separator = form switch { 0 => ", ", 1 => ",\n *   ", _ => "; " };
            var type = new GrammarType("{" + string.Join(separator, members.Select(member => member.Text)) + "}", "Object", members, "");
            return form == 2 ? type.List(type.Text + "[]") : type;
        });

    private static GrammarMember Member(string name, GrammarType type, int form)
    {
        var text = ((form >> 2) & 3) switch { 0 => type.Text + "=", 1 when !type.Text.Contains('|', StringComparison.Ordinal) => "?" + type.Text, _ => type.Text };
        var shown = (form & 3) switch { 0 => name + " - 说明", 1 => name + " 说明，单位分", _ => name };
        return new(name, " * @" + ((form & 16) == 0 ? "prop" : "property") + " {" + text + "} " + shown + "\n", type);
    }

    private static IReadOnlyList<GrammarMember> Distinct(GrammarMember[] members) => [.. members.DistinctBy(member => member.WireName, StringComparer.Ordinal)];
}
