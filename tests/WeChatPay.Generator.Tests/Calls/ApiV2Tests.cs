using System.Diagnostics.CodeAnalysis;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>APIv2 operations: from the spec to the XML on the wire, and the answer back.</summary>
public sealed partial class ApiV2Tests : IDisposable
{
    private const string Key = "TESTONLYapiv2key0123456789ABCDEF";

    private const string Code = """
        using System;
        using System.IO;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using WeChatPay;
        using WeChatPay.V2.Library;

        public static class Program
        {
            public static WeChatPayClientBase Create(WeChatPayOptions options, HttpMessageHandler handler) => new WeChatPayClient(options, handler);

            public static WeChatPayClientBase CreateAlone(WeChatPayOptions options) => new WeChatPayClient(options);

            public static async Task<string> Lend(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                var request = new LoansPostRequest { MchId = "1900000001", Body = "a & <b>", TotalFee = 5, NonceStr = "n", ExtraProperties = new() { ["shelf"] = "S" } };
                request.Detail = new() { Tags = new[] { "x" } };
                LoansPostResponse answer = await ((WeChatPayClient)client).V2.Library.Loans.PostAsync(request, cancellationToken: cancellationToken);
                return $"{answer.LoanNo}|{answer.State == "OPEN"}|{answer.TotalFee}|{answer.FEES?[0]}|{answer.FEES?[1] is null}|{answer.FEES?[2]}|{answer.IDS?[0]?[1]}|{answer.Goods?[0].Name}|{answer.Http.XmlMembers["unknown"]}";
            }

            public static async Task<string> Refund(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                WeChatPayResponse answer = await ((WeChatPayClient)client).V2.Library.Refund.PostAsync(new() { MchId = "1900000001" }, cancellationToken: cancellationToken);
                return $"{answer.Http.Status}";
            }

            public static async Task<string> Bill(WeChatPayClientBase client, CancellationToken cancellationToken)
            {
                await using WeChatPayDownload file = await ((WeChatPayClient)client).V2.Library.Bill.PostAsync(new() { BillDate = "20240131" }, cancellationToken: cancellationToken);
                return await new StreamReader(file.UnverifiedStream).ReadToEndAsync(cancellationToken);
            }
        }
        """;

    private static readonly SpecText[] Specs =
    [
        Spec("loans", "Loans", """
            export interface XmlDataRequest {
              mch_id: string
              nonce_str: string
              sign: string
              sign_type?: 'MD5' | 'HMAC-SHA256'
              body: string
              total_fee: number
              detail?: { tags: string[] }
            }
            export interface WellformedResponse {
              return_code: 'SUCCESS' | 'FAIL'
              result_code: string
              loan_no: string
              state: 'OPEN' | 'CLOSED'
              total_fee: number
              coupon_fee: number
              coupon_fee_$n: number
              coupon_refund_id_$n_$m: string
              goods: { name: string }[]
            }
            """),
        Spec("refund", "Refund", "export interface XmlDataRequest { mch_id: string }\nexport interface RequestConfig { security: true }\nexport interface WellformedResponse { return_code: string }"),
        Spec("bill", "Bill", "export interface XmlDataRequest { bill_date: string }\nexport interface RequestConfig { responseType: 'stream' }\nexport interface WellformedResponse extends ReadStream {}"),
    ];

    private static readonly CompiledProgram Program = new(Load);

    private readonly Gateway _gateway = new() { IsAnswerSigned = false };

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task An_order_is_signed_sent_and_its_answer_read()
    {
        _gateway.Answer = Signed(
            isHmac: true, ("return_code", "SUCCESS"), ("result_code", "SUCCESS"), ("loan_no", "L-1"), ("state", "OPEN"), ("total_fee", "3000000000"), ("coupon_fee", "9"), ("coupon_fee_0", "1"),
            ("coupon_fee_2", "3"), ("coupon_refund_id_0_0", "a"), ("coupon_refund_id_0_1", "b"), ("goods", """[{"name":"book"}]"""), ("unknown", "u"));

        Assert.Equal("L-1|True|3000000000|1|True|3|b|book|u", await CallAsync("Lend"));

        Assert.Equal((HttpMethod.Post, "/library/loans"), (_gateway.Method, _gateway.PathAndQuery));
        const string Signed1 = "body=a & <b>&detail={\"tags\":[\"x\"]}&mch_id=1900000001&nonce_str=n&shelf=S&sign_type=HMAC-SHA256&total_fee=5&key=" + Key;
        var sign = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(Signed1)));
        Assert.Equal(
            "<xml><mch_id>1900000001</mch_id><nonce_str>n</nonce_str><sign_type>HMAC-SHA256</sign_type><body>a &amp; &lt;b&gt;</body><total_fee>5</total_fee>"
                + "<detail>{\"tags\":[\"x\"]}</detail><shelf>S</shelf><sign>" + sign + "</sign></xml>",
            _gateway.Body);
        Assert.False(_gateway.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task An_answer_without_its_signature_is_refused()
    {
        _gateway.Answer = "<xml><return_code>SUCCESS</return_code><loan_no>L-1</loan_no></xml>";
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => CallAsync("Lend"));
    }

    [Fact]
    public async Task A_call_with_client_certificate_without_sign_type_uses_MD5()
    {
        _gateway.Answer = Signed(isHmac: false, ("return_code", "SUCCESS"));
        Assert.Equal("200", await CallAsync("Refund"));
        Assert.Equal($"<xml><mch_id>1900000001</mch_id><sign>{Sign(isHmac: false, ("mch_id", "1900000001"))}</sign></xml>", _gateway.Body);

        // Over connections of its own the client knows whether there is a certificate.
        using var client = Program.CreateAlone(Options());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Program.CallAsync("Refund", client));
    }

    [Fact]
    public async Task A_bill_is_a_stream()
    {
        _gateway.Answer = "`1,`2\n";
        Assert.Equal("`1,`2\n", await CallAsync("Bill"));
        Assert.StartsWith("<xml><bill_date>20240131</bill_date><sign>", _gateway.Body, StringComparison.Ordinal);
    }

    private static SpecText Spec(string path, string segments, string declarations) => SpecText.Project(
        $"openapi/v2/library/{path}.md",
        $$"""
        ---
        title: Sample
        description: A sample.
        optionality: declared
        ---

        # Sample {#post}

        ```ts
        namespace WeChatPay.OpenAPI.V2.Library.{{segments}}.PostHttpMethod {
        {{declarations}}
        }
        ```
        """.ReplaceLineEndings("\n") + "\n");

    private static string Signed(bool isHmac, params (string Name, string Value)[] members)
        => $"<xml>{string.Concat(members.Select(member => $"<{member.Name}><![CDATA[{member.Value}]]></{member.Name}>\n"))}<sign>{Sign(isHmac, members)}</sign></xml>";

    [SuppressMessage("Security", "CA5351", Justification = "The protocol's older algorithm.")]
    private static string Sign(bool isHmac, params (string Name, string Value)[] members)
    {
        var text = string.Concat(members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={member.Value}&")) + "key=" + Key;
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexString(isHmac ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), bytes) : MD5.HashData(bytes));
    }

    private static WeChatPayOptions Options()
    {
        var options = Gateway.Options;
        options.ApiV2Key = Key;
        return options;
    }

    private Task<string> CallAsync(string name) => Program.CallAsync(name, Options(), _gateway);

    private static GeneratorHarness Load()
    {
        // The property of a numbered member is named by the reader; what is tested here is the code.
        var source = GeneratorHarness.Run(Specs).SourceOf("v2.library.loans");
        var code = Code.Replace("FEES", Fees().Match(source).Groups[1].Value, StringComparison.Ordinal).Replace("IDS", Ids().Match(source).Groups[1].Value, StringComparison.Ordinal);
        var harness = GeneratorHarness.Run(Specs, code: code);
        Assert.Empty(harness.Diagnostics);
        return harness;
    }

    [GeneratedRegex("""(\w+) = r\.Integers\("coupon_fee_\$n"\)""")]
    private static partial Regex Fees();

    [GeneratedRegex("""(\w+) = r\.TextLists\("coupon_refund_id_\$n_\$m"\)""")]
    private static partial Regex Ids();
}
