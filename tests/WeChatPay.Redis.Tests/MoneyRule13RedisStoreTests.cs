using StackExchange.Redis;
using WeChatPay.Runtime.Tests.Notifications;

namespace WeChatPay.Redis.Tests;

/// <summary>Money rule 13 over a real Redis: the contract of stores, each step through the connection of another process, and what is Redis's own.</summary>
public sealed class MoneyRule13RedisStoreTests(RedisServer server) : NotificationStoreContract, IAsyncLifetime
{
    private const string Owner = "0123456789ABCDEF0123456789ABCDEF";

    private readonly string _prefix = $"test:{Guid.NewGuid():N}:";
    private readonly RedisNotificationStore[] _stores = new RedisNotificationStore[2];
    private readonly ConnectionMultiplexer[] _connections = new ConnectionMultiplexer[2];
    private int _opened;

    private IDatabase Database => _connections[0].GetDatabase();

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 2; i++)
            _stores[i] = new(_connections[i] = await server.ConnectAsync(), _prefix);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();
    }

    protected override ValueTask<INotificationStore> OpenAsync() => new(_stores[_opened++ % 2]);

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromMilliseconds(50), Token);

    [Fact]
    public async Task Keys_have_the_prefix_and_an_expiry_and_values_tell_nothing()
    {
        Assert.Equal(NotificationClaim.Claimed, await _stores[0].TryClaimAsync("k", Owner, TimeSpan.FromSeconds(60), Token));
        Assert.Equal(Owner, await Database.StringGetAsync(_prefix + "k"));
        Assert.InRange((await Database.KeyTimeToLiveAsync(_prefix + "k"))!.Value.TotalSeconds, 50, 60);

        Assert.True(await _stores[1].CompleteAsync("k", Owner, TimeSpan.FromHours(72), Token));
        Assert.Equal("done", await Database.StringGetAsync(_prefix + "k"));
        Assert.InRange((await Database.KeyTimeToLiveAsync(_prefix + "k"))!.Value.TotalHours, 71.9, 72);

        Assert.Equal(NotificationClaim.Claimed, await _stores[0].TryClaimAsync("other", Owner, TimeSpan.FromSeconds(60), Token));
        await _stores[1].ReleaseAsync("other", Owner, Token);
        Assert.False(await Database.KeyExistsAsync(_prefix + "other"));
    }

    [Fact]
    public async Task Applications_with_prefixes_of_their_own_do_not_see_each_other()
    {
        var other = new RedisNotificationStore(_connections[0], _prefix + "other:");
        Assert.Equal(NotificationClaim.Claimed, await _stores[0].TryClaimAsync("k", Owner, TimeSpan.FromSeconds(60), Token));
        Assert.Equal(NotificationClaim.Claimed, await other.TryClaimAsync("k", Owner, TimeSpan.FromSeconds(60), Token));
        var plain = new RedisNotificationStore(_connections[0]);
        await plain.TryClaimAsync(_prefix, Owner, TimeSpan.FromSeconds(5), Token);
        Assert.Equal(Owner, await Database.StringGetAsync("wechatpay:notification:" + _prefix));
    }

    [Fact]
    public async Task Redis_may_forget_its_scripts()
    {
        Assert.Equal(NotificationClaim.Claimed, await _stores[0].TryClaimAsync("k", Owner, TimeSpan.FromSeconds(60), Token));
        await Database.ExecuteAsync("SCRIPT", "FLUSH");
        Assert.Equal(NotificationClaim.ClaimedElsewhere, await _stores[0].TryClaimAsync("k", "x", TimeSpan.FromSeconds(60), Token));
        Assert.True(await _stores[0].CompleteAsync("k", Owner, TimeSpan.FromHours(72), Token));
    }

    [Fact]
    public async Task A_claim_whose_caller_has_gone_before_the_answer_came_is_freed()
    {
        await using var own = new RedisServer();
        await own.StartAsync();
        await using var connection = await own.ConnectAsync();
        await using var control = await own.ConnectAsync();
        var store = new RedisNotificationStore(connection);
        await store.TryClaimAsync("warm", Owner, TimeSpan.FromSeconds(60), Token);

        // Everything that writes waits, so the claim is made after its caller has gone.
        await control.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", "1500", "WRITE");
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.TryClaimAsync("k", Owner, TimeSpan.FromSeconds(60), gone.Token));
        Assert.Equal(NotificationClaim.Claimed, await store.TryClaimAsync("k", "next", TimeSpan.FromSeconds(60), Token));
    }

    [Fact]
    public async Task A_value_of_somebody_else_is_no_claim_and_no_completion()
    {
        await Database.StringSetAsync(_prefix + "k", "something else", TimeSpan.FromMinutes(1));
        Assert.Equal(NotificationClaim.ClaimedElsewhere, await _stores[0].TryClaimAsync("k", Owner, TimeSpan.FromSeconds(60), Token));
        Assert.False(await _stores[0].CompleteAsync("k", Owner, TimeSpan.FromHours(72), Token));

        // Not even a text: an error is an error.
        await Database.ListLeftPushAsync(_prefix + "list", "x");
        await Assert.ThrowsAnyAsync<RedisException>(async () => await _stores[0].TryClaimAsync("list", Owner, TimeSpan.FromSeconds(60), Token));
    }

    [Fact]
    public void What_is_missing_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new RedisNotificationStore(null!));
        Assert.Throws<ArgumentNullException>(() => new RedisNotificationStore(_connections[0], null!));
    }
}
