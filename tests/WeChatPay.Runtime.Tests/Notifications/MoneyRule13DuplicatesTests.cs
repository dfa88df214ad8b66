using System.Text;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>Money rule 13: a notification that comes again, at once or later, is handled once; nothing is lost and nothing is called a success that is none.</summary>
public sealed class MoneyRule13DuplicatesTests
{
    private readonly FakeTimeProvider _clock = new(TestMerchant.Now);
    private readonly RecordingLogger _log = new();
    private readonly SpyStore _store;
    private int _calls;

    public MoneyRule13DuplicatesTests() => _store = new(new InMemoryNotificationStore(_clock));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WeChatPayNotificationDispatcher Dispatcher(Func<CancellationToken, Task>? handler = null)
        => new WeChatPayNotificationDispatcher(_log, _store).On<PaymentResource>((_, ct) =>
        {
            Interlocked.Increment(ref _calls);
            return handler?.Invoke(ct) ?? Task.CompletedTask;
        });

    /// <summary>Signed at the present time, as WeChat Pay does for each delivery.</summary>
    private Task<WeChatPayNotificationReply> Deliver(
        WeChatPayNotificationDispatcher dispatcher, NotificationMaker maker, Action<WeChatPayOptions>? change = null, CancellationToken? token = null)
        => dispatcher.DispatchAsync(
            NotificationMaker.Receiver(options =>
            {
                options.TimeProvider = _clock;
                change?.Invoke(options);
            }),
            maker.Sign(_clock.GetUtcNow()).Message(),
            token ?? Token);

    private void AssertReply(int status, WeChatPayNotificationReply reply)
    {
        Assert.Equal(status, reply.StatusCode);
        Assert.StartsWith(status == 200 ? """{"code":"SUCCESS",""" : """{"code":"FAIL",""", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Entries, static entry => entry.Contains(NotificationMaker.Payment, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_handled_is_a_success_without_the_handler()
    {
        var (dispatcher, maker) = (Dispatcher(), NotificationMaker.Make());
        AssertReply(200, await Deliver(dispatcher, maker));
        _clock.Advance(TimeSpan.FromHours(71));
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(1, _calls);
        Assert.Contains("was handled before", Assert.Single(_log.Entries), StringComparison.Ordinal);
        Assert.Equal([TimeSpan.FromSeconds(60), TimeSpan.FromHours(72), TimeSpan.FromSeconds(60)], _store.Times);
        _clock.Advance(TimeSpan.FromHours(1));
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task A_dispatcher_without_a_store_remembers_by_itself()
    {
        var dispatcher = new WeChatPayNotificationDispatcher().On<PaymentResource>((_, _) =>
        {
            _calls++;
            return Task.CompletedTask;
        });
        var maker = NotificationMaker.Make();
        AssertReply(200, await Deliver(dispatcher, maker));
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Of_a_hundred_deliveries_at_once_one_reaches_the_handler()
    {
        var end = new TaskCompletionSource();
        // Two dispatchers over one store: two processes.
        WeChatPayNotificationDispatcher[] processes = [Dispatcher(_ => end.Task), Dispatcher(_ => end.Task)];
        var maker = NotificationMaker.Make();
        var message = maker.Message();
        var deliveries = Enumerable.Range(0, 100).Select(i => Task.Run(() => processes[i % 2].DispatchAsync(NotificationMaker.Receiver(), message, Token), Token)).ToArray();
        var others = 0;
        await foreach (var reply in Task.WhenEach(deliveries))
        {
            if (++others == 99)
                end.SetResult();
            AssertReply(others <= 99 ? 503 : 200, await reply);
        }

        Assert.Equal(1, _calls);
        AssertReply(200, await Deliver(processes[0], maker));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Two_merchants_with_the_same_envelope_id_are_never_mixed()
    {
        var dispatcher = Dispatcher();
        static NotificationMaker Of(string merchant) => NotificationMaker.Make($$"""{"mchid":"{{merchant}}"}""", id: "EV-SAME");
        AssertReply(200, await Deliver(dispatcher, Of("1900000001")));
        AssertReply(200, await Deliver(dispatcher, Of("1900000009"), options => options.MerchantId = "1900000009"));
        Assert.Equal(2, _calls);
        AssertReply(200, await Deliver(dispatcher, Of("1900000009"), options => options.MerchantId = "1900000009"));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Notifications_without_an_id_are_told_by_what_they_say()
    {
        var dispatcher = Dispatcher();
        AssertReply(200, await Deliver(dispatcher, NotificationMaker.Make("""{"out_trade_no":"A"}""", id: "")));
        AssertReply(200, await Deliver(dispatcher, NotificationMaker.Make("""{"out_trade_no":"B"}""", id: "")));
        AssertReply(200, await Deliver(dispatcher, NotificationMaker.Make("""{"out_trade_no":"B"}""", id: "")));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Keys_say_whose_and_nothing_else()
    {
        var id = "EV " + new string('é', 5000);
        AssertReply(200, await Deliver(Dispatcher(), NotificationMaker.Make(id: id)));
        Assert.All(_store.Keys, static key => Assert.Matches("^v3:1900000001:[0-9A-F]{64}$", key));
        Assert.Single(_store.Keys.Distinct());
    }

    [Fact]
    public async Task A_handler_that_throws_lets_the_next_delivery_try_again()
    {
        var fails = true;
        var dispatcher = Dispatcher(_ => fails ? throw new InvalidOperationException("internal") : Task.CompletedTask);
        var maker = NotificationMaker.Make();
        AssertReply(500, await Deliver(dispatcher, maker));
        fails = false;
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(2, _calls);
        Assert.Equal(["claim", "release", "claim", "complete"], _store.Calls);
    }

    [Fact]
    public async Task A_claim_that_cannot_be_released_ends_by_itself()
    {
        var dispatcher = Dispatcher(_ => _calls == 1 ? throw new InvalidOperationException("internal") : Task.CompletedTask);
        var maker = NotificationMaker.Make();
        _store.FailAt("release");
        AssertReply(500, await Deliver(dispatcher, maker));
        AssertReply(503, await Deliver(dispatcher, maker));
        _clock.Advance(TimeSpan.FromSeconds(60));
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task A_process_that_is_killed_between_claim_and_completion_loses_nothing()
    {
        var maker = NotificationMaker.Make();
        var killed = Deliver(Dispatcher(_ => new TaskCompletionSource().Task), maker);
        Assert.False(killed.IsCompleted);

        var other = Dispatcher();
        AssertReply(503, await Deliver(other, maker));
        _clock.Advance(TimeSpan.FromSeconds(59));
        AssertReply(503, await Deliver(other, maker));
        Assert.Equal(1, _calls);
        _clock.Advance(TimeSpan.FromSeconds(1));
        AssertReply(200, await Deliver(other, maker));
        AssertReply(200, await Deliver(other, maker));
        Assert.Equal(2, _calls);
        Assert.False(killed.IsCompleted);
    }

    [Fact]
    public async Task A_handler_that_outlives_its_lease_completes_nothing_of_the_next_one()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var maker = NotificationMaker.Make();
        var slow = Deliver(Dispatcher(_ => first.Task), maker);
        _clock.Advance(TimeSpan.FromSeconds(60));
        var next = Deliver(Dispatcher(_ => second.Task), maker);
        first.SetResult();
        AssertReply(503, await slow);

        // Still the second one's claim: a third delivery is not told of a success that is none yet.
        AssertReply(503, await Deliver(Dispatcher(), maker));
        second.SetException(new InvalidOperationException("internal"));
        AssertReply(500, await next);
        AssertReply(200, await Deliver(Dispatcher(), maker));
        Assert.Equal(3, _calls);
        Assert.Contains(_log.Entries, static entry => entry.Contains("for longer than its claim of 60 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_is_down_is_never_a_success_and_no_handler_is_called(bool hangs)
    {
        var (dispatcher, maker) = (Dispatcher(), NotificationMaker.Make());
        if (hangs)
            _store.HangAt("claim");
        else
            _store.FailAt("claim");
        var delivery = Deliver(dispatcher, maker);
        if (hangs)
        {
            Assert.False(delivery.IsCompleted);
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        AssertReply(503, await delivery.WaitAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(0, _calls);
        Assert.Contains("its handler was not called", Assert.Single(_log.Entries), StringComparison.Ordinal);

        _store.Before = static (_, _) => Task.CompletedTask;
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_budget_that_ends_while_the_store_is_asked_calls_no_handler()
    {
        using var budget = new CancellationTokenSource();
        _store.HangAt("claim");
        var delivery = Deliver(Dispatcher(), NotificationMaker.Make(), token: budget.Token);
        await budget.CancelAsync();
        AssertReply(503, await delivery);
        Assert.Equal(0, _calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_handled_and_not_kept_is_no_success_yet(bool hangs)
    {
        var (dispatcher, maker) = (Dispatcher(), NotificationMaker.Make());
        if (hangs)
            _store.HangAt("complete");
        else
            _store.FailAt("complete");
        var delivery = Deliver(dispatcher, maker);
        if (hangs)
            _clock.Advance(TimeSpan.FromSeconds(2));
        AssertReply(503, await delivery.WaitAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Contains("failed to keep that", Assert.Single(_log.Entries), StringComparison.Ordinal);

        // The claim is left to end: the handler, idempotent by business number, is called once more then, and not sooner.
        _store.Before = static (_, _) => Task.CompletedTask;
        AssertReply(503, await Deliver(dispatcher, maker));
        _clock.Advance(TimeSpan.FromSeconds(60));
        AssertReply(200, await Deliver(dispatcher, maker));
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task What_a_handler_did_is_kept_though_its_time_is_over()
    {
        using var budget = new CancellationTokenSource();
        var (dispatcher, maker) = (Dispatcher(_ => budget.CancelAsync()), NotificationMaker.Make());
        AssertReply(200, await Deliver(dispatcher, maker, token: budget.Token));
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_handler_that_ends_with_its_token_is_no_success_and_frees_its_claim()
    {
        using var budget = new CancellationTokenSource();
        var (dispatcher, maker) = (Dispatcher(ct => _calls == 1 ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask), NotificationMaker.Make());
        var delivery = Deliver(dispatcher, maker, token: budget.Token);
        await budget.CancelAsync();
        AssertReply(500, await delivery);
        AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(2, _calls);
    }

    /// <summary>The documents promise an id; without one, only what says the same in every part is the same.</summary>
    [Fact]
    public async Task Without_an_id_an_event_is_known_by_all_that_it_says()
    {
        var calls = new List<string>();
        var dispatcher = new WeChatPayNotificationDispatcher(_log, _store)
            .On<PaymentResource>((n, _) => Note("payment " + n.Resource.OutTradeNo))
            .On<SharingResource>((_, _) => Note("sharing"));
        Task Note(string call)
        {
            calls.Add(call);
            return Task.CompletedTask;
        }

        const string Resource = """{"out_trade_no":"A1"}""";
        foreach (var maker in new[] { NotificationMaker.Make(Resource, id: ""), NotificationMaker.Make(Resource, id: ""), NotificationMaker.Make(Resource, originalType: "profitsharing", id: ""), NotificationMaker.Make("""{"out_trade_no":"A2"}""", id: "") })
            AssertReply(200, await Deliver(dispatcher, maker));
        Assert.Equal(["payment A1", "sharing", "payment A2"], calls);
    }

    [Fact]
    public async Task What_is_refused_ignored_or_nobody_s_never_touches_the_store()
    {
        var dispatcher = Dispatcher().Ignore("COUPON.USE");
        Assert.Equal(401, (await Deliver(dispatcher, NotificationMaker.Make("""{"mchid":"1900000009"}"""))).StatusCode);
        Assert.Equal(401, (await dispatcher.DispatchAsync(NotificationMaker.Receiver(), NotificationMaker.Make().With("Wechatpay-Nonce", "other").Message(), Token)).StatusCode);
        Assert.Equal(500, (await Deliver(dispatcher, NotificationMaker.Make(apiV3Key: "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"))).StatusCode);
        Assert.Equal(500, (await Deliver(dispatcher, NotificationMaker.Make("{}", originalType: "parking"))).StatusCode);
        Assert.Equal(500, (await Deliver(dispatcher, NotificationMaker.Make("""{"amount":{"total":1.5}}"""))).StatusCode);
        Assert.Equal(204, (await Deliver(dispatcher, NotificationMaker.Make("{}", "COUPON.USE", "coupon"))).StatusCode);
        Assert.Empty(_store.Calls);
    }

    [Fact]
    public async Task A_claim_that_a_store_does_not_know_to_name_is_none()
    {
        var dispatcher = new WeChatPayNotificationDispatcher(_log, new Odd()).On<PaymentResource>((_, _) => throw new InvalidOperationException("called"));
        AssertReply(503, await Deliver(dispatcher, NotificationMaker.Make()));
    }

    private sealed class Odd : INotificationStore
    {
        public ValueTask<NotificationClaim> TryClaimAsync(string key, string owner, TimeSpan lease, CancellationToken cancellationToken) => new((NotificationClaim)9);

        public ValueTask<bool> CompleteAsync(string key, string owner, TimeSpan kept, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask ReleaseAsync(string key, string owner, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
