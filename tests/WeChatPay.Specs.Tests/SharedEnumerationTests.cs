using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Enumerations of <c>models/</c>, which many members have.</summary>
public sealed class SharedEnumerationTests
{
    [Theory]
    [InlineData("type TradeState = 'SUCCESS' | 'NOTPAY' | 'SUCCESS'")]
    [InlineData("export type TradeState =\n  | 'SUCCESS'\n  | 'NOTPAY'")]
    [InlineData("export enum TradeState { Success = 'SUCCESS', Notpay = 'NOTPAY' }")]
    [InlineData("type Good = 'SUCCESS'\ntype TradeState = Good | 'NOTPAY' | string", "Good")]
    public void A_union_of_texts_with_a_name_is_an_enumeration(string declaration, string? before = null)
    {
        var shape = Read(declaration).Single(s => s.Name != before);
        Assert.Equal(("TradeState", "model TradeState", SharedKind.Enumeration), (shape.Name, shape.Key, shape.Kind));
        Assert.Equal("TradeState", shape.Enumeration!.TypeName);
        Assert.Equal([("SUCCESS", "Success"), ("NOTPAY", "Notpay")], shape.Enumeration.Literals.Select(l => (l.WireValue, l.MemberName)));
        Assert.Empty(shape.Shape.Members);
        Assert.Empty(SharedUses.Of(shape));
    }

    [Fact]
    public void It_has_its_comment_and_those_of_its_values()
    {
        var enumeration = Assert.Single(Read("/** 优惠范围 */\nexport type Scope = /** 全场 */ 'GLOBAL' | 'SINGLE'")).Enumeration!;
        Assert.Equal("优惠范围", enumeration.Documentation.Title);
        Assert.Equal(["全场", null], enumeration.Literals.Select(l => l.Description));
    }

    [Theory]
    [InlineData("WeChatPay.Enumerations.TradeState", "Enumeration TradeState")]
    [InlineData("Enumerations.TradeState", "Enumeration TradeState")]
    [InlineData("WeChatPay.Enumerations.TradeState[]", "List of Enumeration TradeState")]
    [InlineData("Array<WeChatPay.Enumerations.TradeState>", "List of Enumeration TradeState")]
    [InlineData("WeChatPay.Enumerations.TradeState | null", "Enumeration TradeState")]
    public void A_member_names_it_and_no_file_has_to_be_read_for_that(string type, string expected)
        => Assert.Equal(expected, Spec.Show(Spec.Member("a: " + type).Type));

    [Fact]
    public void The_file_that_declares_it_names_it_in_the_same_way()
    {
        var file = Spec.Clean(Spec.Page("namespace WeChatPay.Enumerations { type State = 'A' }\nnamespace WeChatPay.Models { interface One { a?: WeChatPay.Enumerations.State } }"), "specs/models/one.md");
        Assert.Equal([("State", SharedUse.Enumeration)], SharedUses.Of(file.SharedShapes[1]));
    }

    /// <summary>A name that the file gives a meaning keeps that meaning.</summary>
    [Theory]
    [InlineData("namespace WeChatPay.OpenAPI.V3.Sample.PostHttpMethod.Enumerations { type Kind = 'A' }", "Enumerations.Kind")]
    [InlineData("namespace WeChatPay.OpenAPI.V3.Sample.PostHttpMethod { enum Enumerations { Kind = 'A' } }", "Enumerations.Kind")]
    public void What_the_file_itself_declares_under_that_name_is_meant(string declaration, string type)
        => Assert.Equal("SamplePostRequestA (A=A)", Spec.Show(Spec.Member("a?: " + type, declaration).Type));

    [Fact]
    public void Requests_answers_and_shapes_use_it_alike_in_any_place()
    {
        var operation = Spec.Clean(Spec.Page("""
            namespace WeChatPay.OpenAPI.V3.Orders.PostHttpMethod {
              interface JsonDataRequest { a?: WeChatPay.Enumerations.A; deep?: { b?: WeChatPay.Enumerations.B[] } }
              interface RequestConfig { params?: { c?: WeChatPay.Enumerations.C; cs?: WeChatPay.Enumerations.C[] }; headers?: { d?: WeChatPay.Enumerations.D } }
              interface WellformedResponse { a?: WeChatPay.Enumerations.A }
            }
            """)).Operations[0];
        Assert.Equal(
            [("A", SharedUse.Enumeration), ("B", SharedUse.Enumeration), ("C", SharedUse.Enumeration), ("D", SharedUse.Enumeration)],
            SharedUses.Of(operation).OrderBy(u => u.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void In_a_path_it_is_text()
    {
        var operation = Spec.Clean(Spec.Page("namespace WeChatPay.OpenAPI.V3.Orders._kind_.GetHttpMethod {\n interface RequestConfig { kind: WeChatPay.Enumerations.Kind }\n interface WellformedResponse { a?: string }\n}")).Operations[0];
        Assert.Equal(new ScalarType(ScalarKind.Text), operation.Route[^1].ParameterType);
        Assert.Empty(SharedUses.Of(operation));
    }

    [Theory]
    [InlineData("export interface Order { a?: string }", "Order")]
    [InlineData("export type Amount = number", "Amount")]
    [InlineData("export type Amount = 1 | 2", "Amount")]
    [InlineData("export type Open = string", "Open")]
    [InlineData("export type Other<T> = 'A' | T", "Other")]
    public void Anything_else_is_told_and_left_out(string declaration, string name)
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.Enumerations {\n" + declaration + "\n}"), "specs/models/one.md");
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("WXP0037", diagnostic.Descriptor.Id);
        Assert.Contains("type " + name + " = 'A' | 'B'", diagnostic.Message, StringComparison.Ordinal);
        Assert.Empty(result.File.SharedShapes);
    }

    [Fact]
    public void With_more_beside_it_a_union_is_raw_and_told()
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { interface JsonDataRequest { a?: WeChatPay.Enumerations.A | 'MORE' } interface WellformedResponse { b?: string } }"));
        Assert.Single(result.Diagnostics);
        Assert.Equal(new ScalarType(ScalarKind.Json), result.File.Operations[0].Body.Members[0].Type);
    }

    [Fact]
    public void A_shape_of_its_name_is_a_second_declaration()
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.Enumerations { type State = 'A' }\nnamespace WeChatPay.Models { interface State { a?: string } }"), "specs/models/one.md");
        Assert.Equal(SharedKind.Enumeration, Assert.Single(result.File.SharedShapes).Kind);
        Assert.NotEmpty(result.Diagnostics);
    }

    [Theory]
    [InlineData(SharedKind.Enumeration, SharedUse.Enumeration, true)]
    [InlineData(SharedKind.Enumeration, SharedUse.Sent, false)]
    [InlineData(SharedKind.Enumeration, SharedUse.Base, false)]
    [InlineData(SharedKind.Shape, SharedUse.Enumeration, false)]
    [InlineData(SharedKind.Base, SharedUse.Enumeration, false)]
    public void What_is_named_by_the_other_namespace_does_not_fit(SharedKind kind, SharedUse use, bool fits)
        => Assert.Equal(fits, SharedShape.Objection(kind, SharedDirection.Both, use) is null);

    private static EquatableArray<SharedShape> Read(string declarations)
        => Spec.Clean(Spec.Page("namespace WeChatPay.Enumerations {\n" + declarations + "\n}"), "specs/models/one.md").SharedShapes;
}
