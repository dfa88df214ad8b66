using System.IO;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.V2;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>APIv2 calls: which answers are believed, and what an error says of the outcome.</summary>
public sealed class ApiV2CallTests
{
    private const string Key = "TESTONLYapiv2key0123456789ABCDEF";

    private static readonly V2Members Request = new(("mch_id", "1900000001"), ("sign_type", "HMAC-SHA256"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbered_members_become_lists_with_their_place_kept()
    {
        using var client = Client(Signed(
            V2SignType.HmacSha256, ("return_code", "SUCCESS"), ("coupon_fee_0", "1"), ("coupon_fee_2", "3"), ("coupon_fee", "4"), ("coupon_fee_0_1", "5"),
            ("coupon_refund_id_1_0", "a"), ("coupon_refund_id_1_1", "b"), ("total_fee", "")));

        var answer = await client.Pay.OrderAsync(Request, Token);

        Assert.Equal([1, null, 3], answer.CouponFeeList!);
        Assert.Null(answer.RefundIdList![0]);
        Assert.Equal(["a", "b"], answer.RefundIdList[1]!);
        Assert.Null(answer.TotalFee);
    }

    [Fact]
    public async Task A_time_or_a_date_that_does_not_come_is_null()
    {
        using var client = Client(Signed(V2SignType.HmacSha256, ("return_code", "SUCCESS")));
        var answer = await client.Pay.OrderAsync(Request, Token);
        Assert.Null(answer.TimeEnd);
        Assert.Null(answer.BillDate);
    }

    [Theory]
    [InlineData("SYSTEMERROR")]
    [InlineData("BANKERROR")]
    [InlineData("USERPAYING")]
    [InlineData("SEND_FAILED")]
    public async Task Errors_that_decide_nothing_leave_the_outcome_unknown(string code)
    {
        using var client = Client(Signed(V2SignType.HmacSha256, ("return_code", "SUCCESS"), ("result_code", "FAIL"), ("err_code", code)));
        var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Pay.OrderAsync(Request, Token));
        Assert.Equal((code, WeChatPayOutcome.Unknown, true), (error.Code, error.Outcome, error.IsVerified));
    }

    [Fact]
    public async Task Another_algorithm_than_that_of_the_request_is_refused()
    {
        using var client = Client(Signed(V2SignType.Md5, ("return_code", "SUCCESS")));
        var error = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Pay.OrderAsync(Request, Token));
        Assert.Equal(WeChatPaySignatureFailure.UnsupportedAlgorithm, error.Reason);
    }

    [Fact]
    public async Task A_member_that_comes_twice_is_refused()
    {
        using var client = Client("<xml><return_code>SUCCESS</return_code><total_fee>1</total_fee><total_fee>100</total_fee></xml>");
        var error = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => client.Pay.UnsignedAsync(Request, Token));
        Assert.Contains("total_fee", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_about_another_merchant_is_refused()
    {
        using var client = Client(Signed(V2SignType.HmacSha256, ("return_code", "SUCCESS"), ("mch_id", "1900000002")));
        var error = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Pay.OrderAsync(Request, Token));
        Assert.Equal(WeChatPaySignatureFailure.EchoMismatch, error.Reason);
    }

    [Fact]
    public async Task Only_an_operation_whose_answers_carry_no_signature_takes_one_without()
    {
        using var client = Client("<xml><return_code>SUCCESS</return_code><prepay_id>p</prepay_id></xml>");
        Assert.Equal("p", (await client.Pay.UnsignedAsync(Request, Token)).PrepayId);
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Pay.OrderAsync(Request, Token));
    }

    [Fact]
    public async Task A_bill_is_a_stream_and_its_error_an_exception()
    {
        using var client = Client("\uFEFF交易时间,金额\n`2025,`1.00\n");
        await using (var bill = await client.Pay.BillAsync(Request, Token))
        {
            using var reader = new StreamReader(bill.UnverifiedStream);
            Assert.Equal("交易时间,金额\n`2025,`1.00\n", await reader.ReadToEndAsync(Token));
        }

        using var failing = Client("<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[No Bill Exist]]></return_msg><error_code><![CDATA[20002]]></error_code></xml>");
        var error = await Assert.ThrowsAsync<WeChatPayApiException>(() => failing.Pay.BillAsync(Request, Token));
        Assert.Equal(("20002", "No Bill Exist"), (error.Code, error.ApiMessage));
    }

    [Fact]
    public async Task What_is_missing_is_named_before_anything_is_sent()
    {
        using var api = new FakeApi(_ => FakeApi.Unsigned("", 200));
        using var keyless = new V2Client(TestMerchant.Options(), api);
        var noKey = await Assert.ThrowsAsync<InvalidOperationException>(() => keyless.Pay.OrderAsync(Request, Token));
        Assert.Contains("ApiV2Key", noKey.Message, StringComparison.Ordinal);

        var options = TestMerchant.Options();
        options.ApiV2Key = Key;
        using var ownConnections = new V2Client(options);
        var noCertificate = await Assert.ThrowsAsync<InvalidOperationException>(() => ownConnections.Pay.RefundAsync(Request, Token));
        Assert.Contains("ClientCertificate", noCertificate.Message, StringComparison.Ordinal);

        using var client = new V2Client(options, api);
        var emoji = await Assert.ThrowsAsync<ArgumentException>(() => client.Pay.OrderAsync(new(("body", "😀")), Token));
        Assert.Contains("body", emoji.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => client.Pay.OrderAsync(new(("sign_type", "SHA1")), Token));
        Assert.Empty(api.Requests);
    }

    private static V2Client Client(string answer)
    {
        var options = TestMerchant.Options();
        options.ApiV2Key = Key;
        return new(options, new FakeApi(_ => FakeApi.Unsigned(answer, 200)));
    }

    private static string Signed(V2SignType type, params (string Name, string Value)[] members)
    {
        var sign = V2Signature.Compute(members.Select(member => KeyValuePair.Create(member.Name, member.Value)), Key, type);
        return $"<xml>{string.Concat(members.Select(member => $"<{member.Name}><![CDATA[{member.Value}]]></{member.Name}>\n"))}<sign>{sign}</sign></xml>";
    }
}
