using System.Text;

namespace WeChatPay.Fuzz;

/// <summary>The words of the dialect, right and wrong, and what breaks readers of any kind.</summary>
internal static class Vocabulary
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "<", ">", ":", ";", ",", "|", "&", "=", "=>", "?", "?:", "...", "'", "\"", "`", "\\", "//", "/*", "/**", "*/", " * ", "@", "#", "%", "!", "~", "^",
        "namespace ", "WeChatPay.", "WeChatPay.OpenAPI.V3.A.PostHttpMethod", "WeChatPay.OpenAPI.V2.", "WeChatPay.Webhook.V3.", "WeChatPay.Models", "WeChatPay.Models.Loan", "WeChatPay.Enumerations", "WeChatPay.Enumerations.Kind", "export type Kind = ",
        "PostHttpMethod", "GetHttpMethod", "DeleteHttpMethod", "PutHttpMethod", "PatchHttpMethod", "HttpMethod",
        "interface ", "JsonDataRequest", "XmlDataRequest", "BinaryDataRequest", "RequestConfig", "WellformedResponse", "Notification", "Resource", "Resource_A",
        "export ", "declare ", "type ", "extends ", "extends AxiosRequestConfig ", "typeof ", "keyof ", "readonly ", "infer ", "import ", "var ", "const ", "enum ", "class ",
        "string", "number", "boolean", "Date", "any", "unknown", "object", "null", "undefined", "bigint", "bool", "ReadStream", "true", "never", "void",
        "string | Date", "'A' | 'B'", "'OK' | string", "Array<", "ReadonlyArray<", "Record<string, ", "['trade_type']", "[]", "[key: string]: ", "1 | 2", "string[]", "('A' | 'B')[]",
        "params", "headers", "data", "data?: JsonDataRequest", "security: true", "responseType: 'stream'", "baseURL: 'https://a.example/'", "transformResponse: []", "'Wechatpay-Serial': string",
        "_x_", "$x$", "'{x}'", "_empty_", "__", "$", "$n", "coupon_id_$n", "coupon_fee_$n_$m", "$n_$m", "a: string\n", "m?: number;", "a: {\n", "}[]\n",
        "@format ", "@format date-time", "@encrypted ", "@maxLength 32", "@minimum -1e999", "@echo", "@path /", "@path /v3/a/{b}", "@host h", "@mtls", "@unsigned", "@response stream", "@response redirect",
        "@idempotentBy a", "@deprecated", "@link ", "{@link ", "@default ", "@typedef ", " * @prop {", "@prop {string=} a b", "@prop {{a: string}[]=} b", "{?string}", "@property ", "@param ", "@type ",
        "```", "````", "~~~", "```ts\n", "```js twoslash\n", "```json\n", "```xml\n", "// @filename: virtual.ts\n", "// @filename: business.js\n", "// ---cut---\n", "^^^", "[!code hl:35]",
        "---\n", "title: ", "description: ", "optionality: declared\n", "head:\n  - - meta\n", "&a ", "*a", "!!binary ", "? ", "- ", "| \n", "%YAML", "{{ $frontmatter.title }}", "{{", "}}", "{#post}", "{#get}", "# x {#post}\n",
        "::: danger {.im-deprecated}\n", "::: details 解密后的明文格式\n", ":::\n", "> [!IMPORTANT]\n", "[官方文档](https://a.example/?a=1&b=2)", "[x](", "hhttps://", "<!--", "-->", "<xml>", "</xml>", "<![CDATA[", "]]>", "<name >", "&amp;", "|a|b|\n|-|-|\n",
        "{\"id\": \"1\", \"resource\": {\"original_type\": \"transaction\"}}", "\"a\": 1,", "1e999", "0x", "1_000", "-0", ".5", "0b1", "9223372036854775808",
        "\n", "\r\n", "\r", "\t", " ", "\0", "\u0085", "\u2028", "\u00A0", "\u200B", "\u202E", "\uFEFF", "\uD800", "\uDC00", "\uD83D\uDE00", "：", "，", "“", "中文", "İ", "ı", "ß", "é", "٣", "Ａ",
        "switch", "operator", "return", "lock", "delete", "class", "Http", "ExtraProperties", "Value", "Equals", "ToString", "constructor", "__proto__", "async", "get", "set", "new () => ", "<T = string>", "a?", "a!", "a: ?", "a:",
    ];

    public static string Pick(Random random) => Pieces[random.Next(Pieces.Length)];

    /// <summary>Words in any order.</summary>
    public static string Soup(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(120); count > 0; count--) text.Append(Pick(random));
        return text.ToString();
    }

    /// <summary>Characters in any order, mostly of one neighbourhood.</summary>
    public static string Noise(Random random)
    {
        var limit = random.Next(4) switch { 0 => 128, 1 => 0x300, _ => char.MaxValue + 1 };
        var text = new char[random.Next(400)];
        for (var i = 0; i < text.Length; i++) text[i] = (char)random.Next(limit);
        return new string(text);
    }
}
