using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace WeChatPay.Notifications;

/// <summary>
/// Lets one delivery of a notification through to its handler, and none at the same time or after it was handled. A store that fails lets none through, and
/// success is only replied once the store has kept it.
/// </summary>
internal sealed class NotificationGuard(WeChatPayNotification notification, NotificationRoute route, NotificationReplies replies, ILogger logger)
{
    /// <summary>Several times what a handler may take, and little enough that WeChat Pay's early repetitions find a lost claim free again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How long one call of the store may take: WeChat Pay waits 5 seconds for all of it.</summary>
    public static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(2);

    private readonly NotificationKey _key = NotificationKey.Of(notification, route);
    private readonly string _owner = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    private string What => notification.Describe();

    private string Id => FailureText.OneLine(notification.Id);

    /// <summary>Claims, handles, completes.</summary>
    /// <param name="resolve">Gets the store, which may fail as anything of it.</param>
    /// <param name="handle">The handler.</param>
    /// <param name="cancellationToken">The handler's token; without a claim when it ends, nothing is handled.</param>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a handler or a store throws must become a reply that makes the notification come again.")]
    public async Task<WeChatPayNotificationReply> RunAsync(Func<INotificationStore> resolve, Func<Task<WeChatPayNotificationReply?>> handle, CancellationToken cancellationToken)
    {
        INotificationStore store;
        NotificationClaim claim;
        try
        {
            store = resolve();
            claim = await LimitAsync(token => store.TryClaimAsync(_key.Text, _owner, Lease, token).AsTask(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NotificationLog.NotClaimed(logger, What, Id, e);
            return replies.Unavailable;
        }

        if (claim == NotificationClaim.Completed)
        {
            NotificationLog.Duplicate(logger, What, Id);
            return replies.Success;
        }

        if (claim != NotificationClaim.Claimed)
        {
            NotificationLog.Busy(logger, What, Id);
            return replies.Busy;
        }

        WeChatPayNotificationReply? answer;
        try
        {
            answer = await handle().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NotificationLog.HandlerFailed(logger, What, Id, e);
            await ReleaseAsync(store).ConfigureAwait(false);
            return replies.Failed;
        }

        if (!route.Answers)
            return await CompleteAsync(store).ConfigureAwait(false);

        // A question that comes again wants its answer again, which no store has.
        await ReleaseAsync(store).ConfigureAwait(false);
        return answer!;
    }

    // Neither of the following ends with the handler's token: what is done is done, and should be known to be.
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a store throws must become a reply that makes the notification come again.")]
    private async Task<WeChatPayNotificationReply> CompleteAsync(INotificationStore store)
    {
        try
        {
            if (await LimitAsync(token => store.CompleteAsync(_key.Text, _owner, _key.Kept, token).AsTask(), CancellationToken.None).ConfigureAwait(false))
                return replies.Success;
            NotificationLog.ClaimLost(logger, What, Id, Lease.TotalSeconds);
        }
        catch (Exception e)
        {
            NotificationLog.NotCompleted(logger, What, Id, e);
        }

        return replies.Unavailable;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A claim that cannot be released ends by itself.")]
    private async Task ReleaseAsync(INotificationStore store)
    {
        try
        {
            await LimitAsync(
                async token =>
                {
                    await store.ReleaseAsync(_key.Text, _owner, token).ConfigureAwait(false);
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NotificationLog.NotReleased(logger, What, Id, Lease.TotalSeconds, e);
        }
    }

    /// <summary>Waits no longer than the limit, whether or not the store heeds its token.</summary>
    private async Task<TResult> LimitAsync<TResult>(Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(StoreTimeout, notification.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await call(either.Token).WaitAsync(either.Token).ConfigureAwait(false);
    }
}
