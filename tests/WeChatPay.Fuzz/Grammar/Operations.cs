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

    private static readonly Gen<GrammarBody> Body = Gen.Frequency(
        (2, Gen.Const(new GrammarBody("None", [], "", ""))),
        (5, Declared("JsonDataRequest", "Json", Members.Of(2, 0, 6))),
        (2, Declared("XmlDataRequest", "Xml", Members.OfXml(1, 6))),
        (1, Declared("BinaryDataRequest", "Multipart", Choice.Of<IReadOnlyList<GrammarMember>>(
            [new("meta", "/** 元数据 */ meta: string", new("string", "Text")), new("file", "file: ReadStream", new("ReadStream", "Stream"))],
            [new("file", "file: ReadStream", new("ReadStream", "Stream"))],
            [
                new("file", "file: ReadStream", new("ReadStream", "Stream")),
                new("meta", "meta: { filename: string; sha256: string }", new("", "Object", [new("filename", "", new("string", "Text")), new("sha256", "", new("string", "Text"))], "")),
            ]))));

    private static readonly Gen<GrammarAnswer> NoMembers = Gen.Frequency(
        (1, Choice.Of("", "export interface WellformedResponse {}\n", "interface WellformedResponse {\n}\n").Select(text => new GrammarAnswer("NoContent", [], text, ""))),
        (1, Gen.Const(new GrammarAnswer("Stream", [], "interface WellformedResponse extends ReadStream {}\n", ""))),
        (1, Gen.Const(new GrammarAnswer("Stream", [], "type WellformedResponse = ReadStream\n", ""))),
        (1, Gen.Const(new GrammarAnswer("Stream", [], "", "responseType: 'stream'\n"))));

    private static readonly Gen<string> Setting = Choice.Of("", "", "", "timeout?: 400\n", "transformResponse: []\n", "security: true\n", "baseURL: 'https://a.example/'\n");

    private static readonly Gen<string> Tag = Gen.Frequency(
        (6, Gen.Const("")),
        (3, Choice.Of("@mtls", "@unsigned", "@host api.a.example", "@host https://a.example/b/", "@response stream", "@response csv", "@response json", "@idempotentBy", "@since 2020", "@deprecated 用别的")));

    private static readonly Gen<string> ChainComment = Choice.Of(
        "", "/** 下单 */\n", "/**\n * 下单\n * @link https://a.example/1?a=1&b=2\n * @link [说明](https://a.example/2)\n * @link\n */\n", "/**\n * 下单 {@link https://a.example/3 文档}\n * @deprecated\n */\n", "/** shortland */\n");

    /// <param name="own">A segment behind the root that no other document has, or empty.</param>
    public static Gen<GrammarOperation> Of(string own) => Gen.Select(
        Choice.Of("Get", "Post", "Post", "Post", "Put", "Patch", "Delete"),
        Path(own),
        Body.SelectMany(body => Answer(body.Kind == "Xml").Select(answer => (body, answer))),
        Gen.Frequency((2, Members.Of(Types.Scalar, 0, 0)), (3, Members.Of(Types.Scalar, 1, 5))),
        Choice.Of("", "", "'Idempotency-Key': string", "'Wechatpay-Negative-Test'?: string"),
        Setting,
        Gen.Select(Tag, ChainComment),
        Gen.Int[0, 1023],
        Make);

    private static Gen<((string Name, string Url) Path, string Tag)> Path(string own)
    {
        var path = Gen.Select(
            Choice.Of(("V3", "/v3"), ("V3", "/v3"), ("V3", "/v3"), ("V2", ""), ("Hk", "/hk")),
            Segment,
            Gen.Frequency((3, Segment), (1, Parameter)).Array[0, 5],
            Gen.Frequency((9, Gen.Const(("", ""))), (1, Gen.Const(("._empty_", "/")))),
            (root, first, rest, end) =>
            {
                (string Name, string Url)[] all = [first, .. rest.DistinctBy(part => part.Url, StringComparer.Ordinal).Where(part => part.Url != first.Url)];
                if (own.Length > 0) all = [(own, own.ToLowerInvariant()), .. all];
                return (root.Item1 + string.Concat(all.Select(part => "." + part.Name)) + end.Item1, root.Item2 + string.Concat(all.Select(part => "/" + part.Url)) + end.Item2);
            });

        // A path of its own wins over the namespace.
        var start = own.Length > 0 ? "/v3/" + own.ToLowerInvariant() : "/v3";
        var literal = Choice.Of("/Pay/Transactions", "/a.b/c-d", "/{id}/x", "/x/{sub_mchid}/").Select(end => (("V3." + (own.Length > 0 ? own + "." : "") + "Sample", start + end), "@path " + start + end));
        return Gen.Frequency((12, path.Select(found => (found, ""))), (1, literal));
    }

    private static Gen<GrammarAnswer> Answer(bool isXml) => Gen.Frequency(
        (5, Gen.Select(isXml ? Members.OfXml(1, 6) : Members.Of(2, 1, 6), Members.Separator, (members, separator) =>
            new GrammarAnswer("Members", members, Members.Declarations(members) + "export interface WellformedResponse " + Members.Braces(members, separator) + "\n", ""))),
        (3, NoMembers));

    private static Gen<GrammarBody> Declared(string name, string kind, Gen<IReadOnlyList<GrammarMember>> members)
        => Gen.Select(members, Members.Separator, Choice.Of("", "export "), (list, separator, export) => new GrammarBody(
            kind, list, Members.Declarations(list) + export + "interface " + name + " " + Members.Braces(list, separator) + "\n", "data?: " + name + "\n"));

    private static GrammarOperation Make(
        string verb, ((string Name, string Url) Path, string Tag) place, (GrammarBody Body, GrammarAnswer Answer) bodies, IReadOnlyList<GrammarMember> query, string header, string setting, (string Tag, string Comment) comments, int form)
    {
        var (path, tag) = (place.Path, comments.Tag);
        var (body, answer) = bodies;
        var isVersion2 = path.Name.StartsWith("V2.", StringComparison.Ordinal);
        if (verb == "Get" && body.Kind == "Xml") verb = "Post";
        if (verb == "Get") body = new("None", [], "", "");
        else if ((form & 0x300) == 0x100 && body.Kind == "Json") body = Inline(body);

        // Query and path parameters of one name would be one input by the dialect's rule for misplaced ones.
        query = [.. query.Where(member => !path.Url.Contains("{" + member.WireName + "}", StringComparison.Ordinal))];
        if (tag == "@idempotentBy") tag = body.Members.FirstOrDefault(member => member.WireName.Length > 0 && member.WireName.All(char.IsAsciiLetter)) is { } key ? tag + " " + key.WireName : "";

        // Lists in two dimensions are for XML.
        if (tag == "@response json" && body.Kind == "Xml") tag = "";
        if (tag is "@response stream" or "@response csv") answer = answer with { Kind = "Stream" };
        else if (tag == "@response json" && answer.Kind != "Stream") answer = answer with { Kind = "Json" };
        else if (answer.Kind == "Members") answer = answer with { Kind = body.Kind == "Xml" || (isVersion2 && IsXmlOfVersion2(body, answer)) ? "Xml" : "Json" };
        else if (answer.Kind == "NoContent" && isVersion2 && verb == "Get") answer = answer with { Kind = "Redirect" };
        if (answer.Kind == "Stream") answer = answer with { Members = [] };

        var isGeneric = (form & 0xC0) == 0x40 && body.Config.StartsWith("data?: ", StringComparison.Ordinal);
        var config = (isGeneric ? "data?: D\n" : body.Config) + answer.Config + setting
            + string.Concat(path.Url.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}') + ": string\n"))
            + (query.Count == 0 ? "" : "params: " + Members.Braces(query, "\n") + "\n")
            + (header.Length == 0 ? "" : "headers: { " + header + " }\n");
        var generic = isGeneric ? "<D = " + body.Config["data?: ".Length..].Trim() + ">" : "";
        var content = body.Declaration + Members.Declarations(query)
            + (config.Length == 0 ? "" : "export interface RequestConfig" + generic + " extends AxiosRequestConfig {\n" + config + "}\n")
            + answer.Declaration;
        var headerName = header.Length == 0 ? "" : header.Split('\'')[1];
        return new(verb, path.Url, Namespaces("WeChatPay.OpenAPI." + path.Name + "." + verb + "HttpMethod", content, form, Comment(place.Tag, tag)))
        {
            Body = body,
            Query = query,
            Headers = header.Length == 0 ? [] : [new(headerName, header, new("string", "Text"))],
            Answer = answer,
            Chain = (form & 0x30) == 0x10 ? Chain(path.Name, verb, body, comments.Comment) : "",
            RequiresClientCertificate = tag == "@mtls" || setting.StartsWith("security", StringComparison.Ordinal),
            HasHost = tag.StartsWith("@host", StringComparison.Ordinal) || setting.StartsWith("baseURL", StringComparison.Ordinal),
            IdempotentBy = tag.StartsWith("@idempotentBy ", StringComparison.Ordinal) ? tag[14..] : null,
        };
    }

    /// <summary>No word says what APIv2 answers with; the members that all of its XML answers have do, and uploads to it are answered with XML.</summary>
    private static bool IsXmlOfVersion2(GrammarBody body, GrammarAnswer answer)
        => answer.Members.Any(member => member.WireName is "return_code" or "result_code")
            || (body.Kind == "Multipart" && answer.Members.All(member => member.WireName != "retcode"));

    /// <summary>The body as a type of <c>data</c> itself.</summary>
    private static GrammarBody Inline(GrammarBody body)
        => body with { Declaration = Members.Declarations(body.Members), Config = "data: " + Members.Braces(body.Members, "\n") + "\n" };

    private static string Comment(params string[] tags)
        => string.Concat(tags) is { Length: 0 } ? "" : "/**\n * 操作\n" + string.Concat(tags.Where(tag => tag.Length > 0).Select(tag => " * " + tag + "\n")) + " */\n";

    /// <summary>The interfaces that lead to the call, as the documents of the full form have them.</summary>
    private static string Chain(string path, string verb, GrammarBody body, string comment)
    {
        var name = "WeChatPay.OpenAPI." + path;
        var at = name.LastIndexOf('.');
        var own = name[(at + 1)..] + "." + verb + "HttpMethod.";
        var data = body.Kind switch { "Json" => "data: " + own + "JsonDataRequest, ", "Xml" => "data: " + own + "XmlDataRequest, ", _ => "" };
        var signature = "(" + data + "config?: " + own + "RequestConfig): AxiosPromise<" + own + "WellformedResponse>\n";
        return "namespace " + name[..at] + " {\nexport interface " + name[(at + 1)..] + " {\n" + (verb == "Post" ? "/** shortland */\n" + signature : "")
            + comment + verb.ToLowerInvariant() + signature + "}\n}\nexport interface Wechatpay { v3: WeChatPay.OpenAPI.V3 }\nexport var wxpay: Wechatpay\n";
    }

    /// <summary>Dotted or nested, with or without <c>export</c> and <c>declare</c>.</summary>
    /// <param name="comment">Belongs to the innermost.</param>
    public static string Namespaces(string name, string content, int form, string comment = "")
    {
        var modifier = (form & 1) == 0 ? "" : (form & 2) == 0 ? "export " : "declare ";
        if ((form & 4) == 0) return comment + modifier + "namespace " + name + " {\n" + content + "}\n";
        var names = (form & 8) == 0 ? [name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]] : name.Split('.');
        var text = modifier + "namespace " + names[0] + " {\n";
        for (var i = 1; i < names.Length; i++) text += (i == names.Length - 1 ? comment : "") + ((form & 16) == 0 ? "export " : "") + "namespace " + names[i] + " {\n";
        return text + content + string.Concat(Enumerable.Repeat("}\n", names.Length));
    }
}
