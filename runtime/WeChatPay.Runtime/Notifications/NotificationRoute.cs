using WeChatPay.Serialization;

namespace WeChatPay.Notifications;

/// <summary>One handler with what it is for.</summary>
internal abstract class NotificationRoute(NotificationKind kind, bool takesFailed, bool hasPredicate, bool answers)
{
    public NotificationKind Kind { get; } = kind;

    /// <summary>It is for APIv2 notifications of something that failed; every other handler is for none of those.</summary>
    public bool TakesFailed { get; } = takesFailed;

    public bool HasPredicate { get; } = hasPredicate;

    /// <summary>The notification is a question, and what the handler returns goes back as the reply.</summary>
    public bool Answers { get; } = answers;

    /// <summary>Reads the notification as this route's type and asks its predicate.</summary>
    /// <returns>The call of the handler, or null if this notification is not for it. The handler returns null unless it answers.</returns>
    public abstract ValueTask<Func<Task<WeChatPayNotificationReply?>>?> MatchAsync(WeChatPayNotification notification, IServiceProvider? services, CancellationToken cancellationToken);
}

internal sealed class NotificationRoute<T>(
    Func<WeChatPayNotification<T>, bool>? when,
    Func<WeChatPayNotification<T>, IServiceProvider?, CancellationToken, Task<WeChatPayNotificationReply?>> handler,
    bool takesFailed,
    bool answers)
    : NotificationRoute(T.Kind, takesFailed, when is not null, answers)
    where T : class, INotificationContent<T>
{
    public override async ValueTask<Func<Task<WeChatPayNotificationReply?>>?> MatchAsync(
        WeChatPayNotification notification, IServiceProvider? services, CancellationToken cancellationToken)
    {
        WeChatPayNotification<T> typed;
        try
        {
            typed = await notification.ReadAsync<T>(cancellationToken).ConfigureAwait(false);
        }
        catch (WeChatPaySerializationException) when (when is not null)
        {
            // Variants of one event may differ in the type of a member: one that cannot even be read is not this one.
            return null;
        }

        return when is null || when(typed) ? () => handler(typed, services, cancellationToken) : null;
    }
}
