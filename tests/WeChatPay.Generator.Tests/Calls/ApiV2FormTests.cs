using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>
/// APIv2 operations of other forms than XML for XML, from documents without tags of our own: from the spec to the bytes on the wire. Signatures are
/// computed here once more, by hand.
/// </summary>
public sealed class ApiV2FormTests : IDisposable
{
    private const string Key = "TESTONLYapiv2key0123456789ABCDEF";

    private const string Code = """
        using System;
        using System.IO;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using WeChatPay;
        using WeChatPay.V2.Appauth;
        using WeChatPay.V2.Library;
        using WeChatPay.V2.Papay;

        public static class Program
        {
            public static WeChatPayClientBase Create(WeChatPayOptions options, HttpMessageHandler handler) => new WeChatPayClient(options, handler);

            public static async Task<string> Token(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new GetaccesstokenGetRequest { MchId = "1900000001", Openid = "o &=中", GrantType = GetaccesstokenGetRequestGrantType.AuthorizationCode };
                GetaccesstokenGetResponse answer = await ((WeChatPayClient)client).V2.Appauth.Getaccesstoken.GetAsync(request, cancellationToken: cancellationToken);
                return $"{answer.Retcode}|{answer.AccessToken}|{answer.AccessTokenExpireIn}";
            }

            public static async Task<string> H5(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                H5entrustwebGetResponse answer = await ((WeChatPayClient)client).V2.Papay.H5entrustweb.GetAsync(new() { MchId = "1900000001", NotifyUrl = "https://a.example/?b=c" }, cancellationToken: cancellationToken);
                return answer.RedirectUrl!;
            }

            public static Task<string> Page(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                Uri address = ((WeChatPayClient)client).V2.Papay.Entrustweb.GetUri(new() { MchId = "1900000001", NotifyUrl = "https://a.example/?b=c", Timestamp = "1700000000" });
                return Task.FromResult(address.AbsoluteUri);
            }

            public static Task<string> Index(WeChatPayClientBase client, CancellationToken cancellationToken)
                => Task.FromResult(((WeChatPayClient)client).V2.Appauth.Authindex.GetUri(new() { MchId = "1900000001", State = "s" }).AbsoluteUri);

            public static async Task<string> Find(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                FindGetResponse answer = await ((WeChatPayClient)client).V2.Library.Find.GetAsync(new() { MchId = "1900000001" }, cancellationToken: cancellationToken);
                return $"{answer.LoanNo}|{answer.Total}|{answer.Book?.Name}";
            }

            public static async Task<string> Store(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new StorePostRequest { MchId = "1900000001", NonceStr = "n", TotalFee = 5, Book = new() { Name = "b\"c" }, ExtraProperties = new() { ["shelf"] = "S" } };
                StorePostResponse answer = await ((WeChatPayClient)client).V2.Library.Store.PostAsync(request, cancellationToken: cancellationToken);
                return answer.LoanNo!;
            }

            public static async Task<string> Media(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new MediaPostRequest { MchId = "1900000001", Media = WeChatPayFile.FromBytes(new byte[] { 97, 98, 99 }, "a.png") };
                MediaPostResponse answer = await ((WeChatPayClient)client).V2.Library.Media.PostAsync(request, cancellationToken: cancellationToken);
                return answer.MediaId!;
            }

            public static async Task<string> Manage(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new ManagePostRequest { Action = ManagePostRequestAction.Add, MchId = "1900000001", Name = "张三" };
                ManagePostResponse answer = await ((WeChatPayClient)client).V2.Library.Manage.PostAsync(request, cancellationToken: cancellationToken);
                return $"{answer.SubMchId}|{answer.Contact}";
            }

            public static async Task<string> Bare(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                BarePostResponse answer = await ((WeChatPayClient)client).V2.Library.Bare.PostAsync(new() { ExtraProperties = new() { ["mch_id"] = "1900000001" } }, cancellationToken: cancellationToken);
                return answer.ReturnCode == "SUCCESS" ? "ok" : "";
            }

            public static async Task<string> JsonOfXml(WeChatPayClientBase client, CancellationToken cancellationToken)
                => (await ((WeChatPayClient)client).V2.Library.Mixed.PostAsync(new() { MchId = "1900000001" }, cancellationToken: cancellationToken)).LoanNo!;
        }
        """;

    private static readonly SpecText[] Specs =
    [
        Spec("appauth/getaccesstoken", "Get", """
            export interface RequestConfig extends AxiosRequestConfig {
              params: { mch_id: string; openid: string; grant_type: 'authorization_code'; sign_type: 'HMAC-SHA256'; sign: string }
            }
            export interface WellformedResponse { retcode: number; retmsg: string; access_token: string; access_token_expire_in: number }
            """),
        Spec("appauth/authindex", "Get", "export interface RequestConfig { params: { mch_id: string; state: string }; baseURL: 'https://payapp.weixin.qq.com/' }\nexport interface WellformedResponse {}"),
        Spec("papay/h5entrustweb", "Get", """
            export interface RequestConfig { params: { mch_id: string; notify_url: string; sign?: string; sign_type?: 'MD5' | 'HMAC-SHA256' } }
            export interface WellformedResponse { return_code: string; return_msg: string; result_code: string; redirect_url: string }
            """),
        Spec("papay/entrustweb", "Get", "export interface RequestConfig { params: { mch_id: string; notify_url: string; sign: string; timestamp: string } }\nexport interface WellformedResponse {}"),
        Spec("library/find", "Get", """
            export interface RequestConfig { params: { mch_id: string } }
            export interface WellformedResponse { loan_no: string; total: number; book: { name: string } }
            """),
        Spec("library/store", "Post", """
            export interface JsonDataRequest { mch_id: string; nonce_str: string; sign_type: 'HMAC-SHA256'; sign: string; total_fee: number; book: { name: string } }
            export interface WellformedResponse { return_code: string; loan_no: string }
            """),
        Spec("library/media", "Post", """
            export interface BinaryDataRequest { media: ReadStream; media_hash: string; mch_id: string; sign_type: 'HMAC-SHA256' | 'MD5'; sign: string }
            export interface RequestConfig { data?: BinaryDataRequest; security: true }
            export interface WellformedResponse { return_code: string; result_code: string; media_id: string }
            """),
        Spec("library/manage", "Post", """
            export interface XmlDataRequest {
              mch_id: string
              /** @encrypted */
              name: string
            }
            export interface RequestConfig { data?: XmlDataRequest; params: { action: 'add' | 'query' } }
            export interface WellformedResponse {
              return_code: string
              sub_mch_id: string
              /** @encrypted */
              contact: string
            }
            """),
        Spec("library/bare", "Post", "export interface XmlDataRequest {}\nexport interface WellformedResponse { return_code: string }"),
        Spec("library/mixed", "Post", "export interface XmlDataRequest { mch_id: string }\nexport interface WellformedResponse { loan_no: string }", "/** @response json */\n"),
    ];

    private static readonly CompiledProgram Program = new(Load);

    private readonly Gateway _gateway = new() { IsAnswerSigned = false };

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task A_query_is_signed_and_its_unsigned_JSON_answer_read()
    {
        _gateway.Answer = """{"retcode":0,"retmsg":"ok","access_token":"T","access_token_expire_in":7200}""";

        Assert.Equal("0|T|7200", await CallAsync("Token"));

        var sign = Sign(isHmac: true, "grant_type=authorization_code&mch_id=1900000001&openid=o &=中&sign_type=HMAC-SHA256");
        Assert.Equal(
            (HttpMethod.Get, $"/appauth/getaccesstoken?mch_id=1900000001&openid=o%20%26%3D%E4%B8%AD&grant_type=authorization_code&sign_type=HMAC-SHA256&sign={sign}", (string?)null),
            (_gateway.Method!, _gateway.PathAndQuery, _gateway.Body));
        Assert.False(_gateway.Headers.ContainsKey("Authorization"));
        Assert.False(_gateway.Headers.ContainsKey("Wechatpay-Serial"));
    }

    [Theory]
    [InlineData("""{"retcode":10013,"retmsg":"no"}""", "10013")]
    [InlineData("""{"code":"PARAM_ERROR","message":"no"}""", "PARAM_ERROR")]
    [InlineData("<xml><return_code>FAIL</return_code><return_msg>no</return_msg></xml>", null)]
    public async Task Errors_are_known_in_either_form(string answer, string? code)
    {
        _gateway.Answer = answer;
        var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => CallAsync("Token"));
        Assert.Equal((code, "no", false, WeChatPayOutcome.Unknown), (error.Code, error.ApiMessage, error.IsVerified, error.Outcome));
    }

    [Theory]
    [InlineData("<html>proxy</html>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><xml><retcode>0</retcode></xml>")]
    [InlineData("""{"retcode":0,"access_token":"T","access_token":"U"}""")]
    [InlineData("""{"retcode":0,"access_token":"T"}x""")]
    [InlineData("""{"retcode":0""")]
    [InlineData("""[{"retcode":0}]""")]
    [InlineData("plain")]
    [InlineData("")]
    public async Task What_is_neither_JSON_nor_XML_of_members_is_refused(string answer)
    {
        _gateway.Answer = answer;
        var error = await Assert.ThrowsAnyAsync<WeChatPayException>(async () => Assert.Equal("0||", await CallAsync("Token")));
        Assert.Equal(WeChatPayOutcome.Unknown, error.Outcome);
    }

    [Fact]
    public async Task A_query_with_an_unsigned_XML_answer()
    {
        _gateway.Answer = "<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><redirect_url><![CDATA[https://a.example/?x&y]]></redirect_url></xml>";
        Assert.Equal("https://a.example/?x&y", await CallAsync("H5"));
        var sign = Sign(isHmac: true, "mch_id=1900000001&notify_url=https://a.example/?b=c&sign_type=HMAC-SHA256");
        Assert.Equal($"/papay/h5entrustweb?mch_id=1900000001&notify_url=https%3A%2F%2Fa.example%2F%3Fb%3Dc&sign_type=HMAC-SHA256&sign={sign}", _gateway.PathAndQuery);
    }

    [Fact]
    public async Task A_page_is_an_address_that_is_signed_and_not_called()
    {
        var sign = Sign(isHmac: false, "mch_id=1900000001&notify_url=https://a.example/?b=c&timestamp=1700000000");
        Assert.Equal(
            $"https://api.mch.weixin.qq.com/papay/entrustweb?mch_id=1900000001&notify_url=https%3A%2F%2Fa.example%2F%3Fb%3Dc&timestamp=1700000000&sign={sign}",
            await CallAsync("Page"));
        Assert.Equal("https://payapp.weixin.qq.com/appauth/authindex?mch_id=1900000001&state=s", await CallAsync("Index"));
        Assert.Null(_gateway.Method);

        await Assert.ThrowsAsync<InvalidOperationException>(() => CallAsync("Page", Gateway.Options));
    }

    [Fact]
    public async Task A_signed_JSON_answer_is_held_against_its_signature()
    {
        const string Members = "\"loan_no\":\"L-1\",\"total\":3,\"book\":{\"name\":\"b\"}";
        var sign = Sign(isHmac: false, """book={"name":"b"}&loan_no=L-1&total=3""");
        _gateway.Answer = $$"""{{{Members}}, "sign":"{{sign}}"}""";
        Assert.Equal("L-1|3|b", await CallAsync("Find"));
        Assert.Equal($"/library/find?mch_id=1900000001&sign={Sign(isHmac: false, "mch_id=1900000001")}", _gateway.PathAndQuery);

        _gateway.Answer = _gateway.Answer.Replace("L-1", "L-2", StringComparison.Ordinal);
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, (await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync("Find"))).Reason);

        _gateway.Answer = $$"""{{{Members}}}""";
        var unsigned = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync("Find"));
        Assert.Equal((WeChatPaySignatureFailure.MissingHeader, WeChatPayOutcome.Unknown), (unsigned.Reason, unsigned.Outcome));
    }

    [Fact]
    public async Task An_answer_in_XML_is_read_where_the_document_led_to_JSON()
    {
        _gateway.Answer = Xml(isHmac: false, ("loan_no", "L-1"), ("total", "3"));
        Assert.Equal("L-1|3|", await CallAsync("Find"));
    }

    [Fact]
    public async Task An_answer_above_the_limit_is_refused()
    {
        _gateway.Answer = $$"""{"loan_no":"{{new string('a', 9 * 1024 * 1024)}}"}""";
        var error = await Assert.ThrowsAsync<WeChatPayTransportException>(() => CallAsync("Find"));
        Assert.Equal((WeChatPayTransportFailure.AnswerTooLarge, WeChatPayOutcome.Unknown), (error.Reason, error.Outcome));
    }

    [Fact]
    public async Task A_JSON_body_is_signed_by_a_member_of_its_own()
    {
        _gateway.Answer = Xml(isHmac: true, ("return_code", "SUCCESS"), ("loan_no", "L-1"));
        Assert.Equal("L-1", await CallAsync("Store"));

        const string Book = """{"name":"b\"c"}""";
        var sign = Sign(isHmac: true, $"book={Book}&mch_id=1900000001&nonce_str=n&shelf=S&sign_type=HMAC-SHA256&total_fee=5");
        Assert.Equal($$"""{"mch_id":"1900000001","nonce_str":"n","sign_type":"HMAC-SHA256","total_fee":5,"book":{{Book}},"shelf":"S","sign":"{{sign}}"}""", _gateway.Body);
        Assert.False(_gateway.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task An_upload_signs_its_parts_of_text()
    {
        _gateway.Answer = Xml(isHmac: true, ("return_code", "SUCCESS"), ("result_code", "SUCCESS"), ("media_id", "M-1"));
        Assert.Equal("M-1", await CallAsync("Media"));

        const string Md5OfAbc = "900150983cd24fb0d6963f7d28e17f72";
        var sign = Sign(isHmac: true, $"mch_id=1900000001&media_hash={Md5OfAbc}&sign_type=HMAC-SHA256");
        var body = _gateway.Body!;
        var boundary = body[..body.IndexOf('\r', StringComparison.Ordinal)];
        Assert.Equal(
            $"{boundary}\r\n{Part("mch_id", "1900000001")}{boundary}\r\n{Part("sign_type", "HMAC-SHA256")}{boundary}\r\n{Part("media_hash", Md5OfAbc)}{boundary}\r\n{Part("sign", sign)}"
                + $"{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nabc\r\n{boundary}--\r\n",
            body);
        Assert.False(_gateway.Headers.ContainsKey("Authorization"));

        _gateway.Answer = _gateway.Answer.Replace("M-1", "M-2", StringComparison.Ordinal);
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync("Media"));
    }

    [Fact]
    public async Task An_XML_body_beside_a_query_with_encrypted_members()
    {
        _gateway.Answer = Xml(isHmac: false, ("return_code", "SUCCESS"), ("sub_mch_id", "2"), ("contact", Gateway.Encrypt("李四")));
        Assert.Equal("2|李四", await CallAsync("Manage"));

        Assert.Equal("/library/manage?action=add", _gateway.PathAndQuery);
        var ciphertext = _gateway.Body!.Split("<name>")[1].Split("</name>")[0];
        Assert.Equal("张三", Gateway.Decrypt(ciphertext));
        Assert.Equal($"<xml><mch_id>1900000001</mch_id><name>{ciphertext}</name><sign>{Sign(isHmac: false, $"mch_id=1900000001&name={ciphertext}")}</sign></xml>", _gateway.Body);
        Assert.Equal(Gateway.Options.PublicKeyId, _gateway.Headers["Wechatpay-Serial"]);

        _gateway.Answer = Xml(isHmac: false, ("return_code", "SUCCESS"), ("contact", "AAAA"));
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => CallAsync("Manage"));
    }

    [Fact]
    public async Task An_XML_body_without_members_takes_those_of_the_caller()
    {
        _gateway.Answer = Xml(isHmac: false, ("return_code", "SUCCESS"));
        Assert.Equal("ok", await CallAsync("Bare"));
        Assert.Equal($"<xml><mch_id>1900000001</mch_id><sign>{Sign(isHmac: false, "mch_id=1900000001")}</sign></xml>", _gateway.Body);
    }

    [Fact]
    public async Task A_JSON_answer_to_an_XML_body()
    {
        _gateway.Answer = $$"""{"loan_no":"L-1","sign":"{{Sign(isHmac: false, "loan_no=L-1")}}"}""";
        Assert.Equal("L-1", await CallAsync("JsonOfXml"));
        Assert.StartsWith("<xml><mch_id>", _gateway.Body, StringComparison.Ordinal);
    }

    private static string Part(string name, string value) => $"Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private static SpecText Spec(string path, string verb, string declarations, string tags = "")
    {
        var segments = string.Join('.', path.Split('/').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return SpecText.Project($"openapi/v2/{path}.md", $"# Sample {{#{verb.ToLowerInvariant()}}}\n\n```js twoslash\n// @filename: virtual.ts\n{tags}namespace WeChatPay.OpenAPI.V2.{segments}.{verb}HttpMethod {{\n{declarations.ReplaceLineEndings("\n")}\n}}\n```\n");
    }

    private static string Xml(bool isHmac, params (string Name, string Value)[] members)
    {
        var text = string.Join('&', members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={member.Value}"));
        return $"<xml>{string.Concat(members.Select(member => $"<{member.Name}>{member.Value}</{member.Name}>"))}<sign>{Sign(isHmac, text)}</sign></xml>";
    }

    [SuppressMessage("Security", "CA5351", Justification = "The protocol's older algorithm.")]
    private static string Sign(bool isHmac, string members)
    {
        var bytes = Encoding.UTF8.GetBytes($"{members}&key={Key}");
        return Convert.ToHexString(isHmac ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), bytes) : MD5.HashData(bytes));
    }

    private Task<string> CallAsync(string name, WeChatPayOptions? options = null)
    {
        if (options is null) (options = Gateway.Options).ApiV2Key = Key;
        return Program.CallAsync(name, options, _gateway);
    }

    private static GeneratorHarness Load()
    {
        var harness = GeneratorHarness.Run(Specs, code: Code);
        Assert.Empty(harness.Diagnostics);
        return harness;
    }
}
