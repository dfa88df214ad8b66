using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace WeChatPay.Sandbox.Tests.GeneratedClient;

/// <summary>A connection that is cut after the gateway did its work: who asks again, how often, and that nobody asks elsewhere.</summary>
public sealed class RepetitionTests
{
    private const string Number = "TEST-ORDER-0001";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_whose_answer_is_lost_is_asked_again_by_option()
    {
        using var hosts = new Hosts();
        await using var shop = await Shop.OpenAsync(configure: options => options.MaxRepetitions = 1);
        await shop.OrderAsync(Number);
        shop.Gateway.Faults.Add(SandboxFault.LoseAnswer());

        Assert.Equal(Number, (await shop.QueryAsync(Number)).OutTradeNo);

        Assert.Equal(2, Exchanges(shop, "GET"));
        hosts.AssertLoopbackOnly();
    }

    [Fact]
    public async Task A_refund_whose_answer_is_lost_is_made_once_and_told_by_option()
    {
        await using var shop = await Shop.OpenAsync(configure: options => options.MaxRepetitions = 1);
        var order = await shop.OrderAsync(Number);
        await shop.Gateway.PayAsync(order.PrepayId!, Ct);
        shop.Gateway.Faults.Add(SandboxFault.LoseAnswer().On("POST", "/v3/refund/"));

        var refund = await shop.Client.V3.Refund.Domestic.Refunds.PostAsync(
            new() { OutTradeNo = Number, OutRefundNo = "TEST-REFUND-1", Amount = new() { Refund = 40, Total = 100, Currency = "CNY" } }, cancellationToken: Ct);

        Assert.Equal("TEST-REFUND-1", refund.OutRefundNo);
        Assert.Equal(40, Assert.Single(shop.Gateway.Orders).Refunding);
        var sent = shop.Gateway.Exchanges.Where(exchange => exchange.Target.StartsWith("/v3/refund/", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, sent.Count);
        Assert.True(sent[0].RequestBody.Span.SequenceEqual(sent[1].RequestBody.Span));
    }

    [Fact]
    public async Task What_has_no_spec_is_not_sent_again_and_nothing_leaves_this_machine()
    {
        using var hosts = new Hosts();
        await using var shop = await Shop.OpenAsync(configure: options => options.MaxRepetitions = 5);
        shop.Gateway.Faults.Add(SandboxFault.LoseAnswer());

        var body = System.Text.Encoding.UTF8.GetBytes(Bodies.Jsapi(shop.Gateway, Number).ToJsonString());
        var lost = await Assert.ThrowsAsync<WeChatPayTransportException>(
            () => shop.Client.SendAsync(System.Net.Http.HttpMethod.Post, "/v3/pay/transactions/jsapi", body, cancellationToken: Ct));

        Assert.Equal((WeChatPayTransportFailure.ConnectionLost, WeChatPayOutcome.Unknown, Number), (lost.Reason, lost.Outcome, lost.BusinessNumber));
        Assert.Equal(1, Exchanges(shop, "POST"));
        Assert.Single(shop.Gateway.Orders);
        hosts.AssertLoopbackOnly();
    }

    [Fact]
    public async Task A_gateway_that_is_gone_has_no_backup_elsewhere()
    {
        using var hosts = new Hosts();
        var shop = await Shop.OpenAsync();
        await shop.Gateway.DisposeAsync();

        var gone = await Assert.ThrowsAsync<WeChatPayTransportException>(() => shop.OrderAsync(Number));

        Assert.Equal((WeChatPayTransportFailure.ConnectFailed, WeChatPayOutcome.NotSent), (gone.Reason, gone.Outcome));
        shop.Client.Dispose();
        hosts.AssertLoopbackOnly();
    }

    private static int Exchanges(Shop shop, string verb) => shop.Gateway.Exchanges.Count(exchange => exchange.Method == verb);

    /// <summary>Hears from the HTTP stack itself where requests go, whoever makes them.</summary>
    private sealed class Hosts : EventListener
    {
        private ConcurrentQueue<string>? _hosts;

        private ConcurrentQueue<string> Seen => LazyInitializer.EnsureInitialized(ref _hosts, static () => new());

        public void AssertLoopbackOnly()
        {
            Assert.NotEmpty(Seen);
            Assert.All(Seen, host => Assert.Equal("127.0.0.1", host));
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Http")
                EnableEvents(eventSource, EventLevel.Informational);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData is { EventName: "RequestStart", Payload: [_, string host, ..] })
                Seen.Enqueue(host);
        }
    }
}
