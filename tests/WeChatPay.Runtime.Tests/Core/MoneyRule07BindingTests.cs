namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 7: a valid answer about another order is no answer to this request.</summary>
public class MoneyRule07BindingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"out_trade_no":"T2","mchid":"1900000001"}""")]
    [InlineData("""{"out_trade_no":"t1"}""")]
    [InlineData("""{"out_trade_no":"T1 "}""")]
    [InlineData("""{"out_trade_no":""}""")]
    [InlineData("""{"out_trade_no":"T1","mchid":"1900000002"}""")]
    [InlineData("""{"mchid":1900000002}""")]
    [InlineData("""{"out_trade_no":{"a":1}}""")]
    [InlineData("""{"out_trade_no":["T1"]}""")]
    [InlineData("""{"out_trade_no":"T2","out_trade_no":"T1"}""")]
    [InlineData("""{"out_trade_no":"T1","out_trade_no":"T2"}""")]
    [InlineData("""{"out_tr\u0061de_no":"T2"}""")]
    [InlineData("\uFEFF{\"out_trade_no\":\"T2\"}")]
    public async Task An_answer_with_another_number_or_merchant_is_a_signature_failure(string body)
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(body));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.GetAsync("T1", "1900000001", Ct));
        Assert.Equal(
            (WeChatPaySignatureFailure.EchoMismatch, WeChatPayOutcome.Unknown, false, "T1"),
            (failure.Reason, failure.Outcome, failure.IsVerified, failure.BusinessNumber));
    }

    [Theory]
    [InlineData("""{"out_trade_no":"T1","mchid":"1900000001","total":1}""")]
    [InlineData("""{"out_trade_no":"T\u0031","mchid":1900000001,"total":1}""")]
    [InlineData("""{"total":1,"amount":{"out_trade_no":"T2"},"list":[{"mchid":"x"}]}""")]
    [InlineData("""{"out_trade_no":null,"total":1}""")]
    public async Task An_answer_that_repeats_the_request_or_says_nothing_is_accepted(string body)
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(body));
        Assert.Equal(1, (await client.Orders.GetAsync("T1", "1900000001", Ct)).Total);
    }

    [Fact]
    public async Task A_path_value_is_compared_as_the_caller_gave_it_not_as_it_was_encoded()
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi("""{"out_trade_no":"测/1","total":1}"""));
        Assert.Equal(1, (await client.Orders.GetAsync("测/1", null, Ct)).Total);
    }

    [Theory]
    [InlineData("R1", true)]
    [InlineData("R2", false)]
    public async Task A_value_of_the_body_is_compared_too(string number, bool accepted)
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi($$"""{"out_refund_no":"{{number}}","total":1}"""));
        var call = client.Orders.RefundAsync(new() { OutTradeNo = "T1", OutRefundNo = "R1" }, Ct);
        if (accepted)
        {
            Assert.Equal(1, (await call).Total);
        }
        else
        {
            Assert.Equal(WeChatPaySignatureFailure.EchoMismatch, (await Assert.ThrowsAsync<WeChatPaySignatureException>(() => call)).Reason);
        }
    }

    [Fact]
    public async Task What_the_request_did_not_say_is_not_compared()
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi("""{"out_trade_no":"T1","mchid":"1900000009","total":1}"""));
        Assert.Equal(1, (await client.Orders.GetAsync("T1", null, Ct)).Total);
    }

    /// <summary>Both are signed, both are in time, each belongs to the other's request.</summary>
    [Fact]
    public async Task Two_answers_that_the_gateway_swapped_are_both_refused()
    {
        var both = new TaskCompletionSource();
        var api = new FakeApi(request => FakeApi.Signed(
            $$"""{"out_trade_no":"{{(request.Address.AbsolutePath.EndsWith("/A", StringComparison.Ordinal) ? "B" : "A")}}","mchid":"1900000001","total":1}"""));
        var arrived = 0;
        api.Before = async (_, ct) =>
        {
            if (Interlocked.Increment(ref arrived) == 2)
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(ct);
        };
        using var client = new TestClient(TestMerchant.Options(), api);
        foreach (var (call, number) in new[] { (client.Orders.GetAsync("A", null, Ct), "A"), (client.Orders.GetAsync("B", null, Ct), "B") })
        {
            var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => call);
            Assert.Equal(
                (WeChatPaySignatureFailure.EchoMismatch, WeChatPayOutcome.Unknown, number), (failure.Reason, failure.Outcome, failure.BusinessNumber));
        }
    }

    [Fact]
    public async Task Two_refunds_whose_answers_were_swapped_are_both_refused()
    {
        var api = new FakeApi(request => FakeApi.Signed(
            request.Text.Contains("\"R1\"", StringComparison.Ordinal) ? """{"out_refund_no":"R2","total":2}""" : """{"out_refund_no":"R1","total":1}"""));
        using var client = new TestClient(TestMerchant.Options(), api);
        foreach (var number in (string[])["R1", "R2"])
        {
            var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.RefundAsync(new() { OutTradeNo = "T1", OutRefundNo = number }, Ct));
            Assert.Equal((WeChatPaySignatureFailure.EchoMismatch, WeChatPayOutcome.Unknown, number), (failure.Reason, failure.Outcome, failure.BusinessNumber));
        }
    }
}
