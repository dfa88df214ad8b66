using CsCheck;

namespace WeChatPay.Fuzz.Grammar;

/// <summary>Whole valid documents.</summary>
internal static class Documents
{
    private static readonly Gen<string> LineEnd = Choice.Of("\n", "\n", "\n", "\r\n");

    private static readonly Gen<string> Page = Choice.Of(
        "{{ $frontmatter.description }} [官方文档](https://pay.example.com/a.html?a=1&b=2)\n\n",
        "参阅 [一](https://a.example/1) [二](https://a.example/2)\n\n",
        "::: danger 已下线 {.im-deprecated}\n不再使用\n:::\n\n",
        "::: warning {.im-deprecated}\n- 一\n- 二\n:::\n\n",
        "> [!IMPORTANT]\n> 1. one\n> 2. two\n\n",
        "> [!WARNING]\n> - one\n>   - `two`\n\n1. 一\n2. 二\n\n",
        "| a | b |\n| - | - |\n| 1 {rowspan=3} | 2 |\n\n```json\n{ \"a\": 1, }\n```\n\n",
        "::: details 示例\n```xml\n<xml><a>1</a></xml>\n```\n:::\n\n## 说明 {#notes}\n\n一段*文字*与`代码`、<b>标签</b> &amp; 实体\n\n",
        "```ansi\n\u001b[31mred\u001b[0m\n```\n\n<!-- 注释 -->\n\n",
        "");

    private static readonly Gen<string> Heading = Choice.Of("# {{ $frontmatter.title }} {#VERB}\n\n", "# 下单 VERB {#VERB}\n\n", "# {{$frontmatter.title}} (`VERB`) {#VERB}\n\n", "# 下单\n\n", "## 下单 {#VERB .b}\n\n", "下单 {#VERB}\n===\n\n", "");

    private static readonly Gen<string> Matter = Gen.Select(
        Choice.Of("title: 下单\n", "title: '下单: a'\n", "title: \"a \\\"b\\\" \\u4e2d\"\n", "title: >-\n  folded\n  text\n", "title: 下单 # remark\n", "title:\n", "title: 1\n", "title: <b> & 'c\n", "# remark\ntitle: [a, b]\n", ""),
        Choice.Of("description: 创建订单\n", "description: |\n  two\n  lines\n", "description:\n", "description: ''\n", ""),
        Choice.Of("", "optionality: declared\n", "head:\n  - - meta\n    - name: a\n", "head:\n  - [meta, { http-equiv: refresh, content: '0; url=./a' }]\n", "x: &a {b: 1}\ny: *a\n", "x: !!str 1\n", "optionality: \"declared\"\nlayout: doc\n"),
        (title, description, more) => (title + description + more) is { Length: > 0 } matter ? "---\n" + matter + "---\n\n" : "");

    private static readonly Gen<GrammarDocument> OfNothing = Gen.Select(
        Choice.Of("specs/openapi/v3/parcel/index.md", "specs/openapi/v3/parcel.md", "specs/webhook/v3/A.B.md", "specs/models/a.md", "specs/design.md"),
        Matter,
        Page.Array[0, 3],
        Choice.Of("# 目录\n\n- [a](./a)\n", "# 已迁移\n", "```ts\nexport const x = 1 // not ours\n```\n", "```js\n/** @type {string} */ let a\n```\n", "```ts\nfunction f() { return `${1}` }\n", "----\n", ""),
        LineEnd,
        (path, matter, pages, end, lineEnd) => new GrammarDocument(path, Finish(matter + string.Concat(pages) + end, lineEnd, 0), [], [], []));

    private const string Head = "// @filename: virtual.ts\n/// <reference types=\"node\" />\nimport { AxiosRequestConfig, AxiosPromise } from 'axios'\n";

    private const string Example = "// @filename: business.js\nimport { wxpay } from './virtual'\n// ---cut---\nwxpay.v3.a.post({ a, // [!code hl:35]\n//    ^^^^\n})\n";

    public static readonly Gen<GrammarDocument> Valid = Of("");

    /// <summary>Documents of every kind.</summary>
    /// <param name="own">Letters and digits that mark what is declared, so that many documents can stand side by side; or empty.</param>
    public static Gen<GrammarDocument> Of(string own)
        => Gen.Frequency((16, OfOperations(own)), (2, OfNotification(own)), (2, OfTypedefs(own)), (1, OfPlainXml(own)), (2, OfModel(own)), (1, OfNothing));

    /// <summary>The valid document of a number.</summary>
    public static GrammarDocument Make(ulong seed) => Make(seed, "");

    /// <summary>The valid document of a number, with a mark of its own.</summary>
    public static GrammarDocument Make(ulong seed, string own) => (own.Length == 0 ? Valid : Of(own)).Generate(new PCG(1, seed), null, out _);

    private static Gen<GrammarDocument> OfOperations(string own) => Gen.Select(
        Operations.Of(own).Array[1, 3], Page, Heading, LineEnd, Matter, Choice.Of("ts", "js twoslash", "typescript", "ts twoslash"), Gen.Int[0, 31],
        (operations, page, heading, lineEnd, matter, language, form) =>
        {
            var distinct = operations.DistinctBy(operation => operation.NameKey, StringComparer.Ordinal).ToArray();
            var text = matter;
            for (var i = 0; i < distinct.Length; i++)
            {
                // Several operations in one fence are usual, too.
                if ((form & 8) == 0 || i == 0) text += heading.Replace("VERB", distinct[i].Verb.ToLowerInvariant(), StringComparison.Ordinal) + page + "```" + language + "\n" + ((form & 2) == 0 ? "" : Head);
                text += (form & 1) == 0 ? distinct[i].Chain + distinct[i].Declaration : distinct[i].Declaration + distinct[i].Chain;
                if ((form & 8) == 0 || i == distinct.Length - 1) text += ((form & 4) == 0 ? "" : Example) + "```\n\n";
            }

            return new GrammarDocument((form & 16) == 0 ? "specs/" + own + "sample.md" : Place(distinct[0]), Finish(text, lineEnd, form), distinct, [], []);
        });

    private static Gen<GrammarDocument> OfNotification(string own) => Gen.Select(
        EventType(own), Members.Of(2, 1, 6), Members.Of(1, 0, 3), LineEnd, Matter, Gen.Int[0, 31],
        (eventType, members, variant, lineEnd, matter, form) =>
        {
            var content = Members.Declarations(members) + Members.Declarations(variant)
                + "export interface Notification { event_type: '" + eventType + "'; resource: { original_type: 'sample' } }\n"
                + "export interface Resource " + Members.Braces(members, "\n") + "\n"
                + (variant.Count == 0 ? "" : "/** 另一种 */\nexport interface Resource_Other " + Members.Braces(variant, "\n") + "\ninterface Notification_Other { resource: { original_type: 'other' } }\n");
            var text = matter + "# 通知\n\n```ts\n" + Operations.Namespaces("WeChatPay.Webhook.V3.Sample", content, form & 15) + "```\n";
            return new GrammarDocument("specs/webhook/v3/" + eventType + ".md", Finish(text, lineEnd, form), [], [new("v3 " + eventType, members)], []);
        });

    /// <summary>As the existing documents have them.</summary>
    private static Gen<GrammarDocument> OfTypedefs(string own) => Gen.Select(
        EventType(own), Typedefs.Of(1, 8), LineEnd, Matter, Gen.Int[0, 31],
        (eventType, members, lineEnd, matter, form) =>
        {
            var envelope = "/**\n * @typedef RequestHeader\n * @prop {string} wechatpay-nonce\n *\n * @typedef RequestJsonData\n * @prop {string} id - 通知的唯一ID\n * @prop {'" + eventType + "'} event_type\n"
                + " * @prop {{algorithm: string, original_type: 'sample', ciphertext: string}} resource\n */\n";
            var content = "/**\n * @typedef PlainObject\n" + string.Concat(members.Select(member => member.Text)) + " */\n";
            var sample = members.FirstOrDefault(member => member.Type.Kind == "Text") is { } known ? "{ \"" + known.WireName + "\": \"文\" }" : "{}";
            var text = matter + "# {{ $frontmatter.title }} {#post}\n\n```js twoslash\n" + ((form & 1) == 0 ? envelope + content : content + envelope)
                + "import { Aes } from 'library'\n// ---cut---\nexport const handler = (request) => Aes.decrypt(request)\n```\n\n"
                + ((form & 2) == 0 ? "" : "::: details 解密后的明文格式\n```json\n" + sample + "\n```\n:::\n");
            return new GrammarDocument("specs/webhook/v3/" + eventType + ".md", Finish(text, lineEnd, form), [], [new("v3 " + eventType, members)], []);
        });

    /// <summary>APIv2: what is sent is the content.</summary>
    private static Gen<GrammarDocument> OfPlainXml(string own) => Gen.Select(
        EventType(own), Typedefs.OfXml(1, 8), LineEnd, Matter,
        (eventType, members, lineEnd, matter) =>
        {
            members = [.. members, new("sign", " * @prop {string} sign\n", new("string", "Text"))];
            var text = matter + "# 通知\n\n```js twoslash\n/**\n * @typedef XmlDataRequest\n" + string.Concat(members.Select(member => member.Text)) + " */\n```\n";
            return new GrammarDocument("specs/webhook/v2/" + eventType + ".md", Finish(text, lineEnd, 0), [], [new("v2 " + eventType, members)], []);
        });

    private static Gen<GrammarDocument> OfModel(string own) => Gen.Select(
        Members.Of(2, 1, 6), LineEnd, Gen.Int[0, 31],
        (members, lineEnd, form) =>
        {
            var content = Members.Declarations(members) + "export interface Loan" + own + " " + Members.Braces(members, "\n") + "\n";
            var text = "# 模型\n\n```ts\n" + Operations.Namespaces("WeChatPay.Models", content, form & 7) + "```\n";
            return new GrammarDocument("specs/models/loan" + own + ".md", Finish(text, lineEnd, form), [], [], [new("model Loan" + own, members)]);
        });

    private static Gen<string> EventType(string own)
        => Choice.Of("TRANSACTION.SUCCESS", "REFUND.CLOSED", "PAYSCORE.USER_PAID", "A").Select(name => own.Length == 0 ? name : own.ToUpperInvariant() + "." + name);

    /// <summary>Where the path of a URL is found again.</summary>
    private static string Place(GrammarOperation operation)
        => "specs/openapi" + (operation.Template.StartsWith("/v3", StringComparison.Ordinal) || operation.Template.StartsWith("/hk", StringComparison.Ordinal) ? "" : "/v2") + operation.Template
            + (operation.Template.EndsWith('/') ? "index.md" : ".md");

    private static string Finish(string text, string lineEnd, int form)
        => (form == 5 ? "\uFEFF" : "") + text.Replace("\n", lineEnd, StringComparison.Ordinal);
}
