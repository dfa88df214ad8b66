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
/// lost; events that need nothing are named with <see cref="Ignore(string)"/> or <see cref="Ignore{T}"/>.
/// <para>
/// The same notification may come many times, also at once. An <see cref="INotificationStore"/> lets one delivery through: others get 503 while it is handled, and
/// success without the handler once it was. If the store fails, the reply is 503 and no handler is called. Handlers must be idempotent by business number all the
/// same: a process may end after what its handler did and before the store knows.
/// </para>
/// <para>
/// APIv2: few notifications name their event. A handler is found by <c>event_type</c> where there is one, a refund by its <c>req_info</c>, anything else by the
/// members that its spec names as telling. What reports a failure (<see cref="WeChatPayNotification{T}.IsFailed"/>) reaches handlers of <see cref="OnFailed"/> only.
/// </para>
/// </remarks>
public sealed class WeChatPayNotificationDispatcher
{
    private readonly NotificationTable _table = new();
    private readonly ILogger _logger;
    private readonly INotificationStore _store;

    /// <summary>Creates a dispatcher without handlers.</summary>
    /// <param name="logger">Where refused and failed notifications are logged; never their content.</param>
    /// <param name="store">Remembers what was handled. Null for an <see cref="InMemoryNotificationStore"/>, which serves one instance of an application.</param>
    public WeChatPayNotificationDispatcher(ILogger? logger = null, INotificationStore? store = null)
    {
        _logger = logger ?? NullLogger.Instance;
        _store = store ?? new InMemoryNotificationStore();
    }

    /// <summary>Adds a handler.</summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="handler">Called with each verified notification. Success is replied once it has ended; if it throws, the notification comes again.</param>
    /// <exception cref="InvalidOperationException">There is a handler for this event and original type already.</exception>
    public WeChatPayNotificationDispatcher On<T>(Func<WeChatPayNotification<T>, CancellationToken, Task> handler)
        where T : class, INotificationContent<T>
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
        where T : class, INotificationContent<T>
    {
        ArgumentNullException.ThrowIfNull(when);
        ArgumentNullException.ThrowIfNull(handler);
        return Add(when, (notification, _, cancellationToken) => handler(notification, cancellationToken));
    }

    /// <summary>
    /// Adds a handler for APIv2 notifications that report a failure (<see cref="WeChatPayNotification{T}.IsFailed"/>), such as a deduction that was refused. They never
    /// reach a handler of <see cref="On{T}(Func{WeChatPayNotification{T}, CancellationToken, Task})"/>, so that nothing is delivered for them.
    /// </summary>
    /// <typeparam name="T">The content's class.</typeparam>
    /// <param name="handler">Called with each verified notification of a failure.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is of APIv3, which has an event of its own for each failure.</exception>
    /// <exception cref="InvalidOperationException">There is a handler for it already, or nothing tells its notifications.</exception>
    public WeChatPayNotificationDispatcher OnFailed<T>(Func<WeChatPayNotification<T>, CancellationToken, Task> handler)
        where T : class, INotificationContent<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<T>(null, (notification, _, cancellationToken) => handler(notification, cancellationToken), takesFailed: true);
    }

    /// <summary>
    /// Adds a handler for a notification that is a question: what it returns is the reply, such as the parking fee that WeChat Pay asks for. It is called each
    /// time the question comes, though never twice at once for one notification.
    /// </summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="handler">Called with each verified notification; <see cref="WeChatPayNotificationReply.Json(ReadOnlyMemory{byte})"/> makes a reply. If it throws, 500 is replied.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is of APIv2, where a reply carries no data.</exception>
    /// <exception cref="InvalidOperationException">There is a handler for this event and original type already.</exception>
    public WeChatPayNotificationDispatcher Answer<T>(Func<WeChatPayNotification<T>, CancellationToken, Task<WeChatPayNotificationReply>> handler)
        where T : class, INotificationContent<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return AddAnswer<T>((notification, _, cancellationToken) => handler(notification, cancellationToken));
    }

    /// <summary>
    /// Names an event that needs nothing: its verified notifications are answered as done (204; APIv2 200 with <c>SUCCESS</c>), unless a handler is for them.
    /// </summary>
    /// <param name="eventType">E.g. <c>COUPON.USE</c>, as it stands in the notification.</param>
    public WeChatPayNotificationDispatcher Ignore(string eventType)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventType);
        _table.Ignore(eventType);
        return this;
    }

    /// <summary>Names an event that needs nothing by its class; for APIv2 notifications that do not name their event it is the only way. Failures are included.</summary>
    /// <typeparam name="T">The content's class.</typeparam>
    /// <exception cref="InvalidOperationException">Nothing tells notifications of this class.</exception>
    public WeChatPayNotificationDispatcher Ignore<T>()
        where T : class, INotificationContent<T>
    {
        _table.Ignore(T.Kind);
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
        Func<WeChatPayNotification<T>, bool>? when, Func<WeChatPayNotification<T>, IServiceProvider?, CancellationToken, Task> handler, bool takesFailed = false)
        where T : class, INotificationContent<T>
    {
        if (takesFailed && T.Kind.Version == 3)
            throw new ArgumentException($"{T.Kind.Describe()} is an event of APIv3, which never reports a failure of something else: use On<{typeof(T).Name}>.", nameof(T));
        _table.Add(new NotificationRoute<T>(
            when,
            async (notification, services, cancellationToken) =>
            {
                await handler(notification, services, cancellationToken).ConfigureAwait(false);
                return null;
            },
            takesFailed,
            answers: false));
        return this;
    }

    internal WeChatPayNotificationDispatcher AddAnswer<T>(Func<WeChatPayNotification<T>, IServiceProvider?, CancellationToken, Task<WeChatPayNotificationReply>> handler)
        where T : class, INotificationContent<T>
    {
        if (T.Kind.Version == 2)
            throw new ArgumentException($"{T.Kind.Describe()} is no question: the reply to an APIv2 notification carries no data. Use On<{typeof(T).Name}>.", nameof(T));
        _table.Add(new NotificationRoute<T>(
            when: null,
            async (notification, services, cancellationToken) => await handler(notification, services, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The handler for {T.Kind.Describe()} returned no reply."),
            takesFailed: false,
            answers: true));
        return this;
    }

    internal WeChatPayNotificationReply TooLarge() => TooLarge(NotificationReplies.Json);

    private WeChatPayNotificationReply TooLarge(NotificationReplies replies)
    {
        NotificationLog.TooLarge(_logger, WeChatPayNotifications.MaxBodyLength);
        return replies.TooLarge;
    }

    /// <summary>The reply to a notification whose body did not come as a whole.</summary>
    internal WeChatPayNotificationReply NotReceived(Exception exception)
    {
        NotificationLog.NotReceived(_logger, exception);
        return NotificationReplies.Json.Failed;
    }

    /// <summary>The reply while it cannot be told whose notification it is.</summary>
    internal WeChatPayNotificationReply NoMerchant(Exception exception)
    {
        NotificationLog.NoMerchant(_logger, exception);
        return NotificationReplies.Json.Failed;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a handler throws must become a reply that makes the notification come again.")]
    internal async Task<WeChatPayNotificationReply> DispatchAsync(
        WeChatPayNotifications notifications, WeChatPayNotificationMessage message, IServiceProvider? services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notifications);
        ArgumentNullException.ThrowIfNull(message);
        var replies = NotificationReplies.Of(message.Body.Span);
        if (message.Body.Length > WeChatPayNotifications.MaxBodyLength)
            return TooLarge(replies);

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
            return replies.NotVerified;
        }
        catch (WeChatPaySerializationException e) when (!e.IsVerified)
        {
            NotificationLog.NoMessage(_logger, e);
            return replies.NotVerified;
        }
        catch (Exception e)
        {
            NotificationLog.NotRead(_logger, e);
            return replies.Failed;
        }

        try
        {
            return await HandleAsync(notification, replies, services, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            NotificationLog.HandlerFailed(_logger, notification.Describe(), FailureText.OneLine(notification.Id), e);
            return replies.Failed;
        }
    }

    private async Task<WeChatPayNotificationReply> HandleAsync(
        WeChatPayNotification notification, NotificationReplies replies, IServiceProvider? services, CancellationToken cancellationToken)
    {
        NotificationRoute? chosen = null;
        Func<Task<WeChatPayNotificationReply?>>? handle = null;
        foreach (var route in _table.Candidates(notification))
        {
            if (await route.MatchAsync(notification, services, cancellationToken).ConfigureAwait(false) is not { } match)
                continue;
            if (handle is not null)
            {
                NotificationLog.Ambiguous(_logger, notification.Describe(), FailureText.OneLine(notification.Id));
                return replies.Failed;
            }

            (chosen, handle) = (route, match);
        }

        if (handle is not null)
        {
            return await new NotificationGuard(notification, chosen!, replies, _logger)
                .RunAsync(() => StoreOf(services), handle, cancellationToken).ConfigureAwait(false);
        }

        if (_table.IsIgnored(notification))
            return replies.Ignored;
        NotificationLog.NoHandler(_logger, notification.Describe(), FailureText.OneLine(notification.Id));
        return replies.Failed;
    }

    /// <summary>That of the application comes first: it may be shared with other instances, or live with the request.</summary>
    private INotificationStore StoreOf(IServiceProvider? services) => (INotificationStore?)services?.GetService(typeof(INotificationStore)) ?? _store;
}
