using System.Net.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 3 with the handlers of Microsoft.Extensions.Http.Resilience, as hosts set them for one client or for all.</summary>
public sealed class MoneyRule03StandardHandlersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Failures => new()
    {
        { "retry, all clients", "500" },
        { "retry, all clients", "lost" },
        { "retry, this client", "500" },
        { "retry, this client", "lost" },
        { "hedging, all clients", "500" },
        { "hedging, all clients", "slow" },
        { "hedging, this client", "500" },
        { "hedging, this client", "lost" },
        { "hedging, this client", "slow" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task An_order_reaches_the_wire_once_and_the_failure_says_so(string handler, string failure)
    {
        var api = Api(failure, times: 9);
        await using var provider = Host(handler, api);
        var client = provider.GetRequiredService<TestClient>();
        var refused = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct));
        Assert.Equal(
            (WeChatPayTransportFailure.RepetitionRefused, WeChatPayOutcome.Unknown, "T1"), (refused.Reason, refused.Outcome, refused.BusinessNumber));
        Assert.Contains("resilience handler", refused.Message, StringComparison.Ordinal);
        Assert.Single(api.Requests);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_has_no_spec_reaches_the_wire_once(string handler, string failure)
    {
        var api = Api(failure, times: 9);
        await using var provider = Host(handler, api);
        var client = provider.GetRequiredService<TestClient>();
        await Assert.ThrowsAsync<WeChatPayTransportException>(
            () => client.SendAsync(HttpMethod.Post, "/v3/x", """{"out_refund_no":"R1"}"""u8.ToArray(), cancellationToken: Ct));
        Assert.Single(api.Requests);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_is_idempotent_is_repeated_with_identical_bytes(string handler, string failure)
    {
        foreach (var isRefund in new[] { true, false })
        {
            var api = Api(failure, times: 1);
            await using var provider = Host(handler, api);
            var orders = provider.GetRequiredService<TestClient>().Orders;
            var answer = isRefund ? await orders.RefundAsync(new() { OutRefundNo = "R1" }, Ct) : await orders.GetAsync("T1", null, Ct);
            Assert.Equal("wx1", answer.PrepayId);
            Assert.Equal(2, api.Requests.Count);
            Assert.Equal(api.Requests[0].Body, api.Requests[1].Body);
            Assert.Equal(api.Requests[0].Address, api.Requests[1].Address);
            Assert.Equal(api.Requests[0].Header("Authorization"), api.Requests[1].Header("Authorization"));
            SignedCallTests.AssertSigned(api.Requests[1]);
        }
    }

    [Theory]
    [InlineData("retry, all clients")]
    [InlineData("hedging, this client")]
    public async Task A_handler_that_has_nothing_to_do_changes_nothing(string handler)
    {
        var api = Api("500", times: 0);
        await using var provider = Host(handler, api);
        Assert.Equal("wx1", (await provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
    }

    private static FakeApi Api(string failure, int times)
    {
        var left = times;
        bool Fails() => Interlocked.Decrement(ref left) >= 0;
        return failure switch
        {
            "500" => new(_ => Fails() ? FakeApi.Unsigned("", 500) : FakeApi.Signed("""{"prepay_id":"wx1"}""")),
            "lost" => new("""{"prepay_id":"wx1"}""") { Before = (_, _) => Fails() ? throw new HttpRequestException("reset") : Task.CompletedTask },
            _ => new("""{"prepay_id":"wx1"}""") { Before = (_, ct) => Fails() ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask },
        };
    }

    private static ServiceProvider Host(string handler, HttpMessageHandler wire)
    {
        var services = SecretWatch.Services();
        if (handler == "retry, all clients")
        {
            services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler(Quickly));
        }

        if (handler == "hedging, all clients")
        {
            services.ConfigureHttpClientDefaults(http => http.AddStandardHedgingHandler().Configure(Early));
        }

        services.AddWeChatPay<TestClient>(options => TestMerchant.Copy(TestMerchant.Options(), options));
        var client = services.AddHttpClient("WeChatPay").ConfigurePrimaryHttpMessageHandler(() => wire);
        if (handler == "retry, this client")
        {
            client.AddStandardResilienceHandler(Quickly);
        }
        else if (handler == "hedging, this client")
        {
            client.AddStandardHedgingHandler().Configure(Early);
        }

        return services.BuildServiceProvider();

        static void Early(HttpStandardHedgingResilienceOptions options) => options.Hedging.Delay = TimeSpan.FromMilliseconds(50);

        static void Quickly(HttpStandardResilienceOptions options) => options.Retry.Delay = TimeSpan.FromMilliseconds(1);
    }
}
