using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using WeChatPay.AspNetCore.Tests;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Redis.Tests;

/// <summary>Money rule 13 from HTTP to Redis: applications that share nothing but a server.</summary>
public sealed class MoneyRule13RedisEndpointTests(RedisServer server)
{
    private readonly string _prefix = $"test:{Guid.NewGuid():N}:";
    private int _calls;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<TestApp> StartAsync(RedisServer redis, Func<Task>? handler = null) => TestApp.StartAsync(
        app => app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>((_, _) =>
        {
            Interlocked.Increment(ref _calls);
            return handler?.Invoke() ?? Task.CompletedTask;
        }),
        services => services.AddWeChatPayRedisNotificationStore(redis.Options(), _prefix),
        options => options.TimeProvider = new SystemTime());

    private static async Task<HttpStatusCode> Deliver(TestApp app, NotificationMaker maker)
    {
        using var response = await app.PostAsync(maker);
        return response.StatusCode;
    }

    [Fact]
    public async Task Of_a_hundred_deliveries_to_two_processes_one_reaches_the_handler()
    {
        var end = new TaskCompletionSource();
        await using var one = await StartAsync(server, () => end.Task);
        await using var two = await StartAsync(server, () => end.Task);
        var maker = NotificationMaker.Make();
        var deliveries = Enumerable.Range(0, 100).Select(i => Deliver(i % 2 == 0 ? one : two, maker)).ToArray();
        var ended = 0;
        await foreach (var delivery in Task.WhenEach(deliveries))
        {
            if (++ended == 99)
                end.SetResult();
            Assert.Equal(ended <= 99 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, await delivery);
        }

        Assert.Equal(1, _calls);
        Assert.Equal(HttpStatusCode.OK, await Deliver(one, maker));
        Assert.Equal(HttpStatusCode.OK, await Deliver(two, maker));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task A_process_that_dies_between_claim_and_completion_loses_nothing()
    {
        await using var died = await StartAsync(server, () => Task.Delay(Timeout.Infinite, Token));
        await using var other = await StartAsync(server);
        var maker = NotificationMaker.Make();
        _ = Deliver(died, maker);
        while (Volatile.Read(ref _calls) == 0)
            await Task.Delay(20, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Deliver(other, maker));

        // 60 seconds later.
        await using var connection = await server.ConnectAsync();
        var key = Assert.Single(connection.GetServer(IPAddress.Loopback, server.Port).Keys(pattern: _prefix + "*"));
        await connection.GetDatabase().KeyExpireAsync(key, TimeSpan.FromMilliseconds(1));
        await Task.Delay(50, Token);
        Assert.Equal(HttpStatusCode.OK, await Deliver(other, maker));
        Assert.Equal(2, _calls);
        Assert.Equal("done", await connection.GetDatabase().StringGetAsync(key));
    }

    [Fact]
    public async Task While_Redis_is_down_nothing_is_handled_and_nothing_a_success()
    {
        await using var own = new RedisServer();
        await own.StartAsync();
        own.Stop();
        await using var app = await StartAsync(own);
        var maker = NotificationMaker.Make();

        // Never there yet.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Timely(app, maker));
        await own.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await Until(HttpStatusCode.OK, app, maker));
        Assert.Equal(1, _calls);

        // Gone after it was there, and back.
        own.Stop();
        var next = NotificationMaker.Make();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Timely(app, next));
        Assert.Equal(1, _calls);
        await own.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await Until(HttpStatusCode.OK, app, next));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task Redis_that_goes_while_the_handler_runs_is_no_success()
    {
        await using var own = new RedisServer();
        await own.StartAsync();
        await using var app = await StartAsync(own, () =>
        {
            if (_calls == 1)
                own.Stop();
            return Task.CompletedTask;
        });
        var maker = NotificationMaker.Make();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Timely(app, maker));
        Assert.Equal(1, _calls);

        // This Redis keeps nothing on disk, so the claim is gone as well.
        await own.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await Until(HttpStatusCode.OK, app, maker));
        Assert.Equal(HttpStatusCode.OK, await Deliver(app, maker));
        Assert.Equal(2, _calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_connection_of_the_application_may_be_shared_and_the_order_of_registration_does_not_matter(bool first)
    {
        await using var connection = await server.ConnectAsync();
        var services = SecretWatch.Services();
        services.AddSingleton<IConnectionMultiplexer>(connection);
        if (first)
            services.AddWeChatPayRedisNotificationStore(_prefix);
        services.AddWeChatPay<TestClient>(TestApp.CopyTo);
        services.AddWeChatPay<TestClient>("b", TestApp.CopyTo);
        if (!first)
            services.AddWeChatPayRedisNotificationStore(_prefix);
        await using (var provider = services.BuildServiceProvider())
        {
            var store = Assert.IsType<RedisNotificationStore>(Assert.Single(provider.GetServices<INotificationStore>()));
            Assert.Equal(NotificationClaim.Claimed, await store.TryClaimAsync("k", "a", TimeSpan.FromSeconds(60), Token));
            Assert.Equal("a", await connection.GetDatabase().StringGetAsync(_prefix + "k"));
        }

        // It is not ours to close.
        Assert.True(connection.IsConnected);
    }

    [Fact]
    public async Task A_connection_of_its_own_is_closed_with_the_application_and_a_later_change_of_options_is_none_of_it()
    {
        await using var own = new RedisServer();
        await own.StartAsync();
        var options = own.Options();
        var services = SecretWatch.Services().AddWeChatPayRedisNotificationStore(options, _prefix);
        options.EndPoints.Clear();
        await using var control = await own.ConnectAsync();
        INotificationStore store;
        await using (var provider = services.BuildServiceProvider())
        {
            store = provider.GetRequiredService<INotificationStore>();
            var before = await ClientsAsync();
            await store.TryClaimAsync("k", "a", TimeSpan.FromSeconds(60), Token);
            Assert.True(await ClientsAsync() > before);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.TryClaimAsync("k", "a", TimeSpan.FromSeconds(60), Token));
        var began = Stopwatch.GetTimestamp();
        while (await ClientsAsync() > 2 && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
            await Task.Delay(50, Token);
        Assert.InRange(await ClientsAsync(), 1, 2);

        async Task<int> ClientsAsync() => (await control.GetServer(IPAddress.Loopback, own.Port).ClientListAsync()).Length;
    }

    [Fact]
    public void An_application_without_a_connection_is_told_what_is_missing()
    {
        using var provider = SecretWatch.Services().AddWeChatPayRedisNotificationStore().BuildServiceProvider();
        Assert.Contains(nameof(IConnectionMultiplexer), Assert.Throws<InvalidOperationException>(provider.GetRequiredService<INotificationStore>).Message, StringComparison.Ordinal);
    }

    /// <summary>Within the 5 seconds that WeChat Pay waits.</summary>
    private static async Task<HttpStatusCode> Timely(TestApp app, NotificationMaker maker)
    {
        var began = Stopwatch.GetTimestamp();
        var status = await Deliver(app, maker);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 5);
        return status;
    }

    /// <summary>WeChat Pay repeats; the client library takes its time to connect again.</summary>
    private static async Task<HttpStatusCode> Until(HttpStatusCode wanted, TestApp app, NotificationMaker maker)
    {
        var began = Stopwatch.GetTimestamp();
        HttpStatusCode status;
        while ((status = await Deliver(app, maker)) != wanted && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(45))
            await Task.Delay(200, Token);
        return status;
    }

    /// <summary>The time of the signatures on the wall, and timers that really run.</summary>
    private sealed class SystemTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => WeChatPay.Runtime.Tests.Core.TestMerchant.Now;
    }
}
