namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>Money rule 13: what every store of notifications holds to. Two instances stand for two processes.</summary>
public abstract class NotificationStoreContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(60);

    private readonly string _key = $"v3:1900000001:{Guid.NewGuid():N}";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One process's view; a second call, another's of the same state.</summary>
    protected abstract ValueTask<INotificationStore> OpenAsync();

    /// <summary>Lets time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    private async Task<NotificationClaim> Claim(string owner, TimeSpan? lease = null, string? key = null)
        => await (await OpenAsync()).TryClaimAsync(key ?? _key, owner, lease ?? Longer, Token);

    private async Task<bool> Complete(string owner, TimeSpan? kept = null) => await (await OpenAsync()).CompleteAsync(_key, owner, kept ?? Longer, Token);

    private async Task Release(string owner) => await (await OpenAsync()).ReleaseAsync(_key, owner, Token);

    [Fact]
    public async Task One_claims_and_the_others_see_it_until_it_is_completed()
    {
        Assert.Equal(NotificationClaim.Claimed, await Claim("a"));
        Assert.Equal(NotificationClaim.ClaimedElsewhere, await Claim("b"));
        Assert.Equal(NotificationClaim.ClaimedElsewhere, await Claim("a"));
        Assert.True(await Complete("a"));
        Assert.Equal(NotificationClaim.Completed, await Claim("b"));
        Assert.Equal(NotificationClaim.Completed, await Claim("a"));
    }

    [Fact]
    public async Task Only_its_owner_completes_or_releases_a_claim()
    {
        Assert.Equal(NotificationClaim.Claimed, await Claim("a"));
        Assert.False(await Complete("b"));
        await Release("b");
        Assert.Equal(NotificationClaim.ClaimedElsewhere, await Claim("c"));
        Assert.True(await Complete("a"));
        Assert.False(await Complete("a"));
        await Release("a");
        Assert.Equal(NotificationClaim.Completed, await Claim("c"));
    }

    [Fact]
    public async Task What_is_released_can_be_claimed_again()
    {
        Assert.Equal(NotificationClaim.Claimed, await Claim("a"));
        await Release("a");
        Assert.False(await Complete("a"));
        Assert.Equal(NotificationClaim.Claimed, await Claim("b"));
        await Release("a");
        Assert.Equal(NotificationClaim.ClaimedElsewhere, await Claim("c"));
    }

    [Fact]
    public async Task A_claim_whose_owner_died_is_free_after_its_lease()
    {
        Assert.Equal(NotificationClaim.Claimed, await Claim("died", Lease));
        Assert.Equal(NotificationClaim.ClaimedElsewhere, await Claim("b"));
        await PassAsync(Lease);
        Assert.Equal(NotificationClaim.Claimed, await Claim("b"));
        Assert.True(await Complete("b"));
    }

    [Fact]
    public async Task An_owner_whose_lease_ran_out_completes_and_releases_nothing_of_the_next_one()
    {
        Assert.Equal(NotificationClaim.Claimed, await Claim("slow", Lease));
        await PassAsync(Lease);
        Assert.Equal(NotificationClaim.Claimed, await Claim("next"));
        Assert.False(await Complete("slow"));
        await Release("slow");
        Assert.Equal(NotificationClaim.ClaimedElsewhere, await Claim("c"));
        Assert.True(await Complete("next"));
    }

    [Fact]
    public async Task A_lease_that_ran_out_is_no_claim_even_if_nobody_else_claimed()
    {
        Assert.Equal(NotificationClaim.Claimed, await Claim("slow", Lease));
        await PassAsync(Lease);
        Assert.False(await Complete("slow"));
        Assert.Equal(NotificationClaim.Claimed, await Claim("b"));
    }

    [Fact]
    public async Task A_completion_is_kept_beyond_the_lease_and_forgotten_in_its_time()
    {
        Assert.Equal(NotificationClaim.Claimed, await Claim("a", Lease));
        Assert.True(await Complete("a", Lease * 2));
        await PassAsync(Lease);
        Assert.Equal(NotificationClaim.Completed, await Claim("b"));
        await PassAsync(Lease);
        Assert.Equal(NotificationClaim.Claimed, await Claim("b"));
    }

    [Fact]
    public async Task Keys_are_compared_as_they_are()
    {
        Assert.Equal(NotificationClaim.Claimed, await Claim("a", key: _key + "A"));
        Assert.Equal(NotificationClaim.Claimed, await Claim("b", key: _key + "a"));
    }

    [Fact]
    public async Task Of_a_hundred_at_once_one_claims()
    {
        INotificationStore[] processes = [await OpenAsync(), await OpenAsync()];
        var claims = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            i => Task.Run(async () => await processes[i % 2].TryClaimAsync(_key, $"owner{i}", Longer, Token), Token)));
        Assert.Single(claims, NotificationClaim.Claimed);
        Assert.Equal(99, claims.Count(static claim => claim == NotificationClaim.ClaimedElsewhere));
    }

    [Fact]
    public async Task Nothing_is_claimed_for_a_caller_who_has_gone()
    {
        var store = await OpenAsync();
        var gone = new CancellationToken(true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.TryClaimAsync(_key, "a", Longer, gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.CompleteAsync(_key, "a", Longer, gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ReleaseAsync(_key, "a", gone));
        Assert.Equal(NotificationClaim.Claimed, await Claim("b"));
    }

    [Fact]
    public async Task Arguments_that_would_mix_notifications_are_refused()
    {
        var store = await OpenAsync();
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.TryClaimAsync("", "a", Longer, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.TryClaimAsync(_key, "", Longer, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.TryClaimAsync(_key, "a", TimeSpan.Zero, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.CompleteAsync(_key, "", Longer, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.CompleteAsync(_key, "a", TimeSpan.Zero, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.ReleaseAsync("", "a", Token));
    }
}
