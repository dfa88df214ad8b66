using System.Net;
using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Refunds: amounts, repetition, states.</summary>
public sealed class RefundTests : IAsyncLifetime
{
    private const string Refunds = "/v3/refund/domestic/refunds";

    private SandboxGateway _gateway = null!;
    private HandMadeClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await SandboxGateway.StartAsync(
            new SandboxOptions { Merchants = { TestMerchants.First }, RefundDelay = null }, TestContext.Current.CancellationToken);
        _client = new HandMadeClient(_gateway);
        await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway).ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_refund_is_processing_and_then_succeeds()
    {
        var payment = await PayAsync();

        var created = (await RefundAsync("REFUND-1", 40)).Json;
        var queried = (await _client.GetAsync($"{Refunds}/REFUND-1")).Json;
        await _gateway.CompleteRefundAsync("REFUND-1", cancellationToken: TestContext.Current.CancellationToken);
        var ended = (await _client.GetAsync($"{Refunds}/REFUND-1")).Json;

        Assert.Equal("PROCESSING", (string?)created["status"]);
        Assert.True(JsonNode.DeepEquals(created, queried));
        Assert.Equal(payment.TransactionId, (string?)created["transaction_id"]);
        Assert.Equal(40, (long)created["amount"]!["refund"]!);
        Assert.Equal(100, (long)created["amount"]!["total"]!);
        Assert.Null(created["success_time"]);
        Assert.Equal("SUCCESS", (string?)ended["status"]);
        Assert.NotNull(ended["success_time"]);
        Assert.Equal("REFUND", _gateway.Orders.Single().State);
    }

    [Fact]
    public async Task More_than_the_order_cannot_be_refunded()
    {
        await PayAsync();
        Assert.Equal("INVALID_REQUEST", (await RefundAsync("REFUND-0", 101)).Code);

        Assert.Equal(HttpStatusCode.OK, (await RefundAsync("REFUND-1", 60)).Status);
        Assert.Contains("only 40 of 100", (await RefundAsync("REFUND-2", 41)).Explanation, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await RefundAsync("REFUND-2", 40)).Status);
        Assert.Equal("订单已全额退款", (string?)(await RefundAsync("REFUND-3", 1)).Json["message"]);
        Assert.Equal(100, _gateway.Orders.Single().Refunding);
    }

    [Fact]
    public async Task A_closed_refund_gives_its_amount_back()
    {
        await PayAsync();
        await RefundAsync("REFUND-1", 100);

        await _gateway.CompleteRefundAsync("REFUND-1", SandboxRefundResult.Closed, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await RefundAsync("REFUND-2", 100)).Status);
    }

    [Fact]
    public async Task Concurrent_refunds_never_exceed_the_order()
    {
        await PayAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => RefundAsync($"REFUND-{i}", 10)));

        Assert.Equal(10, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(100, _gateway.Orders.Single().Refunding);
    }

    [Fact]
    public async Task The_same_refund_again_is_the_same_refund()
    {
        await PayAsync();
        var first = (await RefundAsync("REFUND-1", 40)).Json;

        Assert.Equal((string?)first["refund_id"], (string?)(await RefundAsync("REFUND-1", 40)).Json["refund_id"]);
        Assert.Equal("INVALID_REQUEST", (await RefundAsync("REFUND-1", 41)).Code);
        Assert.Equal(40, _gateway.Orders.Single().Refunding);
    }

    [Fact]
    public async Task An_unpaid_order_cannot_be_refunded()
        => Assert.Equal("订单未支付", (string?)(await RefundAsync("REFUND-1", 1)).Json["message"]);

    [Fact]
    public async Task The_total_has_to_be_the_orders()
    {
        await PayAsync();

        var answer = await _client.PostAsync(Refunds, Bodies.Refund("REFUND-1", 1, 99).ToJsonString());

        Assert.Equal("INVALID_REQUEST", answer.Code);
    }

    [Fact]
    public async Task The_order_is_named_by_one_of_its_numbers()
    {
        var payment = await PayAsync();
        var byTransaction = Bodies.Refund("REFUND-1", 1, 100).Without("out_trade_no").With("transaction_id", payment.TransactionId);
        var byNone = Bodies.Refund("REFUND-2", 1, 100).Without("out_trade_no");
        var byTwoOrders = Bodies.Refund("REFUND-3", 1, 100, "OTHER-ORDER-1").With("transaction_id", payment.TransactionId);

        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync(Refunds, byTransaction.ToJsonString())).Status);
        Assert.Equal("PARAM_ERROR", (await _client.PostAsync(Refunds, byNone.ToJsonString())).Code);
        Assert.Equal("RESOURCE_NOT_EXISTS", (await _client.PostAsync(Refunds, byTwoOrders.ToJsonString())).Code);
    }

    [Fact]
    public async Task An_unknown_refund_is_reported_as_such()
    {
        Assert.Equal("RESOURCE_NOT_EXISTS", (await _client.GetAsync($"{Refunds}/REFUND-1")).Code);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _gateway.CompleteRefundAsync("REFUND-1", cancellationToken: TestContext.Current.CancellationToken));
    }

    private Task<Answer> RefundAsync(string number, long amount) => _client.PostAsync(Refunds, Bodies.Refund(number, amount, 100).ToJsonString());

    private Task<SandboxPayment> PayAsync() => _gateway.PayAsync(Bodies.OutTradeNo, TestContext.Current.CancellationToken);
}
