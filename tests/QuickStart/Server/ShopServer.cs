using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeChatPay;
using WeChatPay.Webhook.V3;

namespace QuickStart;

/// <summary>The shop's web application: the client from the container, and the endpoint that WeChat Pay posts notifications to.</summary>
internal sealed class ShopServer : IAsyncDisposable
{
    private const string NotifyPath = "/wechatpay/notify";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ShopOrder> _orders = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<WeChatPayNotification<TransactionSuccess>> _paid = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<WeChatPayNotification<RefundSuccess>> _refunded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ShopServer(WebApplication app) => _app = app;

    public WeChatPayClient Client => _app.Services.GetRequiredService<WeChatPayClient>();

    public Uri NotifyUrl { get; private set; } = null!;

    /// <summary>The notification of the payment, once it has been handled.</summary>
    public Task<WeChatPayNotification<TransactionSuccess>> Paid => _paid.Task;

    /// <summary>The notification of the refund, once it has been handled.</summary>
    public Task<WeChatPayNotification<RefundSuccess>> Refunded => _refunded.Task;

    /// <summary>Orders that were compared and delivered, and how often that was.</summary>
    public int Fulfilments { get; private set; }

    public static async Task<ShopServer> StartAsync(Action<WeChatPayOptions> configure, string merchantId)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddWeChatPay(configure);

        var app = builder.Build();
        var server = new ShopServer(app);
        app.MapWeChatPayNotifications(NotifyPath)
            .On<TransactionSuccess>((notification, _) => server.HandleAsync(notification, merchantId))
            .On<RefundSuccess>((notification, _) => server.HandleAsync(notification));

        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.NotifyUrl = new Uri(new Uri(address), NotifyPath);
        return server;
    }

    public void Remember(ShopOrder order) => _orders[order.Number] = order;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // The handlers run only after signature, time, decryption and merchant held. An exception makes WeChat Pay send the notification again.
    private Task HandleAsync(WeChatPayNotification<TransactionSuccess> notification, string merchantId)
    {
        var paid = notification.Resource;
        if (!_orders.TryGetValue(paid.OutTradeNo ?? string.Empty, out var order))
            throw new InvalidOperationException("A payment for an order that this shop does not have.");

        var differences = PaymentCheck.Differences(paid, order, merchantId);
        if (differences.Count > 0)
            throw new InvalidOperationException($"Not delivered: {string.Join("; ", differences)}");

        if (order.TryFulfil())
            Fulfilments++;

        _paid.TrySetResult(notification);
        return Task.CompletedTask;
    }

    private Task HandleAsync(WeChatPayNotification<RefundSuccess> notification)
    {
        _refunded.TrySetResult(notification);
        return Task.CompletedTask;
    }
}
