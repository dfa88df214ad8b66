using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Whole files of both forms.</summary>
public sealed class FormsTests
{
    [Fact]
    public void The_full_form_is_read_without_a_diagnostic()
    {
        var file = Spec.Clean(Samples.FullForm, "specs/openapi/v3/sample/coupon-batches.md");
        Assert.Equal("创建优惠批次", file.Title);
        var operation = Assert.Single(file.Operations);
        Assert.Equal("POST /v3/sample/coupon-batches", operation.Key);
        Assert.Equal("V3.Sample", operation.Names.Namespace);
        Assert.Equal("CouponBatchesPostRequest", operation.Names.RequestTypeName);
        Assert.Equal("CouponBatchesPostResponse", operation.Names.ResponseTypeName);
        Assert.Equal("PostAsync", operation.Names.MethodName);
        Assert.Equal(["V3", "Sample", "CouponBatches"], operation.Route.Select(s => s.MemberName));
        Assert.Equal(["V3Resource", "SampleResource", "CouponBatchesResource"], operation.Route.Select(s => s.ResourceTypeName));
        Assert.Equal(["", "V3", "V3.Sample"], operation.Route.Select(s => s.ResourceNamespace));
        Assert.Equal(
            [
                "BatchName: Text",
                "AmountLimit: Integer",
                "Rules: CouponBatchesPostRequestRules { begin_time: Time DateTime, goods: List of CouponBatchesPostRequestRulesGoods { goods_id: Text, price: Integer }, scopes: List of Text }",
                "Kind: CouponBatchesPostRequestKind (Cash=CASH, Goods=GOODS)",
            ],
            operation.Body.Members.Select(m => m.PropertyName + ": " + Spec.Show(m.Type)));
        Assert.Equal(["BatchId: Text", "CreatedAt: Time DateTime", "Switch: Boolean"], operation.Response.Members.Select(m => m.PropertyName + ": " + Spec.Show(m.Type)));
        Assert.Equal(ResponseKind.Json, operation.Response.Kind);
        Assert.False(operation.Response.IsUnsigned);
    }

    [Fact]
    public void The_full_form_documents_its_operation()
    {
        var documentation = Spec.Clean(Samples.FullForm).Operations[0].Documentation;
        Assert.Equal("创建优惠批次", documentation.Title);
        Assert.Equal("商户创建一个优惠批次，返回批次号。", documentation.Description);
        Assert.Equal(
            [("官方文档", "https://pay.example.com/docs/batches.html?a=1&b=2"), ("https://pay.example.com/docs/other.html", "https://pay.example.com/docs/other.html")],
            documentation.Links.Select(l => (l.Text, l.Url)));
        Assert.Null(documentation.Deprecation);
    }

    [Fact]
    public void Undeclared_marks_make_nothing_required_and_the_request_not_optional()
    {
        var operation = Spec.Clean(Samples.FullForm).Operations[0];
        Assert.All(operation.Body.Members, m => Assert.False(m.IsRequired));
        Assert.False(operation.IsRequestOptional);
    }

    [Fact]
    public void Two_operations_of_the_lean_form_each_find_their_heading()
    {
        var file = Spec.Clean(Samples.LeanForm, "specs/openapi/v3/sample/coupon-batches/{batch_id}.md");
        Assert.Equal(["GET /v3/sample/coupon-batches/{batch_id}", "PATCH /v3/sample/coupon-batches/{batch_id}"], file.Operations.Select(o => o.Key));
        Assert.Equal(["查询优惠批次", "修改优惠批次"], file.Operations.Select(o => o.Documentation.Title));
        Assert.Equal(["按批次号查询。", ""], file.Operations.Select(o => o.Documentation.Description));
        Assert.Equal(["CouponBatchesByBatchIdGet", "CouponBatchesByBatchIdPatch"], file.Operations.Select(o => o.Names.TypePrefix));
        Assert.All(file.Operations, o => Assert.Equal("V3.Sample", o.Names.Namespace));
    }

    [Fact]
    public void Inputs_travel_where_the_spec_says()
    {
        var file = Spec.Clean(Samples.LeanForm);
        var get = file.Operations[0];
        Assert.Equal(RequestBodyKind.None, get.Body.Kind);
        Assert.Equal([("mchid", true), ("page", false)], get.Query.Select(m => (m.WireName, m.IsRequired)));
        var parameter = get.Route[^1];
        Assert.Equal(("ByBatchId", "batchId", "批次号"), (parameter.MemberName, parameter.ArgumentName, parameter.Description));
        Assert.Equal(["batch_id", "mchid"], get.Echoes);
        Assert.Equal("batch_id", get.IdempotentBy);
        Assert.All(get.Response.Members, m => Assert.False(m.IsRequired));

        var patch = file.Operations[1];
        Assert.Equal([("owner_name", true, Encryption.Platform), ("remark", false, Encryption.None)], patch.Body.Members.Select(m => (m.WireName, m.IsRequired, m.Encryption)));
        Assert.Equal(["Idempotency-Key"], patch.Headers.Select(m => m.WireName));
        Assert.Equal(ResponseKind.NoContent, patch.Response.Kind);
    }

    [Fact]
    public void Each_declaration_is_found_at_the_name_of_its_namespace()
    {
        var result = Spec.Read(Samples.LeanForm);
        Assert.Equal(["GET /v3/sample/coupon-batches/{batch_id}", "PATCH /v3/sample/coupon-batches/{batch_id}"], result.Declarations.Select(d => d.Key));
        Assert.Equal(
            "WeChatPay.OpenAPI.V3.Sample.CouponBatches._batch_id_.GetHttpMethod",
            Samples.LeanForm.Substring(result.Declarations[0].Range.Start, result.Declarations[0].Range.Length));
        Assert.Equal(Samples.LeanForm.Split('\n').ToList().FindIndex(l => l.Contains(".GetHttpMethod", StringComparison.Ordinal)), result.Declarations[0].Range.StartLine);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# A design document\n\n```ts\nnamespace Other { interface X { a: ??? } }\n```\n")]
    [InlineData("---\ntitle: [\n---\n\n# Notes\n\nnamespace WeChatPay. is mentioned in prose only.\n")]
    [InlineData("```json\n{ \"a\": \"namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod {\" }\n```\n")]
    [InlineData("```csharp\nnamespace WeChatPay.Sample {\n```\n")]
    [InlineData("| a | b |\n| - | - |\n| 1 {rowspan=3} | 2 |\n")]
    [InlineData("> ```ts\n> namespace WeChatPay.OpenAPI.V3.A.PostHttpMethod { nonsense\n> ```\n")]
    public void Other_documents_yield_nothing_not_even_information(string text)
    {
        var result = Spec.Read(text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(new SpecFile { Path = "specs/sample.md", Title = "" }, result.File);
    }

    [Theory]
    [InlineData("js twoslash")]
    [InlineData("ts")]
    [InlineData("typescript")]
    [InlineData("ts{1,3}")]
    [InlineData("js:line-numbers twoslash")]
    public void Fences_of_our_languages_are_read(string info)
        => Assert.Single(Spec.Clean("```" + info + "\n" + Spec.Body("a: string") + "\n```\n").Operations);

    [Fact]
    public void A_fence_in_a_list_and_a_container_is_read()
    {
        var text = "::: details\n\n1. Item\n\n   ```ts\n   " + Spec.Body("a: string").Replace("\n", "\n   ", StringComparison.Ordinal) + "\n   ```\n:::\n";
        Assert.Single(Spec.Clean(text).Operations);
    }

    [Fact]
    public void Line_ends_and_a_byte_order_mark_change_nothing()
    {
        var expected = Spec.Clean(Samples.LeanForm);
        Assert.Equal(expected, Spec.Clean(Samples.LeanForm.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(expected, Spec.Clean("\uFEFF" + Samples.LeanForm));
        Assert.Equal(Spec.Clean(Samples.FullForm), Spec.Clean("\uFEFF" + Samples.FullForm.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("```ts\n")]
    [InlineData("~~~ts\n")]
    [InlineData("::: danger 已下线 {.im-deprecated}\n不再使用\n:::\n\n```ts\n")]
    public void A_byte_order_mark_before_the_first_mark_of_a_document_changes_nothing(string begin)
    {
        var text = begin + "namespace WeChatPay.OpenAPI.V3.A.B.PostHttpMethod { interface JsonDataRequest { a: string } }\n" + (begin[0] == '~' ? "~~~\n" : "```\n");
        var read = SpecReader.Read("specs/sample.md", "\uFEFF" + text, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("POST /v3/a/b", Assert.Single(read.File.Operations).Key);
        Assert.Equal(SpecReader.Read("specs/sample.md", text, cancellationToken: TestContext.Current.CancellationToken).File, read.File);
    }

    [Fact]
    public void Nested_exported_and_declared_namespaces_are_the_same()
    {
        const string members = "interface JsonDataRequest { a: string }";
        var dotted = Spec.Operation("namespace WeChatPay.OpenAPI.V3.A.B.PostHttpMethod { " + members + " }");
        Assert.Equal(dotted, Spec.Operation("export declare namespace WeChatPay.OpenAPI { export namespace V3.A { module B { namespace PostHttpMethod { " + members + " } } } }"));
    }
}
