using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>Money rule 13 in memory.</summary>
public sealed class MoneyRule13InMemoryStoreTests : NotificationStoreContract
{
    private readonly FakeTimeProvider _clock = new();
    private readonly InMemoryNotificationStore _store;

    public MoneyRule13InMemoryStoreTests() => _store = new(_clock);

    protected override ValueTask<INotificationStore> OpenAsync() => new(_store);

    protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Memory_is_given_back_when_claims_and_completions_end()
    {
        for (var i = 0; i < 1000; i++)
        {
            await _store.TryClaimAsync($"left{i}", "a", TimeSpan.FromSeconds(60), Token);
            await _store.TryClaimAsync($"done{i}", "a", TimeSpan.FromSeconds(60), Token);
            await _store.CompleteAsync($"done{i}", "a", TimeSpan.FromHours(72), Token);
        }

        Assert.Equal(2000, _store.Count);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1000, _store.Count);
        _clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task Every_call_names_a_key_and_an_owner()
    {
        foreach (var (key, owner, wrong) in new[] { ("", "a", "key"), ("k", "", "owner") })
        {
            Assert.Equal(wrong, (await Assert.ThrowsAsync<ArgumentException>(async () => await _store.TryClaimAsync(key, owner, TimeSpan.FromSeconds(60), Token))).ParamName);
            Assert.Equal(wrong, (await Assert.ThrowsAsync<ArgumentException>(async () => await _store.CompleteAsync(key, owner, TimeSpan.FromSeconds(60), Token))).ParamName);
            Assert.Equal(wrong, (await Assert.ThrowsAsync<ArgumentException>(async () => await _store.ReleaseAsync(key, owner, Token))).ParamName);
        }
    }

    [Fact]
    public async Task Beyond_its_capacity_the_oldest_completion_is_forgotten_and_no_claim()
    {
        var store = new InMemoryNotificationStore(_clock, capacity: 2);
        for (var i = 0; i < 3; i++)
            Assert.Equal(NotificationClaim.Claimed, await store.TryClaimAsync($"claim{i}", "a", TimeSpan.FromMinutes(1), Token));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(NotificationClaim.Claimed, await store.TryClaimAsync($"k{i}", "a", TimeSpan.FromMinutes(1), Token));
            Assert.True(await store.CompleteAsync($"k{i}", "a", TimeSpan.FromHours(1), Token));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(NotificationClaim.Claimed, await store.TryClaimAsync("k0", "b", TimeSpan.FromMinutes(1), Token));
        Assert.Equal(NotificationClaim.Completed, await store.TryClaimAsync("k1", "b", TimeSpan.FromMinutes(1), Token));
        Assert.Equal(NotificationClaim.Completed, await store.TryClaimAsync("k2", "b", TimeSpan.FromMinutes(1), Token));
        for (var i = 0; i < 3; i++)
            Assert.Equal(NotificationClaim.ClaimedElsewhere, await store.TryClaimAsync($"claim{i}", "b", TimeSpan.FromMinutes(1), Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryNotificationStore(capacity: 0));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_keeps_no_claim_for_longer()
    {
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var store = new InMemoryNotificationStore(new SetBack(clock));
        await store.TryClaimAsync("k", "a", TimeSpan.FromSeconds(60), Token);
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(NotificationClaim.Claimed, await store.TryClaimAsync("k", "b", TimeSpan.FromSeconds(60), Token));
    }

    /// <summary>Its wall clock goes backwards.</summary>
    private sealed class SetBack(FakeTimeProvider inner) : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => _now = _now.AddDays(-1);

        public override long GetTimestamp() => inner.GetTimestamp();
    }
}
