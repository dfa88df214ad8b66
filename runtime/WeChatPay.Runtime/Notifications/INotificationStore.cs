namespace WeChatPay;

/// <summary>
/// Remembers which notifications are being handled and which were, so that the same one does not reach its handler twice. One store serves all merchants.
/// Implement it over whatever all instances of an application share, such as their database; <see cref="InMemoryNotificationStore"/> serves one instance, the
/// package WeChatPay.Redis several.
/// </summary>
/// <remarks>
/// A key is in one of three states: free, claimed by an owner until the lease ends, or completed until the time to keep it ends. Every change of state has to be
/// atomic. Whatever goes wrong has to throw: then the reply makes WeChat Pay send the notification again, and no handler runs without a claim.
/// <para>
/// A store narrows the window for duplicates, it does not close it: a process may end between what a handler did and the completion, and a handler may outlive
/// its lease. So handlers stay idempotent by business number.
/// </para>
/// </remarks>
public interface INotificationStore
{
    /// <summary>Claims a key, if it is free.</summary>
    /// <param name="key">
    /// What identifies the notification: at most 200 ASCII characters, without personal data, the same in each delivery, and of one merchant only. Compare it ordinally.
    /// </param>
    /// <param name="owner">Who claims: 32 ASCII characters, new for each delivery. Keep it with the claim.</param>
    /// <param name="lease">After this time an unfinished claim is free again, so that nothing is lost with a process that ended.</param>
    /// <param name="cancellationToken">Ends when the reply cannot wait any longer; a claim that was made nevertheless holds up the notification until its lease ends.</param>
    ValueTask<NotificationClaim> TryClaimAsync(string key, string owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Turns a claim into a completion, if it is still this owner's and its lease has not ended.</summary>
    /// <param name="key">The key.</param>
    /// <param name="owner">Who claimed it.</param>
    /// <param name="kept">How long to remember it.</param>
    /// <param name="cancellationToken">Ends when the reply cannot wait any longer.</param>
    /// <returns>False if the claim is not this owner's any more; then nothing was changed.</returns>
    ValueTask<bool> CompleteAsync(string key, string owner, TimeSpan kept, CancellationToken cancellationToken);

    /// <summary>Frees a claim, if it is still this owner's; otherwise does nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="owner">Who claimed it.</param>
    /// <param name="cancellationToken">Ends when the reply cannot wait any longer.</param>
    ValueTask ReleaseAsync(string key, string owner, CancellationToken cancellationToken);
}
