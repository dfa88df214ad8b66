namespace WeChatPay.Sandbox.Tests.GeneratedClient;

/// <summary>After a failure the exception says what became of the order, and the gateway knows whether that is true.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public async Task A_lost_answer_is_unknown_and_the_same_order_again_is_the_same_order()
    {
        await using var shop = await Shop.OpenAsync();
        shop.Gateway.Faults.Add(SandboxFault.LoseAnswer());

        var lost = await Assert.ThrowsAsync<WeChatPayTransportException>(() => shop.OrderAsync("TEST-ORDER-0001"));

        Assert.Equal(WeChatPayOutcome.Unknown, lost.Outcome);
        var stands = Assert.Single(shop.Gateway.Orders);
        Assert.Equal(stands.PrepayId, (await shop.OrderAsync("TEST-ORDER-0001")).PrepayId);
        Assert.Equal(2, shop.Gateway.Exchanges.Count);
    }

    [Fact]
    public async Task A_late_answer_is_unknown()
    {
        await using var shop = await Shop.OpenAsync(configure: o => o.Timeout = TimeSpan.FromSeconds(3));
        shop.Gateway.Faults.Add(SandboxFault.Delay(TimeSpan.FromSeconds(30)).On("POST", "/v3/pay/"));

        var late = await Assert.ThrowsAsync<WeChatPayTransportException>(() => shop.OrderAsync("TEST-ORDER-0001"));

        Assert.Equal(WeChatPayTransportFailure.Timeout, late.Reason);
        Assert.Equal(WeChatPayOutcome.Unknown, late.Outcome);
        Assert.Single(shop.Gateway.Orders);
    }

    [Theory]
    [InlineData(500, "SYSTEM_ERROR")]
    [InlineData(502, "SERVICE_UNAVAILABLE")]
    [InlineData(429, "RATELIMIT_EXCEEDED")]
    public async Task The_gateways_own_trouble_is_unknown_and_reaches_the_wire_once(int status, string code)
    {
        await using var shop = await Shop.OpenAsync();
        shop.Gateway.Faults.Add(SandboxFault.Fail(status, code));

        var failed = await Assert.ThrowsAsync<WeChatPayApiException>(() => shop.OrderAsync("TEST-ORDER-0001"));

        Assert.Equal((status, code, WeChatPayOutcome.Unknown), (failed.Status, failed.Code, failed.Outcome));
        Assert.Single(shop.Gateway.Exchanges);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_says_whether_it_was_verified(bool signErrors)
    {
        await using var shop = await Shop.OpenAsync(sandbox: new SandboxOptions { SignErrors = signErrors });
        await shop.OrderAsync("TEST-ORDER-0001");

        var refused = await Assert.ThrowsAsync<WeChatPayApiException>(() => shop.OrderAsync("TEST-ORDER-0001", total: 101));

        Assert.Equal("INVALID_REQUEST", refused.Code);
        Assert.Equal(WeChatPayOutcome.Rejected, refused.Outcome);
        Assert.Equal(signErrors, refused.IsVerified);
        Assert.Equal(shop.Gateway.Exchanges[^1].RequestId, refused.RequestId);
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_was_sent_nothing()
    {
        var shop = await Shop.OpenAsync();
        await shop.Gateway.DisposeAsync();

        var unreachable = await Assert.ThrowsAsync<WeChatPayTransportException>(() => shop.OrderAsync("TEST-ORDER-0001"));

        Assert.Equal(WeChatPayOutcome.NotSent, unreachable.Outcome);
        shop.Client.Dispose();
    }
}
