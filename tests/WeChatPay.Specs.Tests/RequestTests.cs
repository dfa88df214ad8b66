using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Tests;

/// <summary>Where inputs travel, what is required, what may be left out, and what the answer is.</summary>
public sealed class RequestTests
{
    private const string Chain = "namespace WeChatPay.OpenAPI.V3 { export interface Sample { @ } }";

    [Theory]
    [InlineData("optionality: declared", RequiredMembers.Declared, true)]
    [InlineData("title: x", RequiredMembers.Declared, false)]
    [InlineData("title: x", RequiredMembers.All, true)]
    [InlineData("optionality: declared", RequiredMembers.None, false)]
    public void Members_without_a_mark_are_required_where_marks_are_trusted(string frontMatter, RequiredMembers option, bool required)
    {
        var text = Spec.Page(
            Spec.Post("interface JsonDataRequest { a: string; b?: string; c: { d: number; e?: number }; f: string | null }\ninterface WellformedResponse { a: string }"), frontMatter);
        var operation = Spec.Clean(text, required: option).Operations[0];
        Assert.Equal([required, false, required, false], operation.Body.Members.Select(m => m.IsRequired));
        var inner = Assert.IsType<ObjectType>(operation.Body.Members[2].Type).Shape;
        Assert.Equal([required, false], inner.Members.Select(m => m.IsRequired));
        Assert.False(operation.Response.Members[0].IsRequired);
    }

    [Theory]
    [InlineData("optionality: declared", RequiredMembers.Declared, "CNY")]
    [InlineData("title: x", RequiredMembers.All, null)]
    [InlineData("optionality: declared", RequiredMembers.None, null)]
    public void One_literal_is_preset_only_where_it_is_required_and_declared(string frontMatter, RequiredMembers option, string? preset)
    {
        var text = Spec.Page(Spec.Body("a: 'CNY'\nb?: 'CNY'\nc: 'CNY' | 'USD'\nd: 'CNY' | string\ne: 'CNY'[]\nf: 'CNY' | null"), frontMatter);
        var members = Spec.Clean(text, required: option).Operations[0].Body.Members;
        Assert.Equal([preset, null, null, null, null, null], members.Select(m => m.PresetLiteral));
    }

    [Fact]
    public void Members_of_an_optional_group_are_optional()
    {
        var operation = Spec.Operation(Spec.Post("interface RequestConfig { params?: { a: string }; headers?: { 'X-B': string } }"));
        Assert.False(operation.Query[0].IsRequired);
        Assert.False(operation.Headers[0].IsRequired);
    }

    [Theory]
    [InlineData("post(data: D, config?: C): R", "a: string", false)]
    [InlineData("post(data?: D, config?: C): R", "a?: string", true)]
    [InlineData("post(data: D): R", "a?: string", false)]
    [InlineData("(data?: D): R", "a?: string", true)]
    [InlineData("post(config?: C): R", "a?: string", true)]
    public void The_call_says_whether_a_body_may_be_left_out(string signature, string member, bool optional)
        => Assert.Equal(optional, Spec.Operation(Spec.Body(member) + "\n" + Chain.Replace("@", signature, StringComparison.Ordinal)).IsRequestOptional);

    [Theory]
    [InlineData("a?: string", true)]
    [InlineData("a?: string; b: string", false)]
    [InlineData("", true)]
    public void Without_a_call_all_members_must_be_marked(string members, bool optional) => Assert.Equal(optional, Spec.Operation(Spec.Body(members)).IsRequestOptional);

    [Fact]
    public void Undeclared_optionality_never_makes_the_request_optional()
        => Assert.False(Spec.Operation(Spec.Body("a: string"), "title: x").IsRequestOptional);

    [Fact]
    public void An_optional_argument_with_required_members_is_reported()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("a: string") + "\n" + Chain.Replace("@", "post(data?: D): R", StringComparison.Ordinal)));
        Assert.Equal(["WXP0050"], Spec.Ids(result));
        Assert.False(result.File.Operations[0].IsRequestOptional);
    }

    [Theory]
    [InlineData("get(config?: C): R", "params: { a?: string }", true)]
    [InlineData("get(config: C): R", "params: { a?: string }", false)]
    [InlineData("get(config: C): R", "x: string; params?: { a: string }", true)]
    [InlineData("get(config: C): R", "x: string; params: { a: string }", false)]
    public void A_path_parameter_makes_the_argument_required_but_not_the_request(string signature, string config, bool optional)
    {
        var operation = Spec.Operation(
            "namespace WeChatPay.OpenAPI.V3.Sample._x_.GetHttpMethod { interface RequestConfig { " + config + " } }\n"
            + "namespace WeChatPay.OpenAPI.V3.Sample { export interface _x_ { " + signature + " } }");
        Assert.Equal(optional, operation.IsRequestOptional);
    }

    [Fact]
    public void A_chain_that_spells_the_parameter_otherwise_is_the_same_operation()
    {
        var file = Spec.Clean(Spec.Page(
            "namespace WeChatPay.OpenAPI.V3.Sample.$x$.GetHttpMethod { interface RequestConfig { x: string } }\n"
            + "namespace WeChatPay.OpenAPI.V3 { export interface Sample { _x_: Sample.$x$; $x$: Sample.$x$; '{x}': Sample.$x$ } }"));
        Assert.Equal("GET /v3/sample/{x}", Assert.Single(file.Operations).Key);
    }

    [Theory]
    [InlineData("x: string", "Text")]
    [InlineData("_x_: string", "Text")]
    [InlineData("x: number", "Integer")]
    [InlineData("x: 'A' | 'B'", "SampleByXGetX (A=A, B=B)")]
    [InlineData("x: string | number", "TextOrNumber")]
    [InlineData("x: boolean", "Text")]
    [InlineData("", "Text")]
    public void Path_parameters_have_the_type_of_their_member(string config, string type)
    {
        var operation = Spec.Operation("namespace WeChatPay.OpenAPI.V3.Sample._x_.GetHttpMethod { interface RequestConfig { " + config + " } }");
        var parameter = operation.Route[^1];
        Assert.True(parameter.IsParameter);
        Assert.Equal(type, Spec.Show(parameter.ParameterType));
        Assert.Empty(operation.Query);
    }

    [Fact]
    public void A_path_parameter_in_params_is_moved_with_a_warning()
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.OpenAPI.V3.Sample._x_.GetHttpMethod { interface RequestConfig { params: { x: number; y: string } } }"));
        Assert.Equal(["WXP0040"], Spec.Ids(result));
        Assert.Equal(["y"], result.File.Operations[0].Query.Select(m => m.WireName));
        Assert.Equal("Integer", Spec.Show(result.File.Operations[0].Route[^1].ParameterType));
    }

    [Fact]
    public void A_header_outside_of_headers_is_moved_with_a_warning()
    {
        var result = Spec.Read(Spec.Page(Spec.Post("interface RequestConfig extends AxiosRequestConfig { 'Idempotency-Key': string }")));
        Assert.Equal(["WXP0041"], Spec.Ids(result));
        Assert.Equal(["Idempotency-Key"], result.File.Operations[0].Headers.Select(m => m.WireName));
    }

    [Fact]
    public void An_unknown_member_of_the_configuration_is_reported()
    {
        var result = Spec.Read(Spec.Page(Spec.Post("interface RequestConfig { mchid: string; timeout?: 400; transformResponse: []; validateStatus: null }")));
        Assert.Equal(["WXP0042"], Spec.Ids(result));
        Assert.Contains("'mchid'", result.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_serial_header_is_the_runtimes_where_members_are_encrypted()
    {
        const string headers = "interface RequestConfig { headers: { 'Wechatpay-Serial': string } }";
        Assert.Empty(Spec.Operation(Spec.Post("interface JsonDataRequest { p: { /** @encrypted */ name: string } }\n" + headers)).Headers);
        Assert.Single(Spec.Operation(Spec.Post("interface JsonDataRequest { a: string }\ninterface WellformedResponse { /** @encrypted */ name: string }\n" + headers)).Headers);
        var result = Spec.Read(Spec.Page(Spec.Post("interface JsonDataRequest { a: string }\n" + headers)));
        Assert.Equal(["WXP0044"], Spec.Ids(result));
        Assert.Single(result.File.Operations[0].Headers);
    }

    [Theory]
    [InlineData("/** @encrypted */ a: string", Encryption.Platform)]
    [InlineData("/** 姓名 @encrypted */ a: string[]", Encryption.Platform)]
    [InlineData("/** @encrypted bank-transfer-rsa */ a: string", Encryption.Other)]
    [InlineData("/** @encrypted pkcs1 */ a: string", Encryption.Other)]
    [InlineData("a: string", Encryption.None)]
    public void Marks_of_encryption(string member, Encryption expected) => Assert.Equal(expected, Spec.Member(member).Encryption);

    [Theory]
    [InlineData("/** @encrypted */ a: number")]
    [InlineData("/** @encrypted */ a: { b: string }")]
    public void Only_text_is_encrypted(string member) => Assert.Equal(Encryption.None, Spec.MemberWith("WXP0049", member).Encryption);

    [Theory]
    [InlineData("interface JsonDataRequest { a: string }", RequestBodyKind.Json, 1)]
    [InlineData("interface JsonDataRequest { }", RequestBodyKind.Json, 0)]
    [InlineData("type JsonDataRequest = { a: string } & { b: string }", RequestBodyKind.Json, 2)]
    [InlineData("interface RequestConfig { data: { a: string; b: string } }", RequestBodyKind.Json, 2)]
    [InlineData("interface XmlDataRequest { a: string }\ninterface RequestConfig<D = XmlDataRequest> { data?: D }", RequestBodyKind.Xml, 1)]
    [InlineData("interface BinaryDataRequest { meta: string; file: ReadStream }", RequestBodyKind.Multipart, 2)]
    [InlineData("interface RequestConfig { params: { a: string } }", RequestBodyKind.None, 0)]
    public void Bodies(string interfaces, RequestBodyKind kind, int members)
    {
        var body = Spec.Operation(Spec.Post(interfaces)).Body;
        Assert.Equal((kind, members), (body.Kind, body.Members.Count));
    }

    [Theory]
    [InlineData("", ResponseKind.NoContent, false)]
    [InlineData("interface WellformedResponse { }", ResponseKind.NoContent, false)]
    [InlineData("interface WellformedResponse { a: string }", ResponseKind.Json, false)]
    [InlineData("interface WellformedResponse extends ReadStream { }", ResponseKind.Stream, true)]
    [InlineData("interface RequestConfig { responseType: 'stream' }", ResponseKind.Stream, true)]
    [InlineData("interface XmlDataRequest { a: string }\ninterface WellformedResponse { a: string }", ResponseKind.Xml, false)]
    public void Answers(string interfaces, ResponseKind kind, bool unsigned)
    {
        var response = Spec.Operation(Spec.Post(interfaces)).Response;
        Assert.Equal((kind, unsigned), (response.Kind, response.IsUnsigned));
    }

    [Theory]
    [InlineData("@unsigned", ResponseKind.Json, true)]
    [InlineData("@response xml", ResponseKind.Xml, false)]
    [InlineData("@response stream", ResponseKind.Stream, true)]
    [InlineData("@response csv", ResponseKind.Stream, true)]
    public void Tags_decide_about_the_answer(string tag, ResponseKind kind, bool unsigned)
    {
        var response = Spec.Operation("/** " + tag + " */\n" + Spec.Post("interface WellformedResponse { a: string }")).Response;
        Assert.Equal((kind, unsigned), (response.Kind, response.IsUnsigned));
    }

    [Theory]
    [InlineData("V2", "interface WellformedResponse { return_code: string; a: string }", ResponseKind.Xml)]
    [InlineData("V2", "interface WellformedResponse { result_code: string }", ResponseKind.Xml)]
    [InlineData("V2", "interface WellformedResponse { retcode: number }", ResponseKind.Json)]
    [InlineData("V2", "interface WellformedResponse { a: string }", ResponseKind.Json)]
    [InlineData("V2", "interface WellformedResponse { }", ResponseKind.Redirect)]
    [InlineData("V2", "", ResponseKind.Redirect)]
    [InlineData("V2", "interface WellformedResponse extends ReadStream { }", ResponseKind.Stream)]
    [InlineData("V3", "interface WellformedResponse { return_code: string }", ResponseKind.Json)]
    [InlineData("V3", "interface WellformedResponse { }", ResponseKind.NoContent)]
    public void Answers_to_a_GET_by_version(string version, string interfaces, ResponseKind kind)
    {
        var operation = Spec.Operation($"namespace WeChatPay.OpenAPI.{version}.Parcel.Track.GetHttpMethod {{ {interfaces} }}");
        Assert.Equal((kind, kind == ResponseKind.Redirect ? "GetUri" : "GetAsync"), (operation.Response.Kind, operation.Names.MethodName));
    }

    [Theory]
    [InlineData("interface JsonDataRequest { a: string }\ninterface WellformedResponse { return_code: string }", ResponseKind.Xml)]
    [InlineData("interface JsonDataRequest { a: string }\ninterface WellformedResponse { a: string }", ResponseKind.Json)]
    [InlineData("interface BinaryDataRequest { a: ReadStream }\ninterface WellformedResponse { media_id: string }", ResponseKind.Xml)]
    [InlineData("interface BinaryDataRequest { a: ReadStream }\ninterface WellformedResponse { retcode: number }", ResponseKind.Json)]
    [InlineData("interface XmlDataRequest { a: string }\ninterface WellformedResponse { }", ResponseKind.NoContent)]
    public void Answers_to_a_POST_of_APIv2(string interfaces, ResponseKind kind)
        => Assert.Equal(kind, Spec.Operation($"namespace WeChatPay.OpenAPI.V2.Parcel.Track.PostHttpMethod {{ {interfaces} }}").Response.Kind);

    [Fact]
    public void A_redirect_by_its_tag()
    {
        var operation = Spec.Operation("/** @response redirect */\nnamespace WeChatPay.OpenAPI.V3.Parcel.Page.GetHttpMethod { interface RequestConfig { params: { a: string } }\ninterface WellformedResponse { b: { c: string } } }");
        Assert.Equal((ResponseKind.Redirect, 0, "GetUri"), (operation.Response.Kind, operation.Response.Members.Count, operation.Names.MethodName));
    }

    [Fact]
    public void Host_and_client_certificate()
    {
        var tagged = Spec.Operation("/** @host fraud.example.com @mtls */\n" + Spec.Body("a: string"));
        Assert.Equal(("https://fraud.example.com/", true), (tagged.BaseUrl, tagged.RequiresClientCertificate));
        var configured = Spec.Operation(Spec.Post("interface RequestConfig { baseURL: 'https://fraud.example.com/'; security: true }"));
        Assert.Equal(("https://fraud.example.com/", true), (configured.BaseUrl, configured.RequiresClientCertificate));
    }

    [Fact]
    public void A_body_with_GET_is_reported_and_not_sent()
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.OpenAPI.V3.A.GetHttpMethod { interface JsonDataRequest { a: string } }"));
        Assert.Equal(["WXP0043"], Spec.Ids(result));
        Assert.Equal(RequestBody.None, result.File.Operations[0].Body);
    }

    [Fact]
    public void An_echo_must_be_a_top_level_member_with_an_input_of_its_name()
    {
        var result = Spec.Read(Spec.Page(Spec.Post(
            "interface JsonDataRequest { /** @echo */ a: string; b: string }\n"
            + "interface WellformedResponse { /** @echo */ b: string; /** @echo */ c: string; d: { /** @echo */ b: string } }")));
        Assert.Equal(["b"], result.File.Operations[0].Echoes);
        Assert.Equal(["WXP0045", "WXP0045", "WXP0045"], Spec.Ids(result));
    }

    [Fact]
    public void An_idempotent_field_must_be_an_input()
    {
        Assert.Equal("a", Spec.Operation("/** @idempotentBy a */\n" + Spec.Body("a: string")).IdempotentBy);
        var result = Spec.Read(Spec.Page("/** @idempotentBy b */\n" + Spec.Body("a: string")));
        Assert.Equal(["WXP0046"], Spec.Ids(result));
        Assert.Null(result.File.Operations[0].IdempotentBy);
    }

    [Theory]
    [InlineData("headers: { 'X-A': { b: string } }", "Text")]
    [InlineData("headers: { 'X-A': string[] }", "Text")]
    [InlineData("headers: { 'X-A': string | Date }", "Text")]
    [InlineData("params: { a: { b: string }[] }", "List of Text")]
    [InlineData("params: { a: boolean[] }", "List of Text")]
    public void What_cannot_travel_in_a_header_or_query_is_text(string config, string type)
    {
        var result = Spec.Read(Spec.Page("namespace WeChatPay.OpenAPI.V3.A.GetHttpMethod { interface RequestConfig { " + config + " } }"));
        Assert.Equal(["WXP0053"], Spec.Ids(result));
        Assert.Equal(type, Spec.Show(result.File.Operations[0].Headers.Concat(result.File.Operations[0].Query).Single().Type));
    }

    [Theory]
    [InlineData("headers: { 'X-A': boolean }", "Boolean")]
    [InlineData("headers: { 'X-A': 'B' | 'C' }", "AGetRequestXA (B=B, C=C)")]
    [InlineData("params: { a: string[] }", "List of Text")]
    [InlineData("params: { a: ('B' | 'C')[] }", "List of AGetRequestA (B=B, C=C)")]
    [InlineData("params: { /** @format yyyyMMdd */ a: string }", "Time CompactDate")]
    [InlineData("params: { a: { b: string } }", "AGetRequestA { b: Text }")]
    public void What_can_travel_in_a_header_or_query(string config, string type)
    {
        var operation = Spec.Operation("namespace WeChatPay.OpenAPI.V3.A.GetHttpMethod { interface RequestConfig { " + config + " } }");
        Assert.Equal(type, Spec.Show(operation.Headers.Concat(operation.Query).Single().Type));
    }

    [Fact]
    public void Counted_names_of_version_2_are_lists()
    {
        var operation = Spec.Operation(Spec.Post(
            "interface XmlDataRequest { mch_id: string }\n"
            + "interface WellformedResponse { coupon_fee: number; coupon_fee_$n: number; coupon_type_$n?: 'CASH' | 'NO_CASH'; coupon_refund_id_$n_$m: string; $ns: string }",
            "V2.Pay.Orderquery"));
        Assert.Equal(
            [
                "coupon_fee CouponFee Integer", "coupon_fee_$n CouponFeeList List of Integer",
                "coupon_type_$n CouponTypeList List of OrderqueryPostResponseCouponTypeList (Cash=CASH, NoCash=NO_CASH)",
                "coupon_refund_id_$n_$m CouponRefundIdLists List of List of Text", "$ns Ns Text",
            ],
            operation.Response.Members.Select(m => m.WireName + " " + m.PropertyName + " " + Spec.Show(m.Type)));
    }

    [Fact]
    public void An_operation_of_version_2_in_the_form_of_the_documents()
    {
        var operation = Spec.Operation("""
            namespace WeChatPay.OpenAPI.V2.Secapi.Parcel.Sendback.PostHttpMethod {
              export interface XmlDataRequest { appid: string; trade_type: 'JSAPI' | 'APP' }
              export interface RequestConfig<D = XmlDataRequest> extends AxiosRequestConfig { data?: D; security: true; headers?: { 'X-A': string } }
              export interface WellformedResponse { return_code: string; trade_type: XmlDataRequest['trade_type'] }
            }
            namespace WeChatPay.OpenAPI.V2.Secapi.Parcel {
              export interface Sendback {
                post(data: Sendback.PostHttpMethod.XmlDataRequest, config?: Sendback.PostHttpMethod.RequestConfig): AxiosPromise<Sendback.PostHttpMethod.WellformedResponse>
              }
            }
            """);
        Assert.Equal(("POST /secapi/parcel/sendback", RequestBodyKind.Xml, ResponseKind.Xml, true), (operation.Key, operation.Body.Kind, operation.Response.Kind, operation.RequiresClientCertificate));
        Assert.Equal(["appid", "trade_type"], operation.Body.Members.Select(m => m.WireName));
        Assert.IsType<EnumerationType>(operation.Response.Members[1].Type);
    }

    [Fact]
    public void A_path_and_a_query_parameter_of_one_name_are_two()
    {
        var operation = Spec.Operation("namespace WeChatPay.OpenAPI.V3.A._id_.GetHttpMethod { interface RequestConfig { params: { id: number; page: number }; id: 'A' | 'B' } }");
        Assert.Equal(["id", "page"], operation.Query.Select(member => member.WireName));
        Assert.IsType<EnumerationType>(operation.Route[2].ParameterType);

        var result = Spec.Read(Spec.Page("namespace WeChatPay.OpenAPI.V3.A._id_.GetHttpMethod { interface RequestConfig { params: { id: number } } }"));
        Assert.Equal(["WXP0040"], Spec.Ids(result));
        Assert.Empty(result.File.Operations[0].Query);
    }

    [Theory]
    [InlineData("V2.Secapi.Mch.AddSub", "openapi/v2/secapi/mch/addSub.md", "/secapi/mch/addSub", null)]
    [InlineData("V2.Secapi.Mch.AddSub", "openapi/v2/secapi/mch/add-sub.md", "/secapi/mch/add-sub", null)]
    [InlineData("V3.AppPay._openId_.AddSub", "openapi/v3/app-pay/{openId}/addSub.md", "/v3/app-pay/{openId}/addSub", null)]
    [InlineData("V3.AddSub._empty_", "openapi/v3/addSub/index.md", "/v3/addSub/", null)]
    [InlineData("V3.Mch.AddSub", "openapi/v3/mch/addsub.md", "/v3/mch/add-sub", "WXP0023")]
    [InlineData("V3.Mch.AddSub", "openapi/v3/mch/addSub/more.md", "/v3/mch/add-sub", "WXP0023")]
    [InlineData("V3.Mch.AddSub", "openapi/v3/addSub.md", "/v3/mch/add-sub", "WXP0023")]
    public void The_place_of_the_file_tells_what_a_namespace_cannot(string path, string file, string expected, string? id)
    {
        var result = Spec.Read(Spec.Page(Spec.Post("interface JsonDataRequest { a: string }", path)), "specs/" + file);
        Assert.Equal("POST " + expected, Assert.Single(result.File.Operations).Key);
        Assert.Equal(id is null ? [] : [id], Spec.Ids(result));

        // Names are the same either way.
        var elsewhere = Spec.Operation(Spec.Post("interface JsonDataRequest { a: string }", path));
        Assert.Equal((elsewhere.Names, string.Join(".", elsewhere.Route.Select(s => s.MemberName))), (result.File.Operations[0].Names, string.Join(".", result.File.Operations[0].Route.Select(s => s.MemberName))));
    }

    [Fact]
    public void A_list_of_lists_is_raw_and_cannot_be_encrypted()
    {
        var result = Spec.Read(Spec.Page(Spec.Body("/** @encrypted */ a: string[][]")));
        Assert.Equal(["WXP0049", "WXP0066"], Spec.Ids(result).Order(StringComparer.Ordinal));
        Assert.Equal(Encryption.None, Assert.Single(Assert.Single(result.File.Operations).Body.Members).Encryption);
    }
}
