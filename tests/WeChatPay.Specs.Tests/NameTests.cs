using WeChatPay.Specs.Binding;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>The frozen rule of names. A change here renames types of users.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("out_trade_no", "OutTradeNo")]
    [InlineData("sign-plan", "SignPlan")]
    [InlineData("appid", "Appid")]
    [InlineData("mch_operate", "MchOperate")]
    [InlineData("openId", "OpenId")]
    [InlineData("modifyInstitutionsub", "ModifyInstitutionsub")]
    [InlineData("complaints-v2", "ComplaintsV2")]
    [InlineData("h5", "H5")]
    [InlineData("apply4sub", "Apply4sub")]
    [InlineData("TRANSACTION.SUCCESS", "TransactionSuccess")]
    [InlineData("PAYSCORE.USER_SIGN_PLAN", "PayscoreUserSignPlan")]
    [InlineData("HMAC-SHA256", "HmacSha256")]
    [InlineData("MD5", "Md5")]
    [InlineData("H5", "H5")]
    [InlineData("CNY", "Cny")]
    [InlineData("NOTPAY", "Notpay")]
    [InlineData("Wechatpay-Serial", "WechatpaySerial")]
    [InlineData("PARKING SPACE", "ParkingSpace")]
    [InlineData("https://pay.example.com/a", "HttpsPayExampleComA")]
    [InlineData("1.0", "_1_0")]
    [InlineData("2.0", "_2_0")]
    [InlineData("1", "_1")]
    [InlineData("1_000", "_1_000")]
    [InlineData("coupon_id_1_2", "CouponId1_2")]
    [InlineData("coupon_id_$n", "CouponIdN")]
    [InlineData("a1b", "A1b")]
    [InlineData("__a__", "A")]
    [InlineData("成功", "成功")]
    [InlineData("成功_ok", "成功Ok")]
    [InlineData("é_a", "ÉA")]
    [InlineData("", "Empty")]
    [InlineData("*", "Symbol2A")]
    [InlineData("+-", "Symbol2B2D")]
    [InlineData("\uD83D\uDE00", "SymbolD83DDE00")]
    [InlineData("switch", "Switch")]
    [InlineData("i", "I")]
    [InlineData("\u0301a", "_\u0301a")]
    public void Pascal_names(string wireName, string expected) => Assert.Equal(expected, NamingPolicy.Pascal(wireName));

    [Theory]
    [InlineData("out_trade_no", "outTradeNo")]
    [InlineData("operator", "@operator")]
    [InlineData("switch", "@switch")]
    [InlineData("1", "_1")]
    [InlineData("ID", "id")]
    public void Argument_names(string wireName, string expected) => Assert.Equal(expected, NamingPolicy.Argument(wireName));

    [Fact]
    public void Long_names_are_cut() => Assert.InRange(NamingPolicy.Pascal(new string('a', 5000)).Length, 50, 201);

    [Theory]
    [InlineData("V3.Pay.Transactions.Jsapi", "Post", "/v3/pay/transactions/jsapi", "V3.Pay.Transactions", "JsapiPost")]
    [InlineData("V3.Pay.Transactions.OutTradeNo._out_trade_no_", "Get", "/v3/pay/transactions/out-trade-no/{out_trade_no}", "V3.Pay.Transactions", "OutTradeNoByOutTradeNoGet")]
    [InlineData("V3.Pay.Transactions.OutTradeNo.$out_trade_no$", "Get", "/v3/pay/transactions/out-trade-no/{out_trade_no}", "V3.Pay.Transactions", "OutTradeNoByOutTradeNoGet")]
    [InlineData("V3.Pay.Transactions.OutTradeNo._out_trade_no_.Close", "Post", "/v3/pay/transactions/out-trade-no/{out_trade_no}/close", "V3.Pay.Transactions.OutTradeNo.ByOutTradeNo", "ClosePost")]
    [InlineData("V3.A._b_._c_", "Delete", "/v3/a/{b}/{c}", "V3", "AByBByCDelete")]
    [InlineData("V3.Mch_operate.Risk", "Put", "/v3/mch_operate/risk", "V3.MchOperate", "RiskPut")]
    [InlineData("V3.Ecommerce.Applyments._empty_", "Patch", "/v3/ecommerce/applyments/", "V3.Ecommerce", "ApplymentsPatch")]
    [InlineData("V3.MerchantService.ComplaintsV2", "Get", "/v3/merchant-service/complaints-v2", "V3.MerchantService", "ComplaintsV2Get")]
    [InlineData("V2.Pay.Unifiedorder", "Post", "/pay/unifiedorder", "V2.Pay", "UnifiedorderPost")]
    [InlineData("Hk.V3.Certificates", "Get", "/hk/v3/certificates", "Hk.V3", "CertificatesGet")]
    [InlineData("V3", "Get", "/v3", "", "V3Get")]
    public void A_namespace_gives_path_and_names(string path, string verb, string template, string @namespace, string prefix)
    {
        var operation = Spec.Operation("namespace WeChatPay.OpenAPI." + path + "." + verb + "HttpMethod { }");
        Assert.Equal(verb.ToUpperInvariant() + " " + template, operation.Key);
        Assert.Equal((@namespace, prefix), (operation.Names.Namespace, operation.Names.TypePrefix));
        Assert.Equal(prefix + "Request", operation.Names.RequestTypeName);
        Assert.Equal(prefix + "Response", operation.Names.ResponseTypeName);
        Assert.Equal(verb + "Async", operation.Names.MethodName);
    }

    [Fact]
    public void The_node_of_APIv2_is_in_no_URL()
    {
        var route = Spec.Operation("namespace WeChatPay.OpenAPI.V2.Pay.Micropay.PostHttpMethod { }").Route;
        Assert.Equal([("V2", true), ("Pay", false), ("Micropay", false)], route.Select(s => (s.MemberName, s.IsVirtual)));
    }

    [Theory]
    [InlineData("/v3/a/{x}/modifyInstitutionsub", "/v3/a/{x}/modifyInstitutionsub", "V3.A.ByX", "ModifyInstitutionsubPost")]
    [InlineData("/v3/a/b/", "/v3/a/b/", "V3.A", "BPost")]
    public void A_path_tag_wins_over_the_segments(string path, string template, string @namespace, string prefix)
    {
        var operation = Spec.Operation("/** @path " + path + " */ namespace WeChatPay.OpenAPI.V3.Anything.PostHttpMethod { }");
        Assert.Equal((template, @namespace, prefix), (operation.PathTemplate, operation.Names.Namespace, operation.Names.TypePrefix));
    }

    [Fact]
    public void A_path_tag_of_APIv2_keeps_its_node()
    {
        var operation = Spec.Operation("/** @path /secapi/mch/addInstitutionsub */ namespace WeChatPay.OpenAPI.V2.Secapi.PostHttpMethod { }");
        Assert.Equal(("/secapi/mch/addInstitutionsub", "V2.Secapi.Mch"), (operation.PathTemplate, operation.Names.Namespace));
        Assert.Equal(["V2", "Secapi", "Mch", "AddInstitutionsub"], operation.Route.Select(s => s.MemberName));
    }

    [Fact]
    public void Properties_that_clash_with_what_a_model_has_get_a_suffix()
    {
        var operation = Spec.Operation(Spec.Post("interface JsonDataRequest { http: string; extra_properties: string; to_string: string; get_type: string; sample_post_request: string; equals: { equals: string } }"));
        Assert.Equal(
            ["HttpValue", "ExtraPropertiesValue", "ToStringValue", "GetTypeValue", "SamplePostRequestValue", "EqualsValue"],
            operation.Body.Members.Select(m => m.PropertyName));
        Assert.Equal("SamplePostRequestEqualsValue { equals: Text }", Spec.Show(operation.Body.Members[5].Type));
    }

    [Fact]
    public void Constants_of_an_enumeration_that_clash_get_a_suffix()
    {
        var type = Assert.IsType<EnumerationType>(Spec.Member("a: 'VALUE' | 'EQUALS' | 'to_string' | 'GetHashCode' | 'from_wire' | 'get_type' | 'sample_post_request_a' | ''").Type);
        Assert.Equal(
            ["ValueValue", "EqualsValue", "ToStringValue", "GetHashCodeValue", "FromWireValue", "GetTypeValue", "SamplePostRequestAValue", "Empty"],
            type.Enumeration.Literals.Select(l => l.MemberName));
    }

    [Theory]
    [InlineData("Notifications", "NotificationsPath")]
    [InlineData("SendAsync", "SendAsyncPath")]
    [InlineData("Dispose", "DisposePath")]
    [InlineData("SensitiveData", "SensitiveDataPath")]
    [InlineData("ReloadCredentials", "ReloadCredentialsPath")]
    [InlineData("Invocation", "InvocationPath")]
    public void First_segments_stand_beside_the_members_of_the_client(string segment, string member)
    {
        var operation = Spec.Operation("namespace WeChatPay.OpenAPI." + segment + "." + segment + ".GetHttpMethod { }");
        Assert.Equal([member, segment], operation.Route.Select(s => s.MemberName));
        Assert.Equal(segment, operation.Names.Namespace);
    }

    [Theory]
    [InlineData("GetAsync", "GetAsyncPath")]
    [InlineData("PostOperation", "PostOperationPath")]
    [InlineData("ById", "ByIdPath")]
    [InlineData("Byline", "Byline")]
    [InlineData("By", "By")]
    [InlineData("V3Resource", "V3ResourcePath")]
    [InlineData("ToString", "ToStringPath")]
    public void Further_segments_stand_beside_the_members_of_a_node(string segment, string member)
        => Assert.Equal(member, Spec.Operation("namespace WeChatPay.OpenAPI.V3." + segment + ".GetHttpMethod { }").Route[1].MemberName);

    [Fact]
    public void Names_that_meet_in_a_class_are_numbered_in_order_and_reported()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("a_b: string\naB: string\na_b2: string\n'a-b': { x: string }")));
        var members = Assert.Single(result.File.Operations).Body.Members;
        Assert.Equal(["AB", "AB3", "AB2", "AB4"], members.Select(m => m.PropertyName));
        Assert.Equal("SamplePostRequestAB4 { x: Text }", Spec.Show(members[3].Type));
        Assert.Equal(["WXP0026", "WXP0026"], Spec.Ids(result));
        Assert.Contains("'aB' would yield the C# name 'AB', which is taken; it is called 'AB3'", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Literals_that_meet_are_numbered()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("a: '1' | '1.' | 'A' | 'a'")));
        var type = Assert.IsType<EnumerationType>(result.File.Operations[0].Body.Members[0].Type);
        Assert.Equal(["_1", "_1_2", "A", "A2"], type.Enumeration.Literals.Select(l => l.MemberName));
        Assert.Equal(["WXP0026", "WXP0026"], Spec.Ids(result));
    }

    [Fact]
    public void Types_whose_joined_names_meet_are_numbered()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("a: { bc: { x: string } }\na_bc: { y: string }")));
        Assert.Equal(
            ["SamplePostRequestA { bc: SamplePostRequestABc { x: Text } }", "SamplePostRequestABc2 { y: Text }"],
            result.File.Operations[0].Body.Members.Select(m => Spec.Show(m.Type)));
        Assert.Equal(["WXP0026"], Spec.Ids(result));
    }

    [Fact]
    public void A_member_of_body_and_query_are_two_properties()
    {
        var result = Spec.Read(Spec.Page(Spec.Post("interface JsonDataRequest { id: string }\ninterface RequestConfig { params: { id: string } }")));
        var operation = Assert.Single(result.File.Operations);
        Assert.Equal(("Id", "Id2"), (operation.Body.Members[0].PropertyName, operation.Query[0].PropertyName));
    }
}
