using CsCheck;

namespace WeChatPay.Fuzz.Grammar;

/// <summary>Members with their comments.</summary>
internal static class Members
{
    private static readonly string[] Names =
    [
        "appid", "mchid", "out_trade_no", "transaction_id", "amount", "total", "time_expire", "scene_info", "goods_detail", "digest_alogrithm", "refund_recv_accout",
        "switch", "operator", "return", "lock", "delete", "class", "default", "file", "from", "data", "type", "namespace", "interface", "readonly", "export", "get", "set", "async", "string", "params",
        "http", "Http", "extra_properties", "value", "to_string", "equals", "get_type", "id", "ID", "a", "a_b", "aB", "A_B", "a1", "a_1", "1", "x_1_2", "constructor", "status", "event_type",
        "'store-id'", "\"goods.name\"", "'中文'", "'a b'", "''", "'2.0'", "$x", "_y", "resource", "notify_url", "account_no", "rate",
    ];

    private static readonly Gen<string> Comment = Gen.Frequency(
        (4, Gen.Const("")),
        (2, Choice.Of("/** 商户订单号 */\n", "/**\n * 金额，单位分\n * @maxLength 32\n */\n", "/** 说明 @default CNY */ ", "/** 见 {@link https://a.example/ 文档} */\n")),
        (1, Choice.Of("// a remark\n", "/* a remark */ ", "/** @unknownTag x */\n", "/** @deprecated 不再使用 */\n")));

    public static readonly Gen<string> Separator = Choice.Of("\n", "\n", ";\n", ",\n", "; ", ", ", " ;\n\n");

    /// <summary>Members of different names.</summary>
    public static Gen<IReadOnlyList<GrammarMember>> Of(int depth, int fewest, int most) => Of(Types.Of(depth), fewest, most);

    public static Gen<IReadOnlyList<GrammarMember>> Of(Gen<GrammarType> type, int fewest, int most)
        => Gen.Select(Choice.Of(Names), Choice.Of("", "?"), Comment, Choice.Of(": ", ":", " : ", ":\n  "), type, Member).Array[fewest, most].Select(Distinct);

    public static string Join(IReadOnlyList<GrammarMember> members, string separator) => string.Concat(members.Select(member => member.Text + separator));

    public static string Braces(IReadOnlyList<GrammarMember> members, string separator) => "{\n" + Join(members, separator) + "}";

    public static string Declarations(IReadOnlyList<GrammarMember> members) => string.Concat(members.Select(member => member.Type.Declarations));

    private static GrammarMember Member(string name, string mark, string comment, string colon, GrammarType type)
    {
        var wireName = name.Trim('\'', '"');
        return new(wireName, comment + name + mark + colon + type.Text, type);
    }

    private static IReadOnlyList<GrammarMember> Distinct(GrammarMember[] members) => [.. members.DistinctBy(member => member.WireName, StringComparer.Ordinal)];
}
