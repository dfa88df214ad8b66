using System.Net.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 3: resilience handlers of the host cannot repeat a money call silently.</summary>
public class MoneyRule03ResilienceHandlerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_retry_handler_cannot_send_an_order_twice(bool forAllClients)
    {
        var api = new FakeApi(_ => FakeApi.Unsigned("", 500));
        await using var provider = Host(api, () => new Retry(), forAllClients);
        var client = provider.GetRequiredService<TestClient>();

        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct));

        Assert.Equal((WeChatPayTransportFailure.RepetitionRefused, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.Equal("T1", failure.BusinessNumber);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task A_retry_handler_cannot_send_an_order_twice_after_a_broken_connection()
    {
        var api = new FakeApi("{}") { Before = (_, _) => throw new HttpRequestException("reset") };
        await using var provider = Host(api, () => new Retry());
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(
            () => provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.RepetitionRefused, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.IsType<HttpRequestException>(failure.InnerException);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task A_retry_after_a_failure_to_connect_is_the_first_time_on_the_wire()
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        var attempts = 0;
        var wire = new Flaky(api, () => attempts++ == 0 ? new HttpRequestException(HttpRequestError.ConnectionError, "no") : null);
        await using var provider = Host(wire, () => new Retry());
        Assert.Equal("wx1", (await provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task A_hedging_handler_that_copies_requests_cannot_send_an_order_twice()
    {
        var api = new FakeApi("{}") { Before = (_, ct) => Task.Delay(Timeout.Infinite, ct) };
        await using var provider = Host(api, () => new Hedging());
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(
            () => provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.RepetitionRefused, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task What_is_idempotent_may_be_repeated_with_identical_bytes()
    {
        foreach (var refund in new[] { true, false })
        {
            var attempts = 0;
            var api = new FakeApi(_ => attempts++ == 0 ? FakeApi.Unsigned("", 500) : FakeApi.Signed("""{"prepay_id":"wx1"}"""));
            await using var provider = Host(api, () => new Retry());
            var orders = provider.GetRequiredService<TestClient>().Orders;
            var answer = refund ? await orders.RefundAsync(new() { OutRefundNo = "R1" }, Ct) : await orders.GetAsync("T1", null, Ct);
            Assert.Equal("wx1", answer.PrepayId);
            Assert.Equal(2, api.Requests.Count);
            Assert.Equal(api.Requests[0].Body, api.Requests[1].Body);
            Assert.Equal(api.Requests[0].Header("Authorization"), api.Requests[1].Header("Authorization"));
        }
    }

    [Fact]
    public async Task A_repetition_with_an_old_signature_is_refused()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var api = new FakeApi(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(240));
            return FakeApi.Unsigned("", 500);
        });
        await using var provider = Host(api, () => new Retry(), clock: clock);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(
            () => provider.GetRequiredService<TestClient>().Orders.RefundAsync(new() { OutRefundNo = "R1" }, Ct));
        Assert.Equal(WeChatPayTransportFailure.RepetitionRefused, failure.Reason);
        Assert.Single(api.Requests);
    }

    public static TheoryData<string> Changes => ["address", "host", "verb", "content"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_handler_that_changes_what_was_signed_is_caught_before_the_wire(string what)
    {
        var api = new FakeApi("{}");
        await using var provider = Host(api, () => new Change(request =>
        {
            switch (what)
            {
                case "address":
                    request.RequestUri = new(request.RequestUri!.AbsoluteUri + "?trace=1");
                    break;
                case "host":
                    request.RequestUri = new("https://collector.example" + request.RequestUri!.PathAndQuery);
                    break;
                case "verb":
                    request.Method = HttpMethod.Put;
                    break;
                default:
                    request.Content = new StringContent("{}");
                    break;
            }
        }));
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(
            () => provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.RequestChanged, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_copy_of_a_request_with_other_content_is_caught_too()
    {
        var api = new FakeApi("{}");
        await using var provider = Host(api, () => new Hedging { Content = new StringContent("{}") });
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(
            () => provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.RequestChanged, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task An_HTTP_client_that_was_handed_in_cannot_send_an_order_twice_either()
    {
        var wire = new Copying(500);
        using var http = new HttpClient(new Retry { InnerHandler = wire });
        using var client = new TestClient(TestMerchant.Options(), http);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.RepetitionRefused, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.Equal(1, wire.Sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_repeats_below_ours_cannot_send_an_order_twice_either(bool handedIn)
    {
        var wire = new Copying(500);
        var repeating = new Retry { InnerHandler = wire };
        await using var provider = handedIn ? null : Host(repeating, () => new Change(_ => { }));
        using var client = provider?.GetRequiredService<TestClient>() ?? new TestClient(TestMerchant.Options(), repeating);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.RepetitionRefused, WeChatPayOutcome.Unknown, "T1"), (failure.Reason, failure.Outcome, failure.BusinessNumber));
        Assert.Equal(1, wire.Sent);
    }

    [Fact]
    public async Task A_handler_above_ours_may_read_the_content_before_it_is_sent()
    {
        var wire = new Copying(500);
        await using var provider = Host(wire, () => new Change(request => request.Content!.CopyTo(System.IO.Stream.Null, null, Ct)));
        await Assert.ThrowsAsync<WeChatPayApiException>(() => provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(1, wire.Sent);
    }

    [Fact]
    public async Task A_connect_failure_that_a_foreign_handler_tells_after_it_read_the_request_does_not_open_the_way_for_a_second()
    {
        var wire = new Copying(200) { Failure = new HttpRequestException(HttpRequestError.ConnectionError, "the second of two tries of its own") };
        await using var provider = Host(wire, () => new Retry());
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(
            () => provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.RepetitionRefused, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.Equal(1, wire.Sent);
    }

    /// <summary>The first request may have been carried out, whatever the answer to the second says.</summary>
    [Theory]
    [InlineData("named")]
    [InlineData("handler")]
    [InlineData("client")]
    public async Task A_refusal_after_a_repetition_is_unknown(string over)
    {
        var attempts = 0;
        var wire = new Copying(0) { Answer = () => attempts++ == 0 ? FakeApi.Unsigned("", 502) : FakeApi.Signed("""{"code":"NOT_ENOUGH","message":"m"}""", 403) };
        using var repeating = new Retry { InnerHandler = wire };
        await using var provider = over == "named" ? Host(wire, () => new Retry()) : null;
        using var http = new HttpClient(repeating);
        using var client = over switch
        {
            "named" => provider!.GetRequiredService<TestClient>(),
            "handler" => new TestClient(TestMerchant.Options(), repeating),
            _ => new TestClient(TestMerchant.Options(), http),
        };
        var failure = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.RefundAsync(new() { OutRefundNo = "R1" }, Ct));
        Assert.Equal((403, "NOT_ENOUGH", true, WeChatPayOutcome.Unknown), (failure.Status, failure.Code, failure.IsVerified, failure.Outcome));
        Assert.Equal(2, wire.Sent);
    }

    [Fact]
    public async Task Requests_of_the_host_itself_pass_the_named_client_untouched()
    {
        var api = new FakeApi(_ => FakeApi.Unsigned("hello", 200));
        await using var provider = Host(api, () => new Retry());
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient("WeChatPay");
        Assert.Equal("hello", await http.GetStringAsync(new Uri("https://example.com/"), Ct));
    }

    private static ServiceProvider Host(HttpMessageHandler wire, Func<DelegatingHandler> handler, bool forAllClients = false, TimeProvider? clock = null)
    {
        var services = SecretWatch.Services();
        if (forAllClients)
        {
            services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(handler));
        }

        services.AddWeChatPay<TestClient>(options => TestMerchant.Copy(TestMerchant.Options(clock), options));
        var builder = services.AddHttpClient("WeChatPay").ConfigurePrimaryHttpMessageHandler(() => wire);
        if (!forAllClients)
        {
            builder.AddHttpMessageHandler(handler);
        }

        return services.BuildServiceProvider();
    }

    private sealed class Retry : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var left = 2; ; left--)
            {
                try
                {
                    var answer = await base.SendAsync(request, cancellationToken);
                    if ((int)answer.StatusCode < 500 || left == 0)
                    {
                        return answer;
                    }
                }
                catch (HttpRequestException) when (left > 0)
                {
                }
            }
        }
    }

    /// <summary>Copies the request as hedging handlers do, and lets the copy race the original.</summary>
    private sealed class Hedging : DelegatingHandler
    {
        public HttpContent? Content { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = Content ?? request.Content };
            foreach (var header in request.Headers.NonValidated)
            {
                copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            var first = base.SendAsync(request, cancel.Token);
            try
            {
                return await await Task.WhenAny(first, base.SendAsync(copy, cancel.Token));
            }
            finally
            {
                await cancel.CancelAsync();
            }
        }
    }

    private sealed class Change(Action<HttpRequestMessage> change) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            change(request);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Flaky(HttpMessageHandler inner, Func<Exception?> failure) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => failure() is { } e ? Task.FromException<HttpResponseMessage>(e) : base.SendAsync(request, cancellationToken);
    }

    /// <summary>Writes content to a connection as sockets do, without buffering it in the request.</summary>
    private sealed class Copying(int status) : HttpMessageHandler
    {
        public int Sent { get; private set; }

        public Exception? Failure { get; init; }

        public Func<HttpResponseMessage>? Answer { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(System.IO.Stream.Null, cancellationToken);
            Sent++;
            return Failure is not null ? throw Failure : Answer?.Invoke() ?? FakeApi.Unsigned("", status);
        }
    }
}
