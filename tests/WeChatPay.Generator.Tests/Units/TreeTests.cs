namespace WeChatPay.Generator.Tests.Units;

/// <summary>How operations of several files become one tree.</summary>
public sealed class TreeTests
{
    [Fact]
    public void A_parameter_takes_every_form_that_a_spec_gives_it()
    {
        var harness = GeneratorHarness.Run(
            [
                Get("a.md", "Library.Shelves._shelf_no_", "/** 架号 */ shelf_no: number"),
                Get("b.md", "Library.Shelves._shelf_no_.Books", "shelf_no: string"),
                Get("c.md", "Library.Kinds._kind_", "kind: 'A' | 'B'"),
                Get("d.md", "Library.Kinds._kind_", "kind: 'B' | 'C'", "Put"),
                Get("e.md", "Library.Kinds._kind_.Books", "kind: string"),
            ],
            code: """
            using WeChatPay;
            class Program
            {
                static void Use(WeChatPayClient client)
                {
                    _ = client.V3.Library.Shelves.ByShelfNo(12).GetAsync();
                    _ = client.V3.Library.Shelves.ByShelfNo("12").Books.GetAsync();
                    _ = client.V3.Library.Kinds.ByKind("anything").GetAsync();
                    _ = client.V3.Library.Kinds.ByKind(new WeChatPay.V3.Library.Kinds.ByKindValue("A")).PutAsync();
                    _ = client.V3.Library.Kinds.ByKind(WeChatPay.V3.Library.Kinds.ByKindValue.C).Books.GetAsync();
                }
            }
            """);

        Assert.Empty(harness.Diagnostics);
        harness.Compiled.EmitsClean();
        Assert.Contains("/// <param name=\"shelfNo\">架号</param>", harness.Tree, StringComparison.Ordinal);
        Assert.Contains("/// <summary><c>/v3/library/kinds/{kind}</c>: GET, PUT</summary>", harness.Tree, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trailing_slash_is_sent_and_has_no_node()
    {
        var harness = GeneratorHarness.Run(
            [Get("a.md", "Library.Shelves._empty_", "_empty_: ''")],
            code: "class Program { static void Use(WeChatPay.WeChatPayClient client) => _ = client.V3.Library.Shelves.GetAsync(); }");
        harness.Compiled.EmitsClean();
        Assert.Contains("(\"GET\", \"/v3/library/shelves/\")", harness.SourceOf("a"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tree_does_not_depend_on_who_describes_a_parameter()
    {
        var described = Get("a.md", "Library.Shelves._no_", "/** 架号 */ no: string");
        var other = Get("b.md", "Library.Shelves._no_.Books", "no: string");
        var third = Get("c.md", "Library.Shelves._no_.Rows", "/** another text */ no: string");
        Assert.Equal(GeneratorHarness.Run(described, other, third).Tree, GeneratorHarness.Run(third, other, described).Tree);
        Assert.Contains("架号", GeneratorHarness.Run(other, described, third).Tree, StringComparison.Ordinal);
    }

    [Fact]
    public void Roots_other_than_v3_stand_beside_it()
    {
        var content = Get("a.md", "Library", "x: string").Content!.Replace("OpenAPI.V3.Library", "OpenAPI.Risk.Library", StringComparison.Ordinal);
        var harness = GeneratorHarness.Run(
            [SpecText.Project("openapi/risk/library.md", content), Get("b.md", "Library", "x: string")],
            code: "class Program { static void Use(WeChatPay.WeChatPayClient client) => _ = (client.Risk.Library.GetAsync(), client.V3.Library.GetAsync()); }");
        harness.Compiled.EmitsClean();
        Assert.Contains("(\"GET\", \"/risk/library\")", harness.SourceOf("risk.library"), StringComparison.Ordinal);
    }

    private static SpecText Get(string name, string segments, string parameter, string verb = "Get")
        => SpecText.Project(
            name,
            $$"""
            # A {#{{verb.ToLowerInvariant()}}}

            ```ts
            namespace WeChatPay.OpenAPI.V3.{{segments}}.{{verb}}HttpMethod {
              export interface RequestConfig { {{parameter}} }
              export interface WellformedResponse { id?: string }
            }
            ```
            """);
}
