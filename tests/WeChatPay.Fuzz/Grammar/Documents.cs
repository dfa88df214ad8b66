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
        "> [!IMPORTANT]\n> 1. one\n> 2. two\n\n",
        "| a | b |\n| - | - |\n| 1 {rowspan=3} | 2 |\n\n```json\n{ \"a\": 1, }\n```\n\n",
        "");

    private static readonly Gen<GrammarDocument> OfOperations = Gen.Select(
        Operations.One.Array[1, 3], Page, LineEnd, Choice.Of("", "optionality: declared\n", "head:\n  - - meta\n    - name: a\n"), Choice.Of("ts", "js twoslash", "typescript"), Gen.Int[0, 15],
        (operations, page, lineEnd, matter, language, form) =>
        {
            var distinct = operations.DistinctBy(operation => operation.NameKey, StringComparer.Ordinal).ToArray();
            var text = "---\ntitle: 下单\ndescription: 创建订单\n" + matter + "---\n\n";
            for (var i = 0; i < distinct.Length; i++)
            {
                // Several operations in one fence are usual, too.
                if ((form & 8) == 0 || i == 0) text += Heading(distinct[i], form) + page + "```" + language + "\n" + ((form & 2) == 0 ? "" : Head);
                text += distinct[i].Declaration;
                if ((form & 8) == 0 || i == distinct.Length - 1) text += ((form & 4) == 0 ? "" : Example) + "```\n\n";
            }

            return new GrammarDocument("specs/sample.md", Finish(text, lineEnd, form), distinct, [], []);
        });

    private static readonly Gen<GrammarDocument> OfNotification = Gen.Select(
        Choice.Of("TRANSACTION.SUCCESS", "REFUND.CLOSED", "PAYSCORE.USER_PAID", "A"), Members.Of(2, 1, 6), LineEnd, Gen.Int[0, 15],
        (eventType, members, lineEnd, form) =>
        {
            var content = Members.Declarations(members)
                + "export interface Notification { event_type: '" + eventType + "'; resource: { original_type: 'sample' } }\n"
                + "export interface Resource " + Members.Braces(members, "\n") + "\n";
            var text = "---\ntitle: 通知\n---\n\n# 通知\n\n```ts\n" + Operations.Namespaces("WeChatPay.Webhook.V3.Sample", content, form & 7) + "```\n";
            return new GrammarDocument("specs/webhook/v3/" + eventType + ".md", Finish(text, lineEnd, form), [], [new("v3 " + eventType, members)], []);
        });

    private static readonly Gen<GrammarDocument> OfModel = Gen.Select(
        Members.Of(2, 1, 6), LineEnd, Gen.Int[0, 15],
        (members, lineEnd, form) =>
        {
            var content = Members.Declarations(members) + "export interface Loan " + Members.Braces(members, "\n") + "\n";
            var text = "# 模型\n\n```ts\n" + Operations.Namespaces("WeChatPay.Models", content, form & 3) + "```\n";
            return new GrammarDocument("specs/models/loan.md", Finish(text, lineEnd, form), [], [], [new("model Loan", members)]);
        });

    private const string Head = "// @filename: virtual.ts\n/// <reference types=\"node\" />\nimport { AxiosRequestConfig, AxiosPromise } from 'axios'\n";

    private const string Example = "// @filename: business.js\nimport { wxpay } from './virtual'\n// ---cut---\nwxpay.v3.a.post({ a, // [!code hl:35]\n//    ^^^^\n})\n";

    public static readonly Gen<GrammarDocument> Valid = Gen.Frequency((8, OfOperations), (1, OfNotification), (1, OfModel));

    /// <summary>The valid document of a number.</summary>
    public static GrammarDocument Make(ulong seed) => Valid.Generate(new PCG(1, seed), null, out _);

    private static string Heading(GrammarOperation operation, int form)
        => ((form & 1) == 0 ? "# {{ $frontmatter.title }}" : "# 下单 " + operation.Verb) + " {#" + operation.Verb.ToLowerInvariant() + "}\n\n";

    private static string Finish(string text, string lineEnd, int form)
        => (form == 5 ? "\uFEFF" : "") + text.Replace("\n", lineEnd, StringComparison.Ordinal);
}
