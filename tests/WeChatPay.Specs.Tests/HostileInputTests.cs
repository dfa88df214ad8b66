using System.Diagnostics;
using System.Text;

namespace WeChatPay.Specs.Tests;

/// <summary>Whatever a file holds, reading it ends, soon, without an exception, and with at most a bounded number of diagnostics.</summary>
public sealed class HostileInputTests
{
    private const int Big = 5 * 1024 * 1024;

    [Theory]
    [MemberData(nameof(Files))]
    public void Reading_ends_soon_and_says_what_is_wrong(string name)
    {
        var text = Make(name);
        var watch = Stopwatch.StartNew();
        var cancellation = TestContext.Current.CancellationToken;
        SpecReadResult? read = null;

        // A stack as small as the hosts' of other systems.
        var thread = new Thread(() => read = SpecReader.Read("specs/openapi/v3/a.md", text, cancellationToken: cancellation), 512 * 1024);
        thread.Start();
        thread.Join();
        watch.Stop();
        var result = Assert.IsType<SpecReadResult>(read);
        Assert.InRange(result.Diagnostics.Count, 0, 101);
        Assert.All(result.Diagnostics, d => Assert.NotEqual("WXP0010", d.Descriptor.Id));
        Assert.All(result.Diagnostics, d => Assert.InRange(d.Range.Start, 0, text.Length));
        // Generous: the machine that runs this may be busy. What must not happen grows without bound.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), name + " took " + watch.Elapsed);
    }

    public static TheoryData<string> Files() => new(Makers.Keys);

    private static string Make(string name) => Makers[name]();

    private static string Fence(string content, string head = "") => head + "```ts\n" + content + "\n```\n";

    private static string Repeat(string part, int length)
    {
        var text = new StringBuilder(length + part.Length);
        while (text.Length < length) text.Append(part);
        return text.ToString();
    }

    private static string Operation(string body) => "namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { export interface JsonDataRequest {\n" + body + "\n} }";

    private static readonly Dictionary<string, Func<string>> Makers = new(StringComparer.Ordinal)
    {
        ["empty"] = () => "",
        ["only a byte order mark"] = () => "\uFEFF",
        ["only an open fence"] = () => "```ts\nnamespace WeChatPay.",
        ["open fence"] = () => "```ts\n" + Operation("a: string"),
        ["open string"] = () => Fence(Operation("a: 'x")),
        ["open template"] = () => Fence(Operation("a: `x")),
        ["open comments"] = () => Fence(Operation(Repeat("/* ", Big))),
        ["comments that one mark closes"] = () => Fence(Operation(Repeat("/*\n", Big) + "*/")),
        ["open templates"] = () => Fence(Operation(Repeat("\\`", Big))),
        ["heads without a brace"] = () => Fence(Operation(Repeat("namespace A-B;", Big))),
        ["interfaces without a brace"] = () => Fence(Operation("}" + Repeat("interface A-B;", Big))),
        ["fences in an open fence"] = () => "```ts\n" + Operation(Repeat("```ts\n}\n", Big)),
        ["members behind braces"] = () => Fence("namespace WeChatPay.A { interface B { " + Repeat("}\na: string\n", Big)),
        ["open comment"] = () => Fence(Operation("a: string /* ")),
        ["open front matter"] = () => "---\ntitle: x\n" + Fence(Operation("a: string")),
        ["zeros"] = () => Fence(Operation(new string('\0', 10_000))),
        ["lone surrogates"] = () => Fence(Operation("a: '\uD800' \uDC00 \uDBFF x: \uDC00string // \uD800\n /** \uDC00 */ b: string"), "---\ntitle: \uD800\n---\n# \uDC00 {#post}\n\n"),
        ["binary"] = () => Fence(Operation(Binary(100_000))),
        ["binary without a fence"] = () => Binary(500_000) + "namespace WeChatPay.OpenAPI",
        ["10,000 braces open"] = () => Fence(Operation(Repeat("{", 10_000))),
        ["10,000 braces close"] = () => Fence(Operation(Repeat("}", 10_000))),
        ["10,000 nested objects"] = () => Fence(Operation(Repeat("a: {", 40_000) + Repeat("}", 10_000))),
        ["10,000 nested objects on lines"] = () => Fence(Operation(Repeat("a: {\n", 50_000) + Repeat("}\n", 20_000))),
        ["10,000 parentheses"] = () => Fence(Operation("a: " + Repeat("(", 10_000) + "string" + Repeat(")", 10_000))),
        ["open parentheses on lines"] = () => Fence(Operation(Repeat("a: (\n", Big / 4))),
        ["10,000 brackets"] = () => Fence(Operation("a: " + Repeat("[", 10_000))),
        ["10,000 list marks"] = () => Fence(Operation("a: string" + Repeat("[]", 10_000))),
        ["10,000 indexes"] = () => Fence(Operation("a: X" + Repeat("['y']", 50_000))),
        ["10,000 generics"] = () => Fence(Operation("a: " + Repeat("Array<", 60_000))),
        ["10,000 generic functions"] = () => Fence(Operation("a: " + Repeat("<T = ", 50_000))),
        ["10,000 generic calls"] = () => Fence(Operation(Repeat("<T = ", 50_000))),
        ["10,000 parameters"] = () => Fence(Operation(Repeat("(a: ", 50_000))),
        ["10,000 readonly"] = () => Fence(Operation("a: " + Repeat("readonly ", 100_000))),
        ["10,000 keyof"] = () => Fence(Operation("a: " + Repeat("keyof ", 100_000))),
        ["10,000 new"] = () => Fence(Operation("a: " + Repeat("new () => ", 100_000))),
        ["10,000 functions"] = () => Fence(Operation("a: " + Repeat("() => ", 100_000))),
        ["10,000 namespaces"] = () => Fence(Repeat("namespace WeChatPay.A {\n", 200_000)),
        ["10,000 nested namespaces"] = () => Fence("namespace WeChatPay.A {" + Repeat("namespace a {\n", 200_000)),
        ["a dotted name of 100,000"] = () => Fence("namespace WeChatPay" + Repeat(".a", 200_000) + " {"),
        ["a dotted type of 100,000"] = () => Fence(Operation("a: " + Repeat("A.", 200_000) + "A")),
        ["1,000,000 alternatives"] = () => Fence(Operation("a: " + Repeat("'a' | ", Big) + "'b'")),
        ["different alternatives"] = () => Fence(Operation("a: " + string.Join(" | ", Enumerable.Range(0, 100_000).Select(i => "'v" + i + "'")))),
        ["alternatives with one name"] = () => Fence(Operation("a: " + string.Join(" | ", Enumerable.Range(1, 3_000).Select(i => "'a" + new string('-', i) + "'")))),
        ["members with one name"] = () => Fence(Operation(string.Join("\n", Enumerable.Range(0, 40_000).Select(i => "'" + (char)(0x2000 + (i % 200)) + (char)(0x2000 + (i / 200)) + "a': string")))),
        ["500,000 members"] = () => Fence(Operation(string.Join("\n", Enumerable.Range(0, 300_000).Select(i => "m" + i + ": string")))),
        ["the same member"] = () => Fence(Operation(Repeat("a: string\n", Big))),
        ["many operations"] = () => Fence(string.Join("\n", Enumerable.Range(0, 20_000).Select(i => "namespace WeChatPay.OpenAPI.V3.A" + i + ".PostHttpMethod { interface JsonDataRequest { a: string } }"))),
        ["the same operation"] = () => Fence(Repeat("namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { interface JsonDataRequest { a: string } }\n", Big)),
        ["doubling interfaces"] = () => Fence(Operation("a: X40") + "\n" + string.Join("\n", Enumerable.Range(1, 40).Select(i => "interface X" + i + " { a: X" + (i - 1) + "; b: X" + (i - 1) + " }")) + "\ninterface X0 { a: string }"),
        ["doubling bases"] = () => Fence(Operation("a: X40") + "\n" + string.Join("\n", Enumerable.Range(1, 40).Select(i => "interface X" + i + " extends X" + (i - 1) + ", X" + (i - 1) + " { a" + i + ": string }")) + "\ninterface X0 { a: string }"),
        ["doubling unions"] = () => Fence(Operation("a: X40") + "\n" + string.Join("\n", Enumerable.Range(1, 40).Select(i => "type X" + i + " = X" + (i - 1) + " | X" + (i - 1))) + "\ntype X0 = 'a'"),
        ["doubling intersections"] = () => Fence(Operation("a: X40") + "\n" + string.Join("\n", Enumerable.Range(1, 40).Select(i => "type X" + i + " = X" + (i - 1) + " & X" + (i - 1))) + "\ntype X0 = { a: string }"),
        ["a chain of 10,000 interfaces"] = () => Fence(Operation("a: X10000") + "\n" + string.Join("\n", Enumerable.Range(1, 10_000).Select(i => "interface X" + i + " { a: X" + (i - 1) + " }"))),
        ["a chain of 10,000 aliases"] = () => Fence(Operation("a: X10000") + "\n" + string.Join("\n", Enumerable.Range(1, 10_000).Select(i => "type X" + i + " = X" + (i - 1)))),
        ["a name of many indexes"] = () => Fence("namespace WeChatPay.OpenAPI.V2.A.PostHttpMethod {\ninterface XmlDataRequest { " + Repeat("fee_$n_$m", Big) + ": string }\n}"),
        ["a chain of 10,000 bases"] = () => Fence(Operation("a: X10000") + "\n" + string.Join("\n", Enumerable.Range(1, 10_000).Select(i => "interface X" + i + " extends X" + (i - 1) + " {}"))),
        ["an alias of itself"] = () => Fence(Operation("a: X; b: Y; c: Z; d: W") + "\ntype X = X\ntype Y = Y['a']\ntype Z = Z[Z['a']] | Z\ntype W = { a: W }[]"),
        ["a generic alias that grows"] = () => Fence(Operation("a: F<string>") + "\ntype F<T> = F<F<T>>"),
        ["a generic interface that grows"] = () => Fence(Operation("a: F<string>") + "\ninterface F<T> { a: F<F<T>>; b: T }"),
        ["an interface of itself"] = () => Fence(Operation("a: X") + "\ninterface X extends X { a: X; b: X[]; c: Y }\ninterface Y { x: X }"),
        ["typeof itself"] = () => Fence(Operation("a: typeof x") + "\nvar x: typeof x"),
        ["5 MB of words"] = () => Fence(Operation(Repeat("word ", Big))),
        ["5 MB of '@'"] = () => Fence("/** " + Repeat("@a ", Big) + " */ " + Operation("a: string")),
        ["5 MB of links in a comment"] = () => Fence(Operation("/** " + Repeat("{@link ", Big / 10) + " */ a: string")),
        ["5 MB of brackets in a comment"] = () => Fence(Operation("/** " + Repeat("[", Big / 10) + "](" + " */ a: string")),
        ["a tag of 500,000 lines"] = () => Fence(Operation("/** @maxLength 3\n" + Repeat("x of text\n", Big) + "*/ a: string")),
        ["5 MB of stars"] = () => Fence(Operation("/*" + Repeat("*\n", Big) + "*/ a: string")),
        ["5 MB of prose"] = () => Repeat("lorem ipsum [x](y) ", Big) + "\n\n" + Fence(Operation("a: string")),
        ["quadratic prose"] = () => Repeat("[a](", 100_000) + "\n\n" + Fence(Operation("a: string")),
        ["nested emphasis"] = () => Repeat("*", 7_000) + "a" + Repeat("*", 7_000) + "\n\n" + Repeat("*a _b ", 8_000) + Repeat("c_ d* ", 8_000) + "\n\n" + Fence(Operation("a: string")),
        ["nested emphasis in a heading"] = () => "# " + Repeat("**a __b ", 8_000) + Repeat("c__ d** ", 8_000) + "\n\n" + Fence(Operation("a: string")),
        ["nested quotes"] = () => Repeat("> ", 100_000) + "\n\n" + Fence(Operation("a: string")),
        ["nested lists"] = () => Repeat("- ", 100_000) + "\n\n" + Fence(Operation("a: string")),
        ["nested brackets in prose"] = () => Repeat("[", 10_000) + "\n\n" + Fence(Operation("a: string")),
        ["open interpolation"] = () => "# " + Repeat("{{", 10_000) + "\n\n" + Fence(Operation("a: string")),
        ["many boxes"] = () => Repeat("::: danger\n", 100_000) + "\n\n" + Fence(Operation("a: string")),
        ["YAML of brackets"] = () => "---\n" + Repeat("[", 10_000) + "\n---\n" + Fence(Operation("a: string")),
        ["YAML of braces"] = () => "---\n" + Repeat("{a: ", 10_000) + "\n---\n" + Fence(Operation("a: string")),
        ["YAML of questions"] = () => "---\n" + Repeat("? ", 10_000) + "\n---\n" + Fence(Operation("a: string")),
        ["YAML of dashes"] = () => "---\n" + Repeat("- ", 10_000) + "\n---\n" + Fence(Operation("a: string")),
        ["YAML of aliases"] = () => "---\na: &a x\n" + Repeat("b: *a\n", 10_000) + "\n---\n" + Fence(Operation("a: string")),
        ["YAML that is large"] = () => "---\na: " + Repeat("x ", 100_000) + "\n---\n" + Fence(Operation("a: string")),
        ["YAML with a control character"] = () => "---\ntitle: \u0001\u0007\n---\n" + Fence(Operation("a: string")),
        ["many fences"] = () => Repeat(Fence(Operation("a: string")), Big / 4),
        ["many open fences"] = () => Repeat("```ts\nnamespace WeChatPay.OpenAPI {\n", Big / 4),
    };

    private static string Binary(int length)
    {
        // A fixed sequence: a test must fail or pass the same way each time.
        var state = 12345u;
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++)
        {
            state = unchecked((state * 1664525u) + 1013904223u);
            text.Append((char)(state >> 16));
        }

        return text.ToString();
    }
}
