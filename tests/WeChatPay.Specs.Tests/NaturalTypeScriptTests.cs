using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>What authors of TypeScript write beyond the plain forms of the dialect. All of it is legal, so all of it is read without a warning.</summary>
public sealed class NaturalTypeScriptTests
{
    [Theory]
    [InlineData("string & {}", "Text")]
    [InlineData("string & { readonly brand: 'Fen' }", "Text")]
    [InlineData("(string & {}) | 'A' | 'B'", "SamplePostRequestA (A=A, B=B)")]
    [InlineData("'A' & string", "SamplePostRequestA (A=A)")]
    [InlineData("number & { brand: 'Fen' }", "Integer")]
    [InlineData("\n  | 'A' // first\n  /* second */ | 'B'", "SamplePostRequestA (A=A, B=B)")]
    [InlineData("1_000 | 2_000", "Integer")]
    [InlineData("10n | bigint", "Integer")]
    [InlineData("Partial<Record<string, string>>", "Json")]
    [InlineData("Pick<{ x: string; y: number }, 'x'>", "SamplePostRequestA { x: Text }")]
    [InlineData("Omit<{ x: string; y: number }, 'x' | 'z'>", "SamplePostRequestA { y: Integer }")]
    [InlineData("Omit<Base, 'x'>[]", "List of SamplePostRequestA { y: Text, z: Text }")]
    [InlineData("Partial<Pick<Base, 'x' | 'y'>>", "SamplePostRequestA { x: Text, y: Text }")]
    [InlineData("Pick<Base, Keys>", "SamplePostRequestA { x: Text, z: Text }")]
    [InlineData("{ x: string } | { y: number }", "SamplePostRequestA { x: Text, y: Integer }")]
    [InlineData("({ x: string } | { y: number } | null)[]", "List of SamplePostRequestA { x: Text, y: Integer }")]
    [InlineData("{ k: 'A'; v: string } | { k: 'B'; v: number }", "SamplePostRequestA { k: SamplePostRequestAK (A=A, B=B), v: TextOrNumber }")]
    [InlineData("{ k: 'A'; v: { x: string } } | { k: 'B'; v: { y: string } } | { k: 'C' }", "SamplePostRequestA { k: SamplePostRequestAK (A=A, B=B, C=C), v: SamplePostRequestAV { x: Text, y: Text } }")]
    [InlineData("Base | Other", "SamplePostRequestA { x: Text, y: Text, z: Text, o: Text }")]
    [InlineData("Kind", "SamplePostRequestA (A=A, B=B)")]
    [InlineData("Kind[]", "List of SamplePostRequestA (A=A, B=B)")]
    [InlineData("Kind.B", "SamplePostRequestA (B=B)")]
    [InlineData("Kind | 'C'", "SamplePostRequestA (A=A, B=B, C=C)")]
    [InlineData("Level", "Integer")]
    [InlineData("{ [key: string]: string }", "Json")]
    public void Types(string type, string expected)
    {
        const string declarations = """
            interface Base { x: string; y: string; z: string }
            interface Other { o: string }
            type Keys = 'x' | 'z'
            export enum Kind {
              A = 'A',
              /** The second */
              B = "B",
            }
            declare const enum Level { Low, Middle = 5, High }
            """;
        Assert.Equal(expected, Spec.Show(Assert.Single(Spec.Operation(Spec.Post("interface JsonDataRequest { a: " + type + " }\n" + declarations)).Body.Members).Type));
    }

    [Fact]
    public void Values_of_an_enumeration_are_documented()
    {
        var member = Spec.Member("a: Kind", "namespace WeChatPay { enum Kind { /** 零钱 */ Cash = 'CASH', Goods = 'GOODS' }\nenum Level { Low = 3, /** 高 */ High } }");
        Assert.Equal(["零钱", null], Assert.IsType<EnumerationType>(member.Type).Enumeration.Literals.Select(literal => literal.Description));

        member = Spec.Member("a: Level", "namespace WeChatPay { enum Level { Low = 3, /** 高 */ High } }");
        Assert.Equal("3\n4 高", member.Documentation.Description);
    }

    [Theory]
    [InlineData("enum Kind { A = 'A' B = 'B' }", "WXP0001")]
    [InlineData("enum Kind { A = , B = 'B' }", "WXP0001")]
    [InlineData("enum Kind { A = 1 << 2, B = 'B' }", "WXP0001")]
    [InlineData("enum Kind { A = 'A'\ninterface X { a: string }", "WXP0001")]
    [InlineData("enum Kind\ninterface X { a: string }", "WXP0001")]
    public void A_broken_enumeration_is_one_problem_and_what_follows_is_read(string declaration, string id)
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.OpenAPI.V3.Sample.PostHttpMethod {\ninterface JsonDataRequest { a: string }\n" + declaration + "\ninterface WellformedResponse { b: string }\n}"));
        Assert.Equal(id, Assert.Single(Spec.Ids(result).Distinct()));
        Assert.Equal("b", Assert.Single(Assert.Single(result.File.Operations).Response.Members).WireName);
    }

    [Theory]
    [InlineData("Omit<Base, 'x'>", new[] { "own", "y" })]
    [InlineData("Pick<Base, 'x'>", new[] { "own", "x" })]
    [InlineData("Partial<Base>", new[] { "own", "x", "y" })]
    [InlineData("Generic<{ c: string }[]>", new[] { "own", "g" })]
    [InlineData("Record<string, unknown>", new[] { "own" })]
    public void Bases(string type, string[] expected)
    {
        var operation = Spec.Operation(Spec.Post("interface Base { x: string; y: string }\ninterface Generic<T> { g: T }\ninterface JsonDataRequest extends " + type + " { own: string }"));
        Assert.Equal(expected, operation.Body.Members.Select(member => member.WireName));
    }

    [Theory]
    [InlineData("interface RequestConfig extends Omit<AxiosRequestConfig, 'url'> { data?: JsonDataRequest }")]
    [InlineData("type RequestConfig = AxiosRequestConfig & { data?: JsonDataRequest }")]
    [InlineData("type RequestConfig = AxiosRequestConfig<JsonDataRequest>")]
    [InlineData("interface RequestConfig extends AxiosRequestConfig<JsonDataRequest> { params?: any; headers?: Record<string, string> }")]
    [InlineData("interface RequestConfig { headers?: AxiosRequestHeaders; maxRate?: number; beforeRedirect?: () => void; allowAbsoluteUrls?: false }")]
    public void Configurations(string config)
    {
        var operation = Spec.Operation(Spec.Post("interface JsonDataRequest { a: string }\n" + config));
        Assert.Equal(["a"], operation.Body.Members.Select(member => member.WireName));
        Assert.Empty(operation.Query);
        Assert.Empty(operation.Headers);
    }

    [Fact]
    public void Headers_beside_those_of_axios()
        => Assert.Equal(["Idempotency-Key"], Spec.Operation(Spec.Post("interface RequestConfig { headers: RawAxiosRequestHeaders & { 'Idempotency-Key': string } }")).Headers.Select(member => member.WireName));

    [Theory]
    [InlineData("interface RequestConfig { responseType: 'arraybuffer' }", ResponseKind.Stream)]
    [InlineData("interface RequestConfig { responseType: 'json' }", ResponseKind.NoContent)]
    [InlineData("type WellformedResponse = void", ResponseKind.NoContent)]
    [InlineData("type WellformedResponse = unknown", ResponseKind.NoContent)]
    [InlineData("type WellformedResponse = ReadStream", ResponseKind.Stream)]
    [InlineData("type WellformedResponse = { a: string } | { b: string }", ResponseKind.Json)]
    public void Answers(string declaration, ResponseKind expected) => Assert.Equal(expected, Spec.Operation(Spec.Post(declaration)).Response.Kind);

    [Theory]
    [InlineData("export type { A } from 'a'")]
    [InlineData("export * from 'a'")]
    [InlineData("export default wxpay")]
    [InlineData("export = wxpay")]
    [InlineData("export as namespace WeChat")]
    [InlineData("import type { A } from 'a'\nimport b = require('b')\nimport 'c'")]
    [InlineData("declare const wxpay: Wechatpay\nexport { wxpay }")]
    [InlineData("export class Wechatpay { v3: WeChatPay.OpenAPI.V3; constructor(x: string) { } }")]
    [InlineData("// @errors: 2304\n// @noErrors\n/* eslint-disable */")]
    public void Statements_that_say_nothing_of_data(string statement)
    {
        var expected = Spec.Operation(Spec.Body("a: string"));
        Assert.Equal(expected, Spec.Operation(statement + "\n" + Spec.Body("a: string")));
        Assert.Equal(expected, Spec.Operation(Spec.Body("a: string") + "\n" + statement));
    }

    [Fact]
    public void Declarations_within_declare_global()
        => Assert.Equal(Spec.Operation(Spec.Body("a: string")), Spec.Operation("declare global {\n" + Spec.Body("a: string") + "\n}"));

    [Theory]
    [InlineData("tsx")]
    [InlineData("mts")]
    [InlineData("TypeScript")]
    [InlineData("JS twoslash")]
    [InlineData("js[wxpay.js] twoslash")]
    [InlineData("js,twoslash")]
    [InlineData("ts-twoslash")]
    [InlineData("{.ts .line-numbers}")]
    [InlineData("ts twoslash {1,3-5} [wxpay.ts]")]
    [InlineData("js title=\"a b.js\"")]
    public void Info_strings(string info)
    {
        Assert.Single(Spec.Clean("```" + info + "\n" + Spec.Body("a: string") + "\n```\n").Operations);
        Assert.Single(Spec.Clean("~~~~ " + info + "\n" + Spec.Body("a: string") + "\n~~~~\n").Operations);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csharp")]
    [InlineData("jsonc")]
    [InlineData("js2")]
    [InlineData("jsonnet twoslash")]
    public void Other_languages(string info) => Assert.Empty(Spec.Clean("```" + info + "\n" + Spec.Body("a: string") + "\n```\n").Operations);

    [Fact]
    public void Line_ends_of_carriage_returns_alone()
    {
        var text = Spec.Page(Spec.Body("a: string\nb: bool"));
        var expected = Spec.Read(text);
        var result = Spec.Read(text.Replace('\n', '\r'));
        Assert.Equal(expected.File, result.File);
        Assert.Equal(expected.Diagnostics, result.Diagnostics);
    }

    [Fact]
    public void The_example_may_stand_above_the_declarations()
    {
        const string example = "// @filename: business.js\nimport { wxpay } from './virtual'\n// ---cut---\nwxpay.v3.sample.post({ a: `b${c}` })\n";
        Assert.Single(Spec.Clean("```js twoslash\n" + example + "// @filename: virtual.ts\n" + Spec.Body("a: string") + "\n```\n").Operations);

        // Below them no file of its own makes declarations of it.
        Assert.Single(Spec.Clean("```js twoslash\n// @filename: virtual.ts\n" + Spec.Body("a: string") + "\n" + example + "// @filename: more.ts\nwxpay.v3.b.post()\n```\n").Operations);
    }

    [Fact]
    public void A_namespace_may_go_on_in_another_block_and_another_fence()
    {
        var whole = Spec.Operation(Spec.Post("interface JsonDataRequest { a: X }\ninterface WellformedResponse { b: string }\ninterface X { c: string }"));
        var parts = Spec.Post("interface JsonDataRequest { a: X }") + "\n```\n\nMore\n\n```ts\n" + Spec.Post("interface WellformedResponse { b: string }\ninterface X { c: string }");
        Assert.Equal(whole, Spec.Operation(parts) with { Documentation = whole.Documentation });

        // What stands twice is no continuation.
        var twice = Spec.Read(Spec.Page(Spec.Body("a: string") + "\n" + Spec.Post("interface JsonDataRequest { b: string }\ninterface WellformedResponse { c: string }")));
        Assert.Equal(["WXP0024", "WXP0024"], Spec.Ids(twice));
    }
}
