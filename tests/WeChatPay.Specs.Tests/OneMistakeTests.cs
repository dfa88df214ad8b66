namespace WeChatPay.Specs.Tests;

/// <summary>One mistake of a typing hand: one diagnostic, on the line of the mistake, and nothing else of the file is lost.</summary>
public sealed class OneMistakeTests
{
    // § stands where the diagnostic must begin.
    [Theory]
    [InlineData("WXP0001", "a§:")]
    [InlineData("WXP0001", "a: 'x' §|")]
    [InlineData("WXP0001", "a: string§[")]
    [InlineData("WXP0001", "a: Array<strin§g")]
    [InlineData("WXP0001", "a: ('x' | 'y'[§]")]
    [InlineData("WXP0001", "§a")]
    [InlineData("WXP0001", "'a§'")]
    [InlineData("WXP0001", "[k: string§]")]
    [InlineData("WXP0002", "a: 'x | 'y§'")]
    [InlineData("WXP0002", "a: x' | 'y§'")]
    [InlineData("WXP0002", "a: §\"x'")]
    [InlineData("WXP0002", "§'a: string")]
    [InlineData("WXP0002", "a: §`x")]
    [InlineData("WXP0002", "a: string §/* x")]
    [InlineData("WXP0003", "a§： string")]
    [InlineData("WXP0003", "a: string§，b: string")]
    [InlineData("WXP0003", "a: §‘x’ | ‘y’")]
    [InlineData("WXP0003", "§# a comment")]
    public void In_a_member(string id, string member)
    {
        var marked = Spec.Page(Spec.Body("first: string\n" + member + "\nlast: string") + "\n" + Spec.Post("interface WellformedResponse { y: string }", "V3.Other"));
        var offset = marked.IndexOf('§', StringComparison.Ordinal);
        // The mark may stand on the character that is pointed at or before it.
        var result = Spec.Read(marked.Remove(offset, 1));
        Assert.Equal([id], Spec.Ids(result));
        Assert.InRange(Spec.Only(result).Range.Start, offset - 1, offset);
        Assert.Equal(11, Spec.Only(result).Range.StartLine);
        Assert.Equal(["first", "last"], result.File.Operations[0].Body.Members.Select(m => m.WireName).Where(n => n is "first" or "last"));
        Assert.Equal(["y"], result.File.Operations[1].Response.Members.Select(m => m.WireName));
    }

    [Theory]
    [InlineData("§/** label\na: string\n/** next */")]
    [InlineData("§/**\n * label\n * @maxLength 5\na: string\n/**\n * next\n */")]
    [InlineData("§/* label\na: string\n/* next */")]
    public void A_comment_that_only_the_next_one_closes_hides_no_member(string comment)
    {
        var text = Spec.Page(Spec.Body("first: string\n" + comment.Replace("§", "", StringComparison.Ordinal) + "\nlast: string"));
        var result = Spec.Read(text);
        Assert.Equal("WXP0002", Spec.Only(result).Descriptor.Id);
        Assert.Equal(11, Spec.Only(result).Range.StartLine);
        Assert.Equal(["first", "a", "last"], result.File.Operations[0].Body.Members.Select(m => m.WireName));
    }

    [Theory]
    [InlineData("a: string\n}\nb: string")]
    [InlineData("a: {\n  x: string\n}}\nb: string")]
    [InlineData("a: string\n}\n/** label */\nb?: { c: 'x' }[]")]
    public void A_brace_too_many_loses_nothing(string members)
    {
        var result = Spec.Read(Spec.Page(Spec.Post("interface JsonDataRequest {\n" + members + "\n}\ninterface WellformedResponse { y: string }")));
        Assert.Contains("Found 'b'", Spec.Only(result).Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], result.File.Operations[0].Body.Members.Select(m => m.WireName));
        Assert.Equal(["y"], result.File.Operations[0].Response.Members.Select(m => m.WireName));
    }

    [Theory]
    [InlineData("interface JsonDataRequest§\n  a: string\n}", "a")]
    [InlineData("interface RequestConfig §extend AxiosRequestConfig {\n  params: { a: string }\n}", "a")]
    [InlineData("export §interfce JsonDataRequest {\n  a: string\n}", "")]
    [InlineData("export §class JsonDataRequest {\n  a: string\n}", "")]
    public void In_the_head_of_an_interface(string text, string inputs)
    {
        var marked = Spec.Page(Spec.Post(text + "\ninterface WellformedResponse { y: string }"));
        var offset = marked.IndexOf('§', StringComparison.Ordinal);
        var result = Spec.Read(marked.Remove(offset, 1));
        Assert.Equal("WXP0001", Spec.Only(result).Descriptor.Id);
        Assert.InRange(Spec.Only(result).Range.Start, offset - 1, offset);
        var operation = Assert.Single(result.File.Operations);
        Assert.Equal(inputs, string.Join(" ", operation.Body.Members.Concat(operation.Query).Select(m => m.WireName)));
        Assert.Equal(["y"], operation.Response.Members.Select(m => m.WireName));
    }

    [Theory]
    [InlineData("namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod\n@\n}", "POST /v3/a, POST /v3/b")]
    [InlineData("namespace WeChatPay.OpenAPI.V3.A-B.PostHttpMethod {\n@\n}", "POST /v3/b")]
    [InlineData("namespace WeChatPay.OpenAPI.V3..PostHttpMethod {\n@\n}", "POST /v3/b")]
    public void In_the_head_of_a_namespace(string text, string operations)
    {
        var result = Spec.Read(Spec.Page(text.Replace("@", "export interface JsonDataRequest {\n  a: string\n}", StringComparison.Ordinal) + "\n" + Spec.Post("", "V3.B")));
        Assert.Equal(("WXP0001", 8), (Spec.Only(result).Descriptor.Id, Spec.Only(result).Range.StartLine));
        Assert.Equal(operations, string.Join(", ", result.File.Operations.Select(o => o.Key)));
        Assert.All(result.File.Operations.Where(o => o.PathTemplate == "/v3/a"), o => Assert.Single(o.Body.Members));
    }

    [Theory]
    [InlineData("JsonRequestData", "JsonDataRequest")]
    [InlineData("JsonDataReqest", "JsonDataRequest")]
    [InlineData("WellformedResponce", "WellformedResponse")]
    [InlineData("RequestConfg", "RequestConfig")]
    public void In_the_name_of_an_interface(string name, string advice)
    {
        var text = Spec.Page(Spec.Post("export interface " + name + " { params: { a: string } }"));
        var diagnostic = Spec.Only(Spec.Read(text));
        Assert.Equal(("WXP0027", name), (diagnostic.Descriptor.Id, Spec.Marked(text, diagnostic)));
        Assert.Contains("'" + advice + "'", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Interfaces_of_one_name_are_one_as_in_TypeScript()
    {
        var operation = Spec.Operation(Spec.Post("interface JsonDataRequest { a: string; m: Money }\ninterface JsonDataRequest { b: string }\ninterface Money { x: number }\ninterface Money { y: number }"));
        Assert.Equal(["a", "m", "b"], operation.Body.Members.Select(m => m.WireName));
        Assert.Contains("y: Integer", Spec.Show(operation.Body.Members[1].Type), StringComparison.Ordinal);
        var shape = Assert.Single(Spec.Clean(Spec.Page("namespace WeChatPay.Models {\n export interface A { a: string }\n export interface A { b: string }\n}")).SharedShapes);
        Assert.Equal(["a", "b"], shape.Shape.Members.Select(m => m.WireName));
    }

    [Fact]
    public void Front_matter_that_is_not_closed_is_an_error_at_its_marks()
    {
        var result = Spec.Read("---\ntitle: T\noptionality: declared\n\n# T {#post}\n\n```ts\n" + Spec.Body("a: string") + "\n```\n");
        Assert.Equal(("WXP0006", 0, 0), (Spec.Only(result).Descriptor.Id, Spec.Only(result).Range.StartLine, Spec.Only(result).Range.StartCharacter));
        Assert.Contains("not closed", Spec.Only(result).Message, StringComparison.Ordinal);
        Assert.Single(result.File.Operations);
        Spec.Clean("---\n---\n\n```ts\n" + Spec.Body("a: string") + "\n```\n");
    }

    [Theory]
    [InlineData("\nSome prose: about `it`, isn't it?\n\n# Next {#get}\n\n```ts\n{get}\n```\n")]
    [InlineData("\n```json\n{ \"a\": 1 }\n```\n\nProse.\n\n```js twoslash\n{get}\n```\n")]
    [InlineData("\n# Next {#get}\n\n```ts\n{get}\n```\n\n```json\n{}\n```\n")]
    public void An_open_fence_costs_one_warning_and_no_operation(string rest)
    {
        var post = Spec.Body("a: string");
        var get = "namespace WeChatPay.OpenAPI.V3.Sample.GetHttpMethod {\n  export interface WellformedResponse { b: string }\n}";
        var result = Spec.Read("---\ntitle: T\n---\n\n# T {#post}\n\n```ts\n" + post + "\n" + rest.Replace("{get}", get, StringComparison.Ordinal));
        Assert.Equal(("WXP0005", 6, 0), (Spec.Only(result).Descriptor.Id, Spec.Only(result).Range.StartLine, Spec.Only(result).Range.StartCharacter));
        Assert.Equal(["POST /v3/sample", "GET /v3/sample"], result.File.Operations.Select(o => o.Key));
    }

    [Fact]
    public void An_open_fence_at_the_end_may_be_followed_by_prose()
    {
        var result = Spec.Read("# T {#post}\n\n```ts\n" + Spec.Body("a: string") + "\n\n参阅 [甲](https://a.example.com): it's \"prose\".\n");
        Assert.Equal("WXP0005", Spec.Only(result).Descriptor.Id);
        Assert.Single(result.File.Operations);
    }
}
