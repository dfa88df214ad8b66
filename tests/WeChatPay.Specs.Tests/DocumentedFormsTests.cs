using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Documents as their authors wrote them, slips included: every operation and every field comes through.</summary>
public sealed class DocumentedFormsTests
{
    [Fact]
    public void Several_operations_with_literal_headings()
    {
        const string text = """
            ---
            title: 包裹规则
            ---

            # 查询规则 {#get}

            查询[官方文档](https://docs.example.com/get)

            ```js twoslash
            // @filename: virtual.ts
            import { AxiosRequestConfig, AxiosPromise } from 'axios'
            namespace WeChatPay.OpenAPI.V3.Parcel.Rules.GetHttpMethod {
              export interface RequestConfig extends AxiosRequestConfig { params: { kind: string } }
              export interface WellformedResponse { id: string, note: string }
            }
            interface Wechatpay { v3: WeChatPay.OpenAPI.V3 }
            ```

            # 删除规则 {#delete}

            ```js twoslash
            namespace WeChatPay.OpenAPI.V3.Parcel.Rules.DeleteHttpMethod {
              export interface RequestConfig extends AxiosRequestConfig { data: { id: string } }
              export interface WellformedResponse { }
            }
            ```
            """;
        var operations = Spec.Clean(text, "specs/openapi/v3/parcel/rules.md").Operations;
        Assert.Equal(["GET /v3/parcel/rules 查询规则", "DELETE /v3/parcel/rules 删除规则"], operations.Select(o => o.Key + " " + o.Documentation.Title));
        Assert.Equal(["id", "note"], operations[0].Response.Members.Select(m => m.WireName));
        Assert.Equal((RequestBodyKind.Json, 1, ResponseKind.NoContent), (operations[1].Body.Kind, operations[1].Body.Members.Count, operations[1].Response.Kind));
    }

    [Theory]
    [InlineData("V3.Parcel.Rules._empty_", "/v3/parcel/rules/")]
    [InlineData("Shops.Parcel.Rules", "/shops/parcel/rules")]
    [InlineData("V2.Secapi.Mch_operate", "/secapi/mch_operate")]
    [InlineData("V3.Parcel.$id$.Rules", "/v3/parcel/{id}/rules")]
    public void Paths(string path, string template) => Assert.Equal(template, Spec.Operation(Spec.Post("interface JsonDataRequest { a: string }", path)).PathTemplate);

    [Fact]
    public void Aliases_of_a_parameter_are_one_operation()
    {
        var operation = Spec.Operation("""
            namespace WeChatPay.OpenAPI.V3.Parcel._id_.GetHttpMethod { export interface RequestConfig { id: number } export interface WellformedResponse { a: string } }
            namespace WeChatPay.OpenAPI.V3.Parcel { export interface _id_ { get(config: _id_.GetHttpMethod.RequestConfig): AxiosPromise<_id_.GetHttpMethod.WellformedResponse> } }
            namespace WeChatPay.OpenAPI.V3 { export interface Parcel { _id_: Parcel._id_; $id$: Parcel._id_; '{id}': Parcel._id_ } }
            """);
        Assert.Equal("GET /v3/parcel/{id}", operation.Key);
        Assert.Empty(operation.Query);
    }

    [Fact]
    public void Two_path_parameters_among_the_query_are_still_of_the_path()
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.OpenAPI.V3.Parcel._box_id_._id_.GetHttpMethod { interface RequestConfig { params: { box_id: string; id: number; kind: string } } }"));
        Assert.Equal(["WXP0040", "WXP0040"], Spec.Ids(result));
        Assert.Equal(["kind"], result.File.Operations[0].Query.Select(m => m.WireName));
        Assert.Equal(["Text", "Integer"], result.File.Operations[0].Route.Where(s => s.IsParameter).Select(s => Spec.Show(s.ParameterType)));
    }

    [Fact]
    public void Links_in_comments_in_all_their_forms()
    {
        var result = Spec.Read(Spec.Page(
            Spec.Body("a: string")
            + "\nnamespace WeChatPay.OpenAPI.V3 { export interface Sample {\n/**\n * 样例\n * @link https://docs.example.com/one\n * @link\n * @link [说明](https://docs.example.com/two)\n * @link hhttps://docs.example.com/three\n */\n"
            + "post(data: Sample.PostHttpMethod.JsonDataRequest): AxiosPromise<{}> } }"));
        Assert.Equal(["WXP0051"], Spec.Ids(result));
        Assert.Equal(["https://docs.example.com/one", "https://docs.example.com/two"], result.File.Operations[0].Documentation.Links.Select(l => l.Url));
    }

    [Theory]
    [InlineData("---\nhead:\n  - [meta, { http-equiv: refresh }]\n---\n\n# 已迁移\n")]
    [InlineData("# 目录\n\n| A | B {rowspan=3} |\n| - | - |\n| 1 | 2 |\n")]
    public void Pages_without_an_operation_yield_nothing(string text) => Assert.Empty(Spec.Clean(text, "specs/openapi/v3/parcel/index.md").Operations);

    [Theory]
    [InlineData("namespace WeChatPay {\nnamespace OpenAPI.V3.Parcel {\nnamespace GetHttpMethod { interface WellformedResponse { a: string } } } }")]
    [InlineData("declare namespace WeChatPay{ export namespace OpenAPI { namespace V3 { namespace Parcel.GetHttpMethod { interface WellformedResponse { a: string } } } } }")]
    [InlineData("namespace  WeChatPay.OpenAPI.V3.Parcel.GetHttpMethod { interface WellformedResponse { a: string } }")]
    [InlineData("namespace\n  WeChatPay\n  .OpenAPI.V3.Parcel.GetHttpMethod { interface WellformedResponse { a: string } }")]
    public void Namespaces_however_they_are_nested_and_spaced(string declarations) => Assert.Equal("GET /v3/parcel", Spec.Operation(declarations).Key);

    [Theory]
    [InlineData("namespace WeChatPayments.OpenAPI.V3.Parcel.GetHttpMethod { }")]
    [InlineData("const text = 'a namespace of WeChatPay'")]
    [InlineData("namespace WeChatPay")]
    public void What_only_looks_like_a_namespace_of_ours_yields_nothing(string text) => Assert.Empty(Spec.Clean(Spec.Page(text)).Operations);
}
