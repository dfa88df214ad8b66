using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WeChatPay.AspNetCore;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>
/// A mapped notification endpoint: add handlers, and conventions as to any other endpoint. What no handler is for is answered with 500, so
/// that it comes again; see <see cref="WeChatPayNotificationDispatcher"/> for how a handler is found.
/// </summary>
public sealed class WeChatPayNotificationEndpointBuilder : IEndpointConventionBuilder
{
    private readonly IEndpointConventionBuilder _endpoint;
    private readonly WeChatPayNotificationDispatcher _dispatcher;

    private WeChatPayNotificationEndpointBuilder(IEndpointConventionBuilder endpoint, WeChatPayNotificationDispatcher dispatcher)
    {
        _endpoint = endpoint;
        _dispatcher = dispatcher;
    }

    /// <summary>Adds a handler.</summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="handler">
    /// Called with each verified notification. Success is replied once it has ended; if it throws, the notification comes again. Its token ends with the
    /// application or after 4.5 seconds, because WeChat Pay waits no longer than 5; hanging up does not end it. It must be idempotent by business number.
    /// </param>
    /// <exception cref="InvalidOperationException">There is a handler for this event and original type already.</exception>
    public WeChatPayNotificationEndpointBuilder On<T>(Func<WeChatPayNotification<T>, CancellationToken, Task> handler)
        where T : class, INotificationContent<T>
    {
        _dispatcher.On(handler);
        return this;
    }

    /// <summary>Adds a handler that takes services of the request's scope, such as a database context.</summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="handler">Called with each verified notification; see the other form.</param>
    /// <exception cref="InvalidOperationException">There is a handler for this event and original type already.</exception>
    public WeChatPayNotificationEndpointBuilder On<T>(Func<WeChatPayNotification<T>, IServiceProvider, CancellationToken, Task> handler)
        where T : class, INotificationContent<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        _dispatcher.Add<T>(null, (notification, services, cancellationToken) => handler(notification, services!, cancellationToken));
        return this;
    }

    /// <summary>Adds a handler for those notifications of an event that fulfil a condition: for shapes that share event and original type.</summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="when">Whether a notification is for this handler, e.g. <c>n => n.Resource.CombineMchid is not null</c>. No two may be true for one notification.</param>
    /// <param name="handler">Called with each verified notification that fulfils the condition.</param>
    /// <exception cref="InvalidOperationException">There is a handler without a condition for this event and original type already.</exception>
    public WeChatPayNotificationEndpointBuilder On<T>(Func<WeChatPayNotification<T>, bool> when, Func<WeChatPayNotification<T>, CancellationToken, Task> handler)
        where T : class, INotificationContent<T>
    {
        _dispatcher.On(when, handler);
        return this;
    }

    /// <summary>Adds a handler with a condition that takes services of the request's scope.</summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="when">Whether a notification is for this handler. No two may be true for one notification.</param>
    /// <param name="handler">Called with each verified notification that fulfils the condition.</param>
    /// <exception cref="InvalidOperationException">There is a handler without a condition for this event and original type already.</exception>
    public WeChatPayNotificationEndpointBuilder On<T>(
        Func<WeChatPayNotification<T>, bool> when, Func<WeChatPayNotification<T>, IServiceProvider, CancellationToken, Task> handler)
        where T : class, INotificationContent<T>
    {
        ArgumentNullException.ThrowIfNull(when);
        ArgumentNullException.ThrowIfNull(handler);
        _dispatcher.Add(when, (notification, services, cancellationToken) => handler(notification, services!, cancellationToken));
        return this;
    }

    /// <summary>
    /// Adds a handler for APIv2 notifications that report a failure (<see cref="WeChatPayNotification{T}.IsFailed"/>), such as a deduction that was refused. They never
    /// reach a handler of <c>On</c>, so that nothing is delivered for them.
    /// </summary>
    /// <typeparam name="T">The content's class.</typeparam>
    /// <param name="handler">Called with each verified notification of a failure.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is of APIv3, which has an event of its own for each failure.</exception>
    /// <exception cref="InvalidOperationException">There is a handler for it already, or nothing tells its notifications.</exception>
    public WeChatPayNotificationEndpointBuilder OnFailed<T>(Func<WeChatPayNotification<T>, CancellationToken, Task> handler)
        where T : class, INotificationContent<T>
    {
        _dispatcher.OnFailed(handler);
        return this;
    }

    /// <summary>Adds a handler for APIv2 notifications that report a failure, which takes services of the request's scope.</summary>
    /// <typeparam name="T">The content's class.</typeparam>
    /// <param name="handler">Called with each verified notification of a failure.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is of APIv3, which has an event of its own for each failure.</exception>
    /// <exception cref="InvalidOperationException">There is a handler for it already, or nothing tells its notifications.</exception>
    public WeChatPayNotificationEndpointBuilder OnFailed<T>(Func<WeChatPayNotification<T>, IServiceProvider, CancellationToken, Task> handler)
        where T : class, INotificationContent<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        _dispatcher.Add<T>(null, (notification, services, cancellationToken) => handler(notification, services!, cancellationToken), takesFailed: true);
        return this;
    }

    /// <summary>
    /// Adds a handler for a notification that is a question: what it returns is the reply, such as the parking fee that WeChat Pay asks for. It is called each
    /// time the question comes, though never twice at once for one notification.
    /// </summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="handler">Called with each verified notification; <see cref="WeChatPayNotificationReply.Json(ReadOnlyMemory{byte})"/> makes a reply. If it throws, 500 is replied.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is of APIv2, where a reply carries no data.</exception>
    /// <exception cref="InvalidOperationException">There is a handler for this event and original type already.</exception>
    public WeChatPayNotificationEndpointBuilder Answer<T>(Func<WeChatPayNotification<T>, CancellationToken, Task<WeChatPayNotificationReply>> handler)
        where T : class, INotificationContent<T>
    {
        _dispatcher.Answer(handler);
        return this;
    }

    /// <summary>Adds a handler for a notification that is a question, which takes services of the request's scope.</summary>
    /// <typeparam name="T">The resource's class, which names the event.</typeparam>
    /// <param name="handler">Called with each verified notification; see the other form.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is of APIv2, where a reply carries no data.</exception>
    /// <exception cref="InvalidOperationException">There is a handler for this event and original type already.</exception>
    public WeChatPayNotificationEndpointBuilder Answer<T>(Func<WeChatPayNotification<T>, IServiceProvider, CancellationToken, Task<WeChatPayNotificationReply>> handler)
        where T : class, INotificationContent<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        _dispatcher.AddAnswer<T>((notification, services, cancellationToken) => handler(notification, services!, cancellationToken));
        return this;
    }

    /// <summary>
    /// Names an event that needs nothing: its verified notifications are answered as done (204; APIv2 200 with <c>SUCCESS</c>), unless a handler is for them.
    /// </summary>
    /// <param name="eventType">E.g. <c>COUPON.USE</c>, as it stands in the notification.</param>
    public WeChatPayNotificationEndpointBuilder Ignore(string eventType)
    {
        _dispatcher.Ignore(eventType);
        return this;
    }

    /// <summary>Names an event that needs nothing by its class; for APIv2 notifications that do not name their event it is the only way. Failures are included.</summary>
    /// <typeparam name="T">The content's class.</typeparam>
    /// <exception cref="InvalidOperationException">Nothing tells notifications of this class.</exception>
    public WeChatPayNotificationEndpointBuilder Ignore<T>()
        where T : class, INotificationContent<T>
    {
        _dispatcher.Ignore<T>();
        return this;
    }

    /// <inheritdoc/>
    public void Add(Action<EndpointBuilder> convention) => _endpoint.Add(convention);

    /// <inheritdoc/>
    public void Finally(Action<EndpointBuilder> finallyConvention) => _endpoint.Finally(finallyConvention);

    internal static WeChatPayNotificationEndpointBuilder Map(IEndpointRouteBuilder endpoints, string pattern, MerchantSource merchant)
    {
        var logger = endpoints.ServiceProvider.GetService<ILoggerFactory>()?.CreateLogger("WeChatPay.Notifications");
        var dispatcher = new WeChatPayNotificationDispatcher(logger);
        var handler = new NotificationRequestHandler(merchant, dispatcher, endpoints.ServiceProvider.GetService<IHostApplicationLifetime>());

        // A RequestDelegate: nothing is bound, so nothing reads the body before us and no code is made at run time.
        RequestDelegate invoke = handler.InvokeAsync;
        var endpoint = endpoints.MapMethods(pattern, [HttpMethods.Post], invoke)
            .WithDisplayName($"WeChat Pay notifications {pattern}")
            .WithMetadata(NotificationEndpointMetadata.All)
            .AllowAnonymous()
            .DisableAntiforgery()
            .CacheOutput(static policy => policy.NoCache());
        return new(endpoint, dispatcher);
    }
}
