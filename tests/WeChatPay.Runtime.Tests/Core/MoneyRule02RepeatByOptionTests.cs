using System.Net.Http;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 2: after a request may have left, only what is idempotent is repeated, only by option, and never when the caller has gone.</summary>
public sealed class MoneyRule02RepeatByOptionTests
{
    private readonly FakeTimeProvider _clock = new(TestMerchant.Now);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_default_nothing_is_repeated()
    {
        var api = Busy(times: 9);
        using var client = new TestClient(TestMerchant.Options(_clock), api);
        await Assert.ThrowsAsync<WeChatPayApiException>(() => RunAsync(client.Orders.GetAsync("T1", null, Ct)));
        await Assert.ThrowsAsync<WeChatPayApiException>(() => RunAsync(client.Orders.RefundAsync(new() { OutRefundNo = "R1" }, Ct)));
        Assert.Equal(2, api.Requests.Count);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("refund")]
    [InlineData("untyped query")]
    public async Task What_is_idempotent_is_repeated_with_the_same_bytes_and_a_new_signature(string what)
    {
        foreach (var isLost in new[] { true, false })
        {
            var api = isLost ? Lost(times: 2) : Busy(times: 2);
            using var client = new TestClient(Options(2), api);
            await RunAsync(Call(client, what));

            Assert.Equal(3, api.Requests.Count);
            Assert.All(api.Requests, SignedCallTests.AssertSigned);
            Assert.All(api.Requests, request => Assert.Equal(api.Requests[0].Body, request.Body));
            Assert.Single(api.Requests.Select(request => request.Address).Distinct());
            Assert.Equal(3, api.Requests.Select(request => request.Header("Authorization")).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("order")]
    [InlineData("untyped order")]
    public async Task What_is_not_idempotent_is_never_repeated(string what)
    {
        foreach (var api in new[] { Lost(times: 1), Busy(times: 1) })
        {
            using var client = new TestClient(Options(5), api);
            var failure = await Assert.ThrowsAnyAsync<WeChatPayException>(() => RunAsync(Call(client, what)));
            Assert.Equal((WeChatPayOutcome.Unknown, "T1"), (failure.Outcome, failure.BusinessNumber));
            Assert.Single(api.Requests);
        }
    }

    [Fact]
    public async Task It_ends_after_as_many_repetitions_as_were_asked_for()
    {
        var api = Busy(times: 9);
        using var client = new TestClient(Options(3), api);
        var failure = await Assert.ThrowsAsync<WeChatPayApiException>(() => RunAsync(Call(client, "refund")));
        Assert.Equal((503, WeChatPayOutcome.Unknown, "R1"), (failure.Status, failure.Outcome, failure.BusinessNumber));
        Assert.Equal(4, api.Requests.Count);
    }

    [Fact]
    public async Task One_call_may_ask_for_more_or_for_none()
    {
        var api = Busy(times: 9);
        using var client = new TestClient(Options(1), api);
        await Assert.ThrowsAsync<WeChatPayApiException>(() => RunAsync(client.SendAsync(HttpMethod.Get, "/v3/x", options: new() { MaxRepetitions = 3 }, cancellationToken: Ct)));
        Assert.Equal(4, api.Requests.Count);
        await Assert.ThrowsAsync<WeChatPayApiException>(() => RunAsync(client.SendAsync(HttpMethod.Get, "/v3/x", options: new() { MaxRepetitions = 0 }, cancellationToken: Ct)));
        Assert.Equal(5, api.Requests.Count);
        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(HttpMethod.Get, "/v3/x", options: new() { MaxRepetitions = 6 }, cancellationToken: Ct));
        Assert.Contains("MaxRepetitions", Assert.Throws<ArgumentException>(() => new TestClient(Options(-1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wait_is_at_least_what_the_API_asks_for()
    {
        var times = new List<DateTimeOffset>();
        var api = new FakeApi(_ =>
        {
            times.Add(_clock.GetUtcNow());
            var answer = times.Count == 1 ? FakeApi.Unsigned("""{"code":"RATELIMIT_EXCEEDED","message":"m"}""", 429) : FakeApi.Signed("{}", at: _clock.GetUtcNow());
            answer.Headers.Add("Retry-After", "7");
            return answer;
        });
        using var client = new TestClient(Options(1), api);
        await RunAsync(Call(client, "query"));
        Assert.InRange((times[1] - times[0]).TotalSeconds, 7, 8);
    }

    [Fact]
    public async Task A_wait_beyond_the_time_limit_is_not_begun()
    {
        var api = new FakeApi(_ =>
        {
            var answer = FakeApi.Unsigned("", 429);
            answer.Headers.Add("Retry-After", "31");
            return answer;
        });
        using var client = new TestClient(Options(5), api);
        var failure = await Assert.ThrowsAsync<WeChatPayApiException>(() => Call(client, "query"));
        Assert.Equal((true, TimeSpan.FromSeconds(31)), (failure.IsRateLimited, failure.RetryAfter));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task A_wait_of_more_than_a_minute_is_left_to_the_caller()
    {
        var api = new FakeApi(_ =>
        {
            var answer = FakeApi.Unsigned("", 429);
            answer.Headers.Add("Retry-After", "2147483647");
            return answer;
        });
        var options = Options(5);
        options.Timeout = Timeout.InfiniteTimeSpan;
        using var client = new TestClient(options, api);
        Assert.Equal(TimeSpan.FromSeconds(int.MaxValue), (await Assert.ThrowsAsync<WeChatPayApiException>(() => Call(client, "query"))).RetryAfter);
        Assert.Single(api.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task An_idempotent_operation_without_its_number_is_not_repeated(string? number)
    {
        var api = Busy(times: 9);
        using var client = new TestClient(Options(5), api);
        await Assert.ThrowsAsync<WeChatPayApiException>(() => RunAsync(client.Orders.RefundAsync(new() { OutTradeNo = "T1", OutRefundNo = number }, Ct)));
        Assert.Single(api.Requests);
    }

    [Theory]
    [InlineData("bad signature")]
    [InlineData("refused")]
    [InlineData("accepted")]
    [InlineData("another order")]
    [InlineData("html")]
    public async Task An_answer_that_says_something_is_no_reason(string what)
    {
        var api = new FakeApi(_ => what switch
        {
            "bad signature" => FakeApi.Unsigned("{}", 200),
            "refused" => FakeApi.Signed("""{"code":"PARAM_ERROR"}""", 400, _clock.GetUtcNow()),
            "accepted" => FakeApi.Signed("{}", 202, _clock.GetUtcNow()),
            "another order" => FakeApi.Signed("""{"out_refund_no":"R2"}""", 200, _clock.GetUtcNow()),
            _ => FakeApi.Unsigned("<html/>", 404),
        });
        using var client = new TestClient(Options(5), api);
        await Assert.ThrowsAnyAsync<WeChatPayException>(() => RunAsync(Call(client, "refund")));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task The_callers_cancellation_ends_it_under_way_and_while_it_waits()
    {
        foreach (var whileWaiting in new[] { true, false })
        {
            using var cancel = new CancellationTokenSource();
            var api = new FakeApi(_ => FakeApi.Unsigned("", 503));
            if (!whileWaiting)
            {
                api.Before = (_, _) =>
                {
                    cancel.Cancel();
                    throw new HttpRequestException("reset");
                };
            }

            using var client = new TestClient(Options(5), api);
            var call = client.Orders.RefundAsync(new() { OutRefundNo = "R1" }, cancel.Token);
            await cancel.CancelAsync();
            var failure = Assert.IsAssignableFrom<IWeChatPayFailure>(await Record.ExceptionAsync(() => RunAsync(call)));
            Assert.Equal((WeChatPayOutcome.Unknown, "R1"), (failure.Outcome, failure.BusinessNumber));
            Assert.Single(api.Requests);
        }
    }

    [Fact]
    public async Task An_attempt_that_hangs_leaves_time_for_the_next_one()
    {
        var api = Hanging(times: 2);
        using var client = new TestClient(WithAttemptTimeout(Options(2)), api);
        var started = _clock.GetUtcNow();
        await RunAsync(Call(client, "refund"));
        Assert.Equal(3, api.Requests.Count);
        Assert.Single(api.Requests.Select(request => Convert.ToHexString(request.Body)).Distinct());
        Assert.InRange((_clock.GetUtcNow() - started).TotalSeconds, 10, 14);
    }

    [Fact]
    public async Task The_last_attempt_that_hangs_says_so_and_that_the_outcome_is_unknown()
    {
        var api = Hanging(times: 9);
        using var client = new TestClient(WithAttemptTimeout(Options(2)), api);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => RunAsync(Call(client, "refund")));
        Assert.Equal((WeChatPayTransportFailure.Timeout, WeChatPayOutcome.Unknown, "R1"), (failure.Reason, failure.Outcome, failure.BusinessNumber));
        Assert.Contains("5 s", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, api.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_is_not_repeated_has_all_its_time()
    {
        foreach (var (repetitions, what) in new[] { (0, "refund"), (5, "order") })
        {
            var api = Hanging(times: 9);
            using var client = new TestClient(WithAttemptTimeout(Options(repetitions)), api);
            var started = _clock.GetUtcNow();
            var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => RunAsync(Call(client, what)));
            Assert.Equal((WeChatPayTransportFailure.Timeout, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
            Assert.InRange((_clock.GetUtcNow() - started).TotalSeconds, 30, 32);
            Assert.Single(api.Requests);
        }
    }

    [Fact]
    public void A_time_limit_of_attempts_that_is_none_is_refused()
    {
        var options = Options(2);
        options.AttemptTimeout = TimeSpan.Zero;
        Assert.Contains("AttemptTimeout", Assert.Throws<ArgumentException>(() => new TestClient(options)).Message, StringComparison.Ordinal);
    }

    /// <summary>The first request may have been carried out, whatever the answer to the second says, or that it could not be sent.</summary>
    [Theory]
    [InlineData("refund", WeChatPayOutcome.Unknown)]
    [InlineData("query", WeChatPayOutcome.Rejected)]
    public async Task A_refusal_of_the_repetition_says_nothing_of_the_first(string what, WeChatPayOutcome outcome)
    {
        var attempts = 0;
        var api = new FakeApi(_ => attempts++ == 0 ? FakeApi.Unsigned("", 502) : FakeApi.Signed("""{"code":"NOT_ENOUGH"}""", 403, _clock.GetUtcNow()));
        using var client = new TestClient(Options(1), api);
        var failure = await Assert.ThrowsAsync<WeChatPayApiException>(() => RunAsync(Call(client, what)));
        Assert.Equal((403, true, outcome), (failure.Status, failure.IsVerified, failure.Outcome));
    }

    [Fact]
    public async Task A_repetition_that_cannot_connect_does_not_mean_not_sent()
    {
        var wire = new SecondUnreachable(Busy(times: 9));
        using var client = new TestClient(Options(1), wire);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => RunAsync(Call(client, "refund")));
        Assert.Equal((WeChatPayTransportFailure.ConnectFailed, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
    }

    [Theory]
    [InlineData(429, "", true)]
    [InlineData(429, """{"code":"RATELIMIT_EXCEED"}""", true)]
    [InlineData(400, """{"code":"FREQUENCY_LIMITED"}""", true)]
    [InlineData(403, """{"code":"RATE_LIMITED"}""", true)]
    [InlineData(403, """{"code":"freq_limit"}""", true)]
    [InlineData(400, """{"code":"PARAM_ERROR"}""", false)]
    [InlineData(503, "", false)]
    public async Task A_rate_limit_shows_itself(int status, string body, bool isRateLimited)
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(_ => FakeApi.Unsigned(body, status)));
        var failure = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(isRateLimited, failure.IsRateLimited);
        if (isRateLimited)
        {
            Assert.Equal(WeChatPayOutcome.Unknown, failure.Outcome);
        }
    }

    private static Task Call(TestClient client, string what) => what switch
    {
        "query" => client.Orders.GetAsync("T1", null, Ct),
        "refund" => client.Orders.RefundAsync(new() { OutRefundNo = "R1" }, Ct),
        "order" => client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct),
        "untyped query" => client.SendAsync(HttpMethod.Get, "/v3/x", cancellationToken: Ct),
        _ => client.SendAsync(HttpMethod.Post, "/v3/refund/domestic/refunds", """{"out_trade_no":"T1"}"""u8.ToArray(), cancellationToken: Ct),
    };

    /// <summary>Lets the clock run while a call waits.</summary>
    private async Task RunAsync(Task call)
    {
        while (!call.IsCompleted)
        {
            await Task.WhenAny(call, Task.Delay(2, Ct));
            if (!call.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100));
            }
        }

        await call;
    }

    private WeChatPayOptions Options(int repetitions)
    {
        var options = TestMerchant.Options(_clock);
        options.MaxRepetitions = repetitions;
        options.Timeout = TimeSpan.FromSeconds(30);
        return options;
    }

    private static WeChatPayOptions WithAttemptTimeout(WeChatPayOptions options)
    {
        options.AttemptTimeout = TimeSpan.FromSeconds(5);
        return options;
    }

    private FakeApi Hanging(int times)
    {
        var left = times;
        return new(_ => FakeApi.Signed("{}", at: _clock.GetUtcNow())) { Before = (_, limit) => left-- > 0 ? Task.Delay(Timeout.Infinite, limit) : Task.CompletedTask };
    }

    private FakeApi Busy(int times)
    {
        var left = times;
        return new(_ => left-- > 0 ? FakeApi.Unsigned("", 503) : FakeApi.Signed("{}", at: _clock.GetUtcNow()));
    }

    private FakeApi Lost(int times)
    {
        var left = times;
        return new(_ => FakeApi.Signed("{}", at: _clock.GetUtcNow())) { Before = (_, _) => left-- > 0 ? throw new HttpRequestException("reset") : Task.CompletedTask };
    }

    private sealed class SecondUnreachable(HttpMessageHandler api) : DelegatingHandler(api)
    {
        private int _attempts;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _attempts++ == 0
            ? base.SendAsync(request, cancellationToken)
            : Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError, "no"));
    }
}
