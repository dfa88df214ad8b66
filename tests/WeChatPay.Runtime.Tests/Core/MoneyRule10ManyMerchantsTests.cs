using System.Net.Http;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 10: one timer of the process refreshes the certificates of all merchants, spread over time and few at once.</summary>
public class MoneyRule10ManyMerchantsTests
{
    private const int Merchants = 1500;

    private static readonly TestCertificate Platform = new(TestCertificate.SerialOf(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifteen_hundred_merchants_have_one_timer_and_are_all_refreshed()
    {
        var clock = new CountingClock(TestMerchant.Now);
        var key = WeChatPayMerchantKey.FromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        var (running, most) = (0, 0);
        var refreshed = new HashSet<string>();
        var list = TestCertificate.List(Platform);
        var api = new FakeApi(request =>
        {
            Interlocked.Decrement(ref running);
            lock (refreshed)
                refreshed.Add(request.Header("Authorization")!.Split('"')[1]);
            return Platform.Answer(list, clock.GetUtcNow());
        })
        {
            Before = async (_, _) =>
            {
                var now = Interlocked.Increment(ref running);
                lock (refreshed)
                    most = Math.Max(most, now);
                await Task.Yield();
            },
        };

        var clients = Enumerable.Range(0, Merchants).Select(number => new TestClient(Options(number, key, clock), api)).ToArray();
        Assert.Equal((1, 1), (clock.Created, clock.Alive));

        // The first round: within ten minutes, and not all in the same one.
        clock.Advance(TimeSpan.FromMinutes(5));
        await Rest();
        Assert.InRange(Refreshed(), 300, 1100);
        clock.Advance(TimeSpan.FromMinutes(5));
        await Rest();
        Assert.Equal(Merchants, Refreshed());
        Assert.InRange(most, 1, RefreshSchedule.MostAtOnce);
        Assert.All(clients, client => Assert.Contains(client.Core.Credentials.PlatformKeys.Keys, known => known.Serial == Platform.Serial));

        // The second round comes within twelve hours, and nothing but the calls themselves has made timers.
        lock (refreshed)
            refreshed.Clear();
        for (var hour = 0; hour < 12; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await Rest();
        }

        Assert.Equal(Merchants, Refreshed());
        Assert.Equal(1 + api.Requests.Count, clock.Created);

        foreach (var client in clients)
            client.Dispose();
        var before = api.Requests.Count;
        clock.Advance(TimeSpan.FromHours(12));
        await Rest();
        Assert.Equal(before, api.Requests.Count);

        // Nothing is under way any more, and nothing follows.
        async Task Rest()
        {
            for (var (quiet, count) = (0, -1); quiet < 5; quiet = count == api.Requests.Count && clock.Alive == 1 ? quiet + 1 : 0)
            {
                count = api.Requests.Count;
                await Task.Delay(20, Ct);
            }
        }

        int Refreshed()
        {
            lock (refreshed)
                return refreshed.Count;
        }
    }

    [Fact]
    public async Task A_client_that_nobody_disposed_of_is_not_kept_alive()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var api = new FakeApi("{}");
        var client = Forget(clock, api);
        for (var i = 0; i < 50 && client.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10, Ct);
        }

        Assert.False(client.IsAlive);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(api.Requests);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget(TimeProvider clock, HttpMessageHandler api) => new(new TestClient(Options(1, WeChatPayMerchantKey.FromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem")), clock), api).Core.Keyring);

    private static WeChatPayOptions Options(int number, IMerchantKey key, TimeProvider clock)
    {
        var options = TestMerchant.Options(clock);
        options.MerchantId = $"19{number:D8}";
        (options.MerchantKey, options.MerchantPrivateKey) = (key, null);
        (options.PlatformCertificates, options.FetchPlatformCertificates) = ([], true);
        return options;
    }

    /// <summary>Counts the timers that are made and those that are not disposed of.</summary>
    private sealed class CountingClock(DateTimeOffset now) : FakeTimeProvider(now)
    {
        private int _created;
        private int _alive;

        public int Created => Volatile.Read(ref _created);

        public int Alive => Volatile.Read(ref _alive);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _created);
            Interlocked.Increment(ref _alive);
            return new Counted(base.CreateTimer(callback, state, dueTime, period), () => Interlocked.Decrement(ref _alive));
        }

        private sealed class Counted(ITimer timer, Action ended) : ITimer
        {
            private int _disposed;

            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                if (Interlocked.Exchange(ref _disposed, 1) == 0)
                    ended();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}
