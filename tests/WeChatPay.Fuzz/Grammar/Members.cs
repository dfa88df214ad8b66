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

    /// <summary>Tags of our own files by the type that they stand on, with what they make of it.</summary>
    private static readonly Dictionary<string, (string Tag, string Kind)[]> Tags = new(StringComparer.Ordinal)
    {
        ["string"] =
        [
            ("@format date-time", "Time"), ("@format date", "Time"), ("@format yyyyMMdd", "Time"), ("@format yyyyMMddHHmmss", "Time"), ("@format yyyy-MM-dd HH:mm:ss", "Time"), ("@format unix-seconds", "Time"),
            ("@format byte", "Text"), ("@format uri", "Text"), ("@format json-string", "Text"), ("@format urlencoded-string", "Text"), ("@encrypted", "Text"), ("@encrypted bank-transfer-rsa", "Text"),
            ("@encrypted apiv3-key-aes pkcs1", "Text"), ("@minLength 1\n * @maxLength 32\n * @pattern ^[0-9a-z<>&*\"]+$", "Text"), ("@default CNY", "Text"), ("@example a <b> & c", "Text"), ("@echo", "Text"),
        ],
        ["number"] =
        [
            ("@format int32", "Integer"), ("@format int64", "Integer"), ("@format uint64", "UnsignedInteger"), ("@format decimal", "Decimal"), ("@format unix-seconds", "Time"), ("@format yyyyMMdd", "Time"),
            ("@minimum -1\n * @maximum 99.5", "Integer"), ("@default 0", "Integer"), ("@echo", "Integer"),
        ],
        ["string | Date"] = [("@format date-time", "Time"), ("@format yyyyMMddHHmmss", "Time"), ("@deprecated", "Time")],
    };

    public static readonly Gen<string> Separator = Choice.Of("\n", "\n", ";\n", ",\n", "; ", ", ", " ;\n\n");

    /// <summary>Members of different names.</summary>
    public static Gen<IReadOnlyList<GrammarMember>> Of(int depth, int fewest, int most) => Of(Types.Of(depth), fewest, most);

    public static Gen<IReadOnlyList<GrammarMember>> Of(Gen<GrammarType> type, int fewest, int most)
        => Gen.Select(Choice.Of(Names), Choice.Of("", "?"), Comment, Choice.Of(": ", ":", " : ", ":\n  "), type, Gen.Int[0, 255], Member).Array[fewest, most].Select(Distinct);

    /// <summary>What XML holds: values and counted lists of them, also beside a plain member of the same stem.</summary>
    public static Gen<IReadOnlyList<GrammarMember>> OfXml(int fewest, int most)
        => Gen.Select(Choice.Of(Names), Choice.Of("", "?"), Comment, Types.Scalar, Gen.Int[0, 255], Gen.Frequency((4, Gen.Const("")), (1, Gen.Const("_$n")), (1, Gen.Const("_$n_$m")), (1, Gen.Const("_$n_b"))), XmlMember)
            .Array[fewest, most].Select(Distinct);

    public static string Join(IReadOnlyList<GrammarMember> members, string separator) => string.Concat(members.Select(member => member.Text + separator));

    public static string Braces(IReadOnlyList<GrammarMember> members, string separator) => "{\n" + Join(members, separator) + "}";

    public static string Declarations(IReadOnlyList<GrammarMember> members) => string.Concat(members.Select(member => member.Type.Declarations));

    /// <param name="tag">Whether and which of the type's tags stands in the comment.</param>
    private static GrammarMember Member(string name, string mark, string comment, string colon, GrammarType type, int tag)
    {
        var wireName = name.Trim('\'', '"');
        if (tag % 3 == 0 && Tags.TryGetValue(type.Text, out var tags))
        {
            var (text, kind) = tags[tag / 3 % tags.Length];
            comment = (tag & 4) == 0 && !text.Contains('\n', StringComparison.Ordinal) ? "/** " + text + " */ " : "/**\n * 说明\n * " + text + "\n */\n";
            type = type with { Kind = kind };
        }

        return new(wireName, comment + name + mark + colon + type.Text, type);
    }

    private static GrammarMember XmlMember(string name, string mark, string comment, GrammarType type, int tag, string index)
    {
        // Counted names are identifiers, not quoted.
        var isCounted = index.Length > 0 && char.IsAsciiLetter(name[0]);
        var dimensions = isCounted ? index.Count(c => c == '$') : 0;

        // Only text and lists of it can be encrypted.
        var member = Member(isCounted ? name + index : name, mark, comment, ": ", type, dimensions == 2 ? 1 : tag);
        return member with { Type = member.Type with { Kind = string.Concat(Enumerable.Repeat("List of ", dimensions)) + member.Type.Kind } };
    }

    private static IReadOnlyList<GrammarMember> Distinct(GrammarMember[] members) => [.. members.DistinctBy(member => member.WireName, StringComparer.Ordinal)];
}
