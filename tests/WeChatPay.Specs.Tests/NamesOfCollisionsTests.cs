using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Names made to meet: what comes out is legal C#, distinct, and the same whatever else is there.</summary>
public sealed class NamesOfCollisionsTests
{
    [Theory]
    [InlineData("switch", "Switch")]
    [InlineData("operator", "Operator")]
    [InlineData("return", "Return")]
    [InlineData("lock", "Lock")]
    [InlineData("delete", "Delete")]
    [InlineData("namespace", "Namespace")]
    [InlineData("record", "Record")]
    [InlineData("http", "HttpValue")]
    [InlineData("extra_properties", "ExtraPropertiesValue")]
    [InlineData("value", "Value")]
    [InlineData("get_hash_code", "GetHashCodeValue")]
    [InlineData("sample_post_request", "SamplePostRequestValue")]
    public void A_member(string wireName, string property) => Assert.Equal(property, Spec.Member(wireName + ": string").PropertyName);

    [Theory]
    [InlineData("class", "@class")]
    [InlineData("return", "@return")]
    [InlineData("out_trade_no", "outTradeNo")]
    [InlineData("ID", "id")]
    public void An_argument(string parameter, string argument)
        => Assert.Equal(argument, Spec.Operation("namespace WeChatPay.OpenAPI.V3.A._" + parameter + "_.GetHttpMethod { interface RequestConfig { " + parameter + ": string } }").Route[2].ArgumentName);

    [Theory]
    [InlineData("HMAC-SHA256", "HmacSha256")]
    [InlineData("2.0", "_2_0")]
    [InlineData("PARKING SPACE", "ParkingSpace")]
    [InlineData("", "Empty")]
    [InlineData("https://a.example/b", "HttpsAExampleB")]
    [InlineData("中文", "中文")]
    [InlineData("*", "Symbol2A")]
    [InlineData("value", "ValueValue")]
    [InlineData("switch", "Switch")]
    public void A_literal(string literal, string constant)
        => Assert.Equal(constant, Assert.Single(Assert.IsType<EnumerationType>(Spec.Member("a: '" + literal + "'").Type).Enumeration.Literals).MemberName);

    [Fact]
    public void A_node_named_like_its_parent_and_a_node_named_like_its_parents_type()
    {
        var route = Spec.Operation("namespace WeChatPay.OpenAPI.V3.Pay.Pay.PayResource.Get.PostHttpMethod { }").Route;
        Assert.Equal(["V3", "Pay", "Pay", "PayResourcePath", "Get"], route.Select(segment => segment.MemberName));
        Assert.Equal(5, route.Select(segment => segment.ResourceNamespace + "." + segment.ResourceTypeName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Sibling_parameters_are_methods_of_their_own()
    {
        var first = Spec.Operation("namespace WeChatPay.OpenAPI.V3.A._id_.GetHttpMethod { interface RequestConfig { id: string } }");
        var second = Spec.Operation("namespace WeChatPay.OpenAPI.V3.A._no_.GetHttpMethod { interface RequestConfig { no: string } }");
        Assert.Equal(("ById", "ByNo"), (first.Route[2].MemberName, second.Route[2].MemberName));
        Assert.NotEqual(first.Names.ResponseTypeName, second.Names.ResponseTypeName);
    }

    [Fact]
    public void Case_twins_in_one_class_stay_apart()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("id: string\nID: string\nId: string")));
        Assert.Equal(3, result.File.Operations[0].Body.Members.Select(member => member.PropertyName).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Another_operation_in_the_file_renames_nothing()
    {
        var alone = Spec.Read(Spec.Page(Spec.Post("interface JsonDataRequest { a: { b: string } }", "V3.Mch_operate"))).File.Operations[0];
        var beside = Spec.Read(Spec.Page(Spec.Post("interface JsonDataRequest { a: { b: string } }", "V3.MchOperate") + "\n" + Spec.Post("interface JsonDataRequest { a: { b: string } }", "V3.Mch_operate.Other")));
        Assert.Equal("MchOperatePostRequest", alone.Names.RequestTypeName);
        Assert.Equal(["MchOperatePostRequest", "OtherPostRequest"], beside.File.Operations.Select(item => item.Names.RequestTypeName));
    }

    [Fact]
    public void Two_paths_with_one_name_are_told_at_both_places()
        => Assert.Equal(["WXP0025", "WXP0025"], Spec.Ids(Spec.Read(Spec.Page(Spec.Post("", "V3.Mch_operate") + "\n" + Spec.Post("", "V3.MchOperate")))));

    [Theory]
    [InlineData("V3.A.Foo", "V3.A.FooResource.X")]
    [InlineData("V3.A.Foo", "V3.A.FooPostRequest.X")]
    [InlineData("V3.A.Foo", "V3.A.FooPostResponse.X")]
    [InlineData("V3.A._foo_", "V3.A._foo_resource_.X")]
    public void A_namespace_is_no_type_of_its_sibling(string path, string other)
    {
        var operation = Spec.Operation(Spec.Post("", path));
        var types = operation.Route.Select(segment => segment.ResourceNamespace + "." + segment.ResourceTypeName)
            .Concat([operation.Names.Namespace + "." + operation.Names.RequestTypeName, operation.Names.Namespace + "." + operation.Names.ResponseTypeName]);
        Assert.DoesNotContain(Spec.Operation(Spec.Post("", other)).Names.Namespace, types);
    }
}
