using System.Diagnostics.CodeAnalysis;
using System.IO;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace WeChatPay.AspNetCore;

/// <summary>One notification request: raw body, dispatcher, reply.</summary>
internal sealed class NotificationRequestHandler(MerchantSource merchants, WeChatPayNotificationDispatcher dispatcher, IHostApplicationLifetime? lifetime)
{
    /// <summary>WeChat Pay hangs up after 5 seconds and sends the notification again; a reply needs some of that.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4.5);

    /// <summary>The application may have to look the merchant up; a handler needs some of the time, too.</summary>
    private static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(2);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a lookup throws must become a reply that makes the notification come again.")]
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        WeChatPayCore? core;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            limit.CancelAfter(LongestLookup);
            core = await merchants.FindAsync(context, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await WriteAsync(context.Response, dispatcher.NoMerchant(e)).ConfigureAwait(false);
            return;
        }

        if (core is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Not the request's own token: when WeChat Pay hangs up, what has begun should rather end well than half way.
        using var budget = new CancellationTokenSource(Budget, core.Credentials.Clock);
        using var token = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, lifetime?.ApplicationStopping ?? CancellationToken.None);

        byte[]? body;
        try
        {
            body = await RawBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or (IOException and not BadHttpRequestException))
        {
            // Mostly the sender is gone. But a time limit or a buffer of the host ends the reading as well, and then somebody is
            // there to take the default status for success.
            await WriteAsync(context.Response, dispatcher.NotReceived(e)).ConfigureAwait(false);
            return;
        }

        var reply = body is null
            ? dispatcher.TooLarge()
            : await dispatcher.DispatchAsync(
                new WeChatPayNotifications(core.Keyring),
                new WeChatPayNotificationMessage(name => ValuesOf(context.Request.Headers, name), body),
                context.RequestServices,
                token.Token).ConfigureAwait(false);
        await WriteAsync(context.Response, reply).ConfigureAwait(false);
    }

    private static string[] ValuesOf(IHeaderDictionary headers, string name)
        => headers.TryGetValue(name, out var values) ? Array.ConvertAll(values.ToArray(), static value => value ?? "") : [];

    private static async Task WriteAsync(HttpResponse response, WeChatPayNotificationReply reply)
    {
        response.StatusCode = reply.StatusCode;
        if (reply.Authorization is { } authorization)
            response.Headers.Authorization = authorization;
        if (reply.Body.IsEmpty)
            return;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        await response.Body.WriteAsync(reply.Body).ConfigureAwait(false);
    }
}
