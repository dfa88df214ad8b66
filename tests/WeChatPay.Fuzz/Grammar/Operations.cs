using CsCheck;

namespace WeChatPay.Fuzz.Grammar;

/// <summary>Operation namespaces.</summary>
internal static class Operations
{
    private static readonly Gen<(string Name, string Url)> Segment = Choice.Of(
        ("Pay", "pay"), ("Transactions", "transactions"), ("SignPlan", "sign-plan"), ("OutTradeNo", "out-trade-no"), ("Mch_operate", "mch_operate"), ("V4beta", "v4beta"), ("Class", "class"),
        ("Delete", "delete"), ("Data", "data"), ("Resource", "resource"), ("Http", "http"), ("Value", "value"), ("Get", "get"), ("A", "a"), ("Applyment4sub", "applyment4sub"), ("Notifications", "notifications"));

    private static readonly Gen<(string Name, string Url)> Parameter = Gen.Select(
        Choice.Of("out_trade_no", "id", "x", "class", "plan_id", "sub_mchid"), Choice.Of("_", "$"), (name, mark) => (mark + name + mark, "{" + name + "}"));

    private static readonly Gen<(string Name, string Url)> Path = Gen.Select(
        Choice.Of(("V3", "/v3"), ("V3", "/v3"), ("V3", "/v3"), ("V2", ""), ("Hk", "/hk")),
        Segment,
        Gen.Frequency((3, Segment), (1, Parameter)).Array[0, 5],
        Gen.Frequency((9, Gen.Const(("", ""))), (1, Gen.Const(("._empty_", "/")))),
        (root, first, rest, end) =>
        {
            (string Name, string Url)[] all = [first, .. rest.DistinctBy(part => part.Url, StringComparer.Ordinal).Where(part => part.Url != first.Url)];
            return (root.Item1 + string.Concat(all.Select(part => "." + part.Name)) + end.Item1, root.Item2 + string.Concat(all.Select(part => "/" + part.Url)) + end.Item2);
        });

    private static readonly Gen<GrammarBody> Body = Gen.Frequency(
        (2, Gen.Const(new GrammarBody("None", [], "", ""))),
        (5, Declared("JsonDataRequest", "Json", Members.Of(2, 0, 6))),
        (2, Declared("XmlDataRequest", "Xml", Members.Of(Types.Scalar, 1, 6))));

    private static readonly Gen<GrammarAnswer> Answer = Gen.Frequency(
        (5, Members.Of(2, 1, 6).Select(Members.Separator, (members, separator) => new GrammarAnswer("Members", members, Members.Declarations(members) + "export interface WellformedResponse " + Members.Braces(members, separator) + "\n", ""))),
        (1, Choice.Of("", "export interface WellformedResponse {}\n", "interface WellformedResponse {\n}\n").Select(text => new GrammarAnswer("NoContent", [], text, ""))),
        (1, Gen.Const(new GrammarAnswer("Stream", [], "interface WellformedResponse extends ReadStream {}\n", ""))),
        (1, Gen.Const(new GrammarAnswer("Stream", [], "", "responseType: 'stream'\n"))));

    private static readonly Gen<string> Setting = Choice.Of("", "", "", "timeout?: 400\n", "transformResponse: []\n", "security: true\n", "baseURL: 'https://a.example/'\n");

    public static readonly Gen<GrammarOperation> One = Gen.Select(
        Choice.Of("Get", "Post", "Post", "Post", "Put", "Patch", "Delete"),
        Path,
        Body,
        Gen.Frequency((2, Members.Of(Types.Scalar, 0, 0)), (3, Members.Of(Types.Scalar, 1, 5))),
        Choice.Of("", "", "'Idempotency-Key': string", "'Wechatpay-Negative-Test'?: string"),
        Answer,
        Setting,
        Gen.Int[0, 7],
        Make);

    private static Gen<GrammarBody> Declared(string name, string kind, Gen<IReadOnlyList<GrammarMember>> members)
        => Gen.Select(members, Members.Separator, Choice.Of("", "export "), (list, separator, export) => new GrammarBody(
            kind, list, Members.Declarations(list) + export + "interface " + name + " " + Members.Braces(list, separator) + "\n", "data?: " + name + "\n"));

    private static GrammarOperation Make(
        string verb, (string Name, string Url) path, GrammarBody body, IReadOnlyList<GrammarMember> query, string header, GrammarAnswer answer, string setting, int form)
    {
        if (verb == "Get") body = new("None", [], "", "");

        // Query and path parameters of one name would be one input by the dialect's rule for misplaced ones.
        query = [.. query.Where(member => !path.Url.Contains("{" + member.WireName + "}", StringComparison.Ordinal))];
        var config = body.Config + answer.Config + setting
            + string.Concat(path.Url.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}') + ": string\n"))
            + (query.Count == 0 ? "" : "params: " + Members.Braces(query, "\n") + "\n")
            + (header.Length == 0 ? "" : "headers: { " + header + " }\n");
        var content = body.Declaration + Members.Declarations(query)
            + (config.Length == 0 ? "" : "export interface RequestConfig extends AxiosRequestConfig {\n" + config + "}\n")
            + answer.Declaration;
        var headerName = header.Length == 0 ? "" : header.Split('\'')[1];
        return new(verb, path.Url, Namespaces("WeChatPay.OpenAPI." + path.Name + "." + verb + "HttpMethod", content, form))
        {
            Body = body,
            Query = query,
            Headers = header.Length == 0 ? [] : [new(headerName, header, new("string", "Text"))],
            Answer = answer,
        };
    }

    /// <summary>Dotted or nested, with or without <c>export</c> and <c>declare</c>.</summary>
    public static string Namespaces(string name, string content, int form)
    {
        var modifier = (form & 1) == 0 ? "" : (form & 2) == 0 ? "export " : "declare ";
        if ((form & 4) == 0) return modifier + "namespace " + name + " {\n" + content + "}\n";
        var at = name.LastIndexOf('.');
        return modifier + "namespace " + name[..at] + " {\nexport namespace " + name[(at + 1)..] + " {\n" + content + "}\n}\n";
    }
}
