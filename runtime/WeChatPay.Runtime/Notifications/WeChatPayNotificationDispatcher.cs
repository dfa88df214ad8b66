using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WeChatPay.Notifications;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>
/// Hands notifications to typed handlers and says what to reply, for any web server; WeChatPay.AspNetCore maps it to an endpoint. Add all
/// handlers first; after that it is thread-safe.
/// </summary>
/// <remarks>
/// A handler is found by event type and original type: <c>TRANSACTION.SUCCESS</c> is the event of payments, combined and partner payments
/// and profit sharing alike. A notification that no handler or more than one is for is answered with 500, so that it comes again and is not
/// lost; events that need nothing are named with <see cref="Ignore"/>. Handlers must be idempotent by business number: the same notification
/// may come many times, also at once.
/// </remarks>
public sealed class WeChatPayNotificationDispatcher
{
    private readonly NotificationTable _table = new();
    private readonly ILogger _logger;

    /// <summary>Creates a dispatcher without handlers.</summary>
    /// <param name="logger">Where refused and failed notifications are logged; never their content.</param>
    public WeChatPayNotificationDispatcher(ILogger? logger = null) => _logger = logger ?? NullLogger.Instance;

    /// <summary>Adds a handler.</summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="handler">Called with each verified notification. Success is replied once it has ended; if it throws, the notification comes again.</param>
    /// <exception cref="InvalidOperationException">There is a handler for this event and original type already.</exception>
    public WeChatPayNotificationDispatcher On<T>(Func<WeChatPayNotification<T>, CancellationToken, Task> handler)
        where T : class, INotificationResource<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<T>(null, (notification, _, cancellationToken) => handler(notification, cancellationToken));
    }

    /// <summary>Adds a handler for those notifications of an event that fulfil a condition: for shapes that share event and original type.</summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="when">Whether a notification is for this handler, e.g. <c>n => n.Resource.CombineMchid is not null</c>. No two may be true for one notification.</param>
    /// <param name="handler">Called with each verified notification that fulfils the condition.</param>
    /// <exception cref="InvalidOperationException">There is a handler without a condition for this event and original type already.</exception>
    public WeChatPayNotificationDispatcher On<T>(Func<WeChatPayNotification<T>, bool> when, Func<WeChatPayNotification<T>, CancellationToken, Task> handler)
        where T : class, INotificationResource<T>
    {
        ArgumentNullException.ThrowIfNull(when);
        ArgumentNullException.ThrowIfNull(handler);
        return Add(when, (notification, _, cancellationToken) => handler(notification, cancellationToken));
    }

    /// <summary>Names an event that needs nothing: its verified notifications are answered with 204, unless a handler is for them.</summary>
    /// <param name="eventType">E.g. <c>COUPON.USE</c>.</param>
    public WeChatPayNotificationDispatcher Ignore(string eventType)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventType);
        _table.Ignore(eventType);
        return this;
    }

    /// <summary>Verifies, decrypts and handles a notification. Does not throw: whatever goes wrong is a reply and a log entry.</summary>
    /// <param name="notifications">The merchant whose notification it has to be, <c>client.Notifications</c>.</param>
    /// <param name="message">The notification as it arrived.</param>
    /// <param name="cancellationToken">What handlers get. WeChat Pay waits 5 seconds; not the client's abort, which would end a handler half way.</param>
    public Task<WeChatPayNotificationReply> DispatchAsync(
        WeChatPayNotifications notifications, WeChatPayNotificationMessage message, CancellationToken cancellationToken = default)
        => DispatchAsync(notifications, message, services: null, cancellationToken);

    internal WeChatPayNotificationDispatcher Add<T>(
        Func<WeChatPayNotification<T>, bool>? when, Func<WeChatPayNotification<T>, IServiceProvider?, CancellationToken, Task> handler)
        where T : class, INotificationResource<T>
    {
        _table.Add(new NotificationRoute<T>(when, handler));
        return this;
    }

    internal WeChatPayNotificationReply TooLarge()
    {
        NotificationLog.TooLarge(_logger, WeChatPayNotifications.MaxBodyLength);
        return WeChatPayNotificationReply.TooLarge;
    }

    /// <summary>The reply to a notification whose body did not come as a whole.</summary>
    internal WeChatPayNotificationReply NotReceived(Exception exception)
    {
        NotificationLog.NotReceived(_logger, exception);
        return WeChatPayNotificationReply.Failed;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a handler throws must become a reply that makes the notification come again.")]
    internal async Task<WeChatPayNotificationReply> DispatchAsync(
        WeChatPayNotifications notifications, WeChatPayNotificationMessage message, IServiceProvider? services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notifications);
        ArgumentNullException.ThrowIfNull(message);
        if (message.Body.Length > WeChatPayNotifications.MaxBodyLength)
            return TooLarge();

        WeChatPayNotification notification;
        try
        {
            notification = await notifications.ReadAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (WeChatPaySignatureException e)
        {
            if (e.IsProbe)
                NotificationLog.Probe(_logger);
            else
                NotificationLog.NotVerified(_logger, e.Reason, e);
            return WeChatPayNotificationReply.NotVerified;
        }
        catch (Exception e)
        {
            NotificationLog.NotRead(_logger, e);
            return WeChatPayNotificationReply.Failed;
        }

        try
        {
            return await HandleAsync(notification, services, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NotificationLog.HandlerFailed(_logger, FailureText.OneLine(notification.EventType), FailureText.OneLine(notification.Id), e);
            return WeChatPayNotificationReply.Failed;
        }
    }

    private async Task<WeChatPayNotificationReply> HandleAsync(
        WeChatPayNotification notification, IServiceProvider? services, CancellationToken cancellationToken)
    {
        Func<Task>? handle = null;
        foreach (var route in _table.Candidates(notification.EventType, notification.OriginalType))
        {
            if (await route.MatchAsync(notification, services, cancellationToken).ConfigureAwait(false) is not { } match)
                continue;
            if (handle is not null)
            {
                NotificationLog.Ambiguous(_logger, Describe(notification), FailureText.OneLine(notification.Id));
                return WeChatPayNotificationReply.Failed;
            }

            handle = match;
        }

        if (handle is not null)
        {
            await handle().ConfigureAwait(false);
            return WeChatPayNotificationReply.Success;
        }

        if (_table.IsIgnored(notification.EventType))
            return WeChatPayNotificationReply.Ignored;
        NotificationLog.NoHandler(_logger, Describe(notification), FailureText.OneLine(notification.Id));
        return WeChatPayNotificationReply.Failed;
    }

    private static string Describe(WeChatPayNotification notification)
        => $"{FailureText.OneLine(notification.EventType)} ({FailureText.OneLine(notification.OriginalType ?? "no original type")})";
}
