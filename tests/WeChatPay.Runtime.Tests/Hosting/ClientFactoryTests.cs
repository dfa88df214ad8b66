using System.Net.Http;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Hosting;

/// <summary>Merchants that are known only while the process runs: made once, changed in place, removed without harm to what is under way.</summary>
public sealed class ClientFactoryTests : IAsyncDisposable
{
    private readonly FakeApi _api = new("""{"prepay_id":"wx1"}""");
    private readonly FakeTimeProvider _clock = new(TestMerchant.Now);
    private readonly Dictionary<string, WeChatPayOptions> _database = [];
    private readonly ServiceProvider _provider;
    private Func<string, Task> _whenAsked = _ => Task.CompletedTask;
    private int _asked;

    public ClientFactoryTests()
    {
        var services = SecretWatch.Services();
        services.AddScoped<Database>(_ => new(this));
        services.AddWeChatPayClientFactory((scope, merchant, _) => scope.GetRequiredService<Database>().FindAsync(merchant));
        services.AddHttpClient(WeChatPayClientFactory.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => _api);
        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _database["a"] = Options("1900000001");
        _database["b"] = Options("1900000002");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private WeChatPayClientFactory Factory => _provider.GetRequiredService<WeChatPayClientFactory>();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task A_merchant_is_asked_for_and_made_once_however_many_come_at_once()
    {
        _whenAsked = _ => Task.Delay(50, Ct);
        var clients = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Factory.GetAsync<TestClient>("a", Ct).AsTask())));
        Assert.Single(clients.Distinct());
        Assert.Equal(1, _asked);
        Assert.Same(clients[0].Core, (await Factory.GetAsync<OtherClient>("a", Ct)).Core);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_end_it_for_the_others()
    {
        var gate = new TaskCompletionSource();
        _whenAsked = _ => gate.Task;
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var first = Factory.GetAsync<TestClient>("a", impatient.Token).AsTask();
        var second = Factory.GetAsync<TestClient>("a", Ct).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.NotNull(await second);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task An_unknown_merchant_is_none_and_is_asked_for_again()
    {
        Assert.Null(await Factory.FindAsync<TestClient>("c", Ct));
        Assert.Contains("'c'", (await Assert.ThrowsAsync<KeyNotFoundException>(() => Factory.GetAsync<TestClient>("c", Ct).AsTask())).Message, StringComparison.Ordinal);
        _database["c"] = Options("1900000003");
        Assert.NotNull(await Factory.FindAsync<TestClient>("c", Ct));
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task A_source_that_fails_or_has_wrong_options_is_asked_again()
    {
        _whenAsked = _ => throw new TimeoutException("the database is down");
        await Assert.ThrowsAsync<TimeoutException>(() => Factory.GetAsync<TestClient>("a", Ct).AsTask());
        _whenAsked = _ => Task.CompletedTask;
        _database["a"].MerchantId = "wx1";
        Assert.Contains("MerchantId", (await Assert.ThrowsAsync<ArgumentException>(() => Factory.GetAsync<TestClient>("a", Ct).AsTask())).Message, StringComparison.Ordinal);
        _database["a"].MerchantId = "1900000001";
        Assert.NotNull(await Factory.GetAsync<TestClient>("a", Ct));
    }

    [Fact]
    public async Task Merchants_share_connections_and_nothing_else()
    {
        using var key = RSA.Create(2048);
        (_database["b"].MerchantPrivateKey, _database["b"].MerchantCertificateSerialNumber) = (key.ExportPkcs8PrivateKeyPem(), "BB");
        await (await Factory.GetAsync<TestClient>("a", Ct)).Orders.PostAsync(new(), cancellationToken: Ct);
        await (await Factory.GetAsync<TestClient>("b", Ct)).Orders.PostAsync(new(), cancellationToken: Ct);
        SignedCallTests.AssertSigned(_api.Requests[0]);
        Assert.Contains("mchid=\"1900000002\"", _api.Requests[1].Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains("serial_no=\"BB\"", _api.Requests[1].Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refreshed_credentials_count_for_those_who_hold_the_client()
    {
        var client = await Factory.GetAsync<TestClient>("a", Ct);
        _database["a"] = Options("1900000001");
        _database["a"].MerchantCertificateSerialNumber = "AA";
        await Factory.RefreshAsync("a", Ct);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.Contains("serial_no=\"AA\"", _api.Requests[0].Header("Authorization"), StringComparison.Ordinal);
        Assert.Same(client, await Factory.GetAsync<TestClient>("a", Ct));
    }

    [Fact]
    public async Task Wrong_options_leave_what_was_before()
    {
        var client = await Factory.GetAsync<TestClient>("a", Ct);
        _database["a"] = Options("1900000001");
        _database["a"].ApiV3Key = "TESTONLYshort";
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Factory.RefreshAsync("a", Ct));
        Assert.Contains("ApiV3Key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTONLY", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Factory.Set("a", _database["a"]));
        Assert.Same(client, await Factory.GetAsync<TestClient>("a", Ct));
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        SignedCallTests.AssertSigned(Assert.Single(_api.Requests));
    }

    [Theory]
    [InlineData("merchant")]
    [InlineData("connections")]
    public async Task Another_merchant_or_other_connections_are_a_new_client_and_the_old_one_goes_on(string what)
    {
        var old = await Factory.GetAsync<TestClient>("a", Ct);
        var options = Options(what == "merchant" ? "1900000009" : "1900000001");
        if (what == "connections")
            options.BaseAddress = new("https://api.wechatpay.cn/");
        Factory.Set("a", options);
        var client = await Factory.GetAsync<TestClient>("a", Ct);
        Assert.NotSame(old, client);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        await old.Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.Equal(what == "merchant" ? "api.mch.weixin.qq.com" : "api.wechatpay.cn", _api.Requests[0].Address.Host);
        Assert.Contains(what == "merchant" ? "1900000009" : "1900000001", _api.Requests[0].Header("Authorization"), StringComparison.Ordinal);
        SignedCallTests.AssertSigned(_api.Requests[1]);
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Removal_lets_calls_end_that_are_under_way_and_refuses_new_ones()
    {
        var client = await Factory.GetAsync<TestClient>("a", Ct);
        var (sent, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _api.Before = async (_, _) =>
        {
            sent.TrySetResult();
            await answer.Task;
        };
        var call = client.Orders.PostAsync(new(), cancellationToken: Ct);
        await sent.Task;
        Assert.True(Factory.Remove("a"));
        Assert.False(Factory.Remove("a"));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Contains("'a' was removed", refused.Message, StringComparison.Ordinal);
        answer.SetResult();
        Assert.Equal("wx1", (await call).PrepayId);
        Assert.Single(_api.Requests);

        var again = await Factory.GetAsync<TestClient>("a", Ct);
        Assert.NotSame(client, again);
        await again.Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.Equal(2, _asked);
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("refresh")]
    [InlineData("set")]
    public async Task A_change_while_a_merchant_is_being_made_is_not_lost(string change)
    {
        var gates = new Queue<TaskCompletionSource>([new(), new()]);
        var first = gates.Peek();
        var asked = new TaskCompletionSource();
        gates.Last().SetResult();
        _whenAsked = _ =>
        {
            asked.TrySetResult();
            return gates.Count > 0 ? gates.Dequeue().Task : Task.CompletedTask;
        };
        var loading = Factory.GetAsync<TestClient>("a", Ct).AsTask();
        await asked.Task;
        var later = Options("1900000001");
        later.MerchantCertificateSerialNumber = "AA";
        _database["a"] = later;
        if (change == "remove")
            Factory.Remove("a");
        else if (change == "refresh")
            await Factory.RefreshAsync("a", Ct);
        else
            Factory.Set("a", later);
        first.SetResult();
        Assert.Equal("AA", (await loading).Core.Credentials.CertificateSerialNumber);
    }

    [Fact]
    public async Task A_merchant_that_the_source_does_not_know_any_more_is_removed_by_a_refresh()
    {
        var client = await Factory.GetAsync<TestClient>("a", Ct);
        _database.Remove("a");
        await Factory.RefreshAsync("a", Ct);
        Assert.Null(await Factory.FindAsync<TestClient>("a", Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.SendAsync(HttpMethod.Get, "/v3/x", cancellationToken: Ct));
        Assert.Empty(_api.Requests);
    }

    [Fact]
    public async Task Disposing_of_a_client_does_not_end_it_for_the_others()
    {
        (await Factory.GetAsync<TestClient>("a", Ct)).Dispose();
        await (await Factory.GetAsync<TestClient>("a", Ct)).Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.Single(_api.Requests);
    }

    [Fact]
    public async Task After_the_container_is_gone_nobody_is_made_any_more()
    {
        var factory = Factory;
        var client = await factory.GetAsync<TestClient>("a", Ct);
        await _provider.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => factory.FindAsync<TestClient>("b", Ct).AsTask());
        Assert.Throws<ObjectDisposedException>(() => factory.Set("b", Options("1900000002")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
    }

    [Fact]
    public async Task Many_at_once_from_many_threads_end_in_one_state()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 50; round++)
            {
                switch ((i + round) % 4)
                {
                    case 0: Factory.Remove("a"); break;
                    case 1: await Factory.RefreshAsync("a", Ct); break;
                    case 2: Factory.Set("a", Options("1900000001")); break;
                    default: Assert.NotNull(await Factory.GetAsync<TestClient>("a", Ct)); break;
                }
            }
        })));
        await (await Factory.GetAsync<TestClient>("a", Ct)).Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.Single(Factory.Cores);
    }

    [Fact]
    public async Task One_timer_refreshes_the_certificates_of_all_and_of_none_that_was_removed()
    {
        var clock = new CountingClock();
        _api.Answer = _ => FakeApi.Unsigned("{}", 404);
        for (var i = 0; i < 40; i++)
        {
            var options = Options($"19000000{i:00}");
            (options.TimeProvider, options.FetchPlatformCertificates) = (clock, true);
            Factory.Set("m" + i, options);
        }

        Assert.Equal(1, clock.Timers);
        for (var i = 1; i < 40; i++)
            Factory.Remove("m" + i);
        clock.Advance(TimeSpan.FromMinutes(11));
        while (_api.Requests.Count == 0)
            await Task.Delay(10, Ct);
        await Task.Delay(200, Ct);
        Assert.Contains("1900000000", Assert.Single(_api.Requests).Header("Authorization"), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_one_factory()
        => Assert.Throws<InvalidOperationException>(() => SecretWatch.Services().AddWeChatPayClientFactory((_, _, _) => new((WeChatPayOptions?)null)).AddWeChatPayClientFactory((_, _, _) => new((WeChatPayOptions?)null)));

    /// <summary>Rule 3 holds for these connections too.</summary>
    [Fact]
    public async Task A_handler_of_the_host_cannot_repeat_a_call()
    {
        var services = SecretWatch.Services();
        services.AddWeChatPayClientFactory((_, _, _) => new(Options("1900000001")));
        services.AddHttpClient(WeChatPayClientFactory.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => _api).AddHttpMessageHandler(() => new Twice());
        await using var provider = services.BuildServiceProvider();
        var client = await provider.GetRequiredService<WeChatPayClientFactory>().GetAsync<TestClient>("a", Ct);
        await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Single(_api.Requests);
    }

    private WeChatPayOptions Options(string merchantId)
    {
        var options = TestMerchant.Options(_clock);
        options.MerchantId = merchantId;
        return options;
    }

    private sealed class CountingClock() : FakeTimeProvider(TestMerchant.Now)
    {
        private int _timers;

        public int Timers => _timers;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private sealed class Twice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await base.SendAsync(request, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Database(ClientFactoryTests test)
    {
        public async ValueTask<WeChatPayOptions?> FindAsync(string merchant)
        {
            Interlocked.Increment(ref test._asked);

            // What is there when the question comes, however long the answer takes.
            var found = test._database.GetValueOrDefault(merchant);
            await test._whenAsked(merchant);
            return found;
        }
    }

    private sealed class OtherClient(WeChatPayCore core) : WeChatPayClientBase(core), IWeChatPayClient<OtherClient>
    {
        public static OtherClient Create(WeChatPayCore core) => new(core);
    }
}
