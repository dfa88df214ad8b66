using Microsoft.AspNetCore.Http;

namespace WeChatPay.Sandbox;

/// <summary>
/// A WeChat Pay gateway on this machine's loopback interface. It behaves on the wire as the real one: strict request signatures, signed answers,
/// orders and refunds that keep state, signed and encrypted notifications. No real money, no real merchant, no network beyond this machine.
/// </summary>
/// <remarks>
/// Start it in a test or a sample, configure the client with <see cref="BaseAddress"/> and the credentials of <see cref="Merchant"/>, and let orders be
/// paid with <see cref="PayAsync"/>. All members are thread-safe.
/// </remarks>
public sealed class SandboxGateway : IAsyncDisposable
{
    private readonly OrderBook _book = new();
    private readonly BackgroundWork _work = new();
    private readonly ExchangeLog _log = new();
    private readonly TimeProvider _clock;
    private readonly SandboxMerchant? _ownMerchant;
    private readonly NotificationSender _sender;
    private readonly EventNotifier _notifier;
    private readonly RefundSettlement _settlement;
    private readonly GatewayPipeline _pipeline;
    private readonly ControlApi _control;
    private KestrelHost? _host;

    private SandboxGateway(SandboxOptions options)
    {
        _clock = options.TimeProvider;
        if (options.Merchants.Count == 0)
        {
            _ownMerchant = SandboxMerchant.Create(timeProvider: _clock);
            _ownMerchant.KeyMode = options.KeyMode;
        }

        Merchants = _ownMerchant is null ? [.. options.Merchants] : [_ownMerchant];
        _sender = new NotificationSender(options, Faults, _clock, _work);
        _notifier = new EventNotifier(_sender, _clock);
        _settlement = new RefundSettlement(_book, _notifier, _work, options, _clock);
        var routes = new RouteTable(
            new TransactionsApi(_book), new RefundsApi(_book, _settlement.Accepted), new BillsApi(_book, options.AllowBillOfToday));
        _pipeline = new GatewayPipeline(new RequestVerifier(Merchants), routes, Faults, _log, options, _clock);
        _control = new ControlApi(this);
    }

    /// <summary>Where the gateway listens, such as <c>http://127.0.0.1:40001/</c>.</summary>
    public Uri BaseAddress => _host!.BaseAddress;

    /// <summary>The first merchant.</summary>
    public SandboxMerchant Merchant => Merchants[0];

    /// <summary>All merchants.</summary>
    public IReadOnlyList<SandboxMerchant> Merchants { get; }

    /// <summary>What goes wrong on purpose.</summary>
    public SandboxFaults Faults { get; } = new();

    /// <summary>The attempts to deliver notifications so far, oldest first.</summary>
    public IReadOnlyList<SandboxDelivery> Deliveries => _sender.Deliveries;

    /// <summary>The last API calls, at most 1000, oldest first.</summary>
    public IReadOnlyList<SandboxExchange> Exchanges => _log.Snapshot();

    /// <summary>The orders as they stand.</summary>
    public IReadOnlyList<SandboxOrder> Orders
    {
        get
        {
            lock (_book.Gate)
                return [.. _book.Orders.Select(o => new SandboxOrder(o))];
        }
    }

    /// <summary>What the header <c>Sandbox-Token</c> has to hold for <c>/sandbox/…</c>, the control interface over HTTP.</summary>
    public string ControlToken { get; } = RandomText.Alphanumeric(32);

    /// <summary>Starts a gateway.</summary>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="System.IO.IOException">The port is taken.</exception>
    public static async Task<SandboxGateway> StartAsync(SandboxOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SandboxOptions();
        options.Validate();
        var gateway = new SandboxGateway(options);
        try
        {
            gateway._host = await KestrelHost.StartAsync(options.Port, gateway.HandleAsync, cancellationToken).ConfigureAwait(false);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Lets the payer pay an order. The task completes as soon as the payment stands; the notification goes out in the background:
    /// await <see cref="SandboxNotification.Delivered"/> for it.
    /// </summary>
    /// <param name="outTradeNoOrPrepayId">The merchant's order number, or the prepay id.</param>
    /// <param name="cancellationToken">Cancels before the payment.</param>
    /// <exception cref="InvalidOperationException">There is no such order, or it is paid, closed or expired.</exception>
    public Task<SandboxPayment> PayAsync(string outTradeNoOrPrepayId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(outTradeNoOrPrepayId);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_book.Gate)
        {
            var order = _book.Locate(outTradeNoOrPrepayId);
            _book.Pay(order, _clock.GetUtcNow());
            return Task.FromResult(new SandboxPayment(order.OutTradeNo, order.TransactionId!, _notifier.Paid(order)));
        }
    }

    /// <summary>Ends a refund that is PROCESSING; for gateways without <see cref="SandboxOptions.RefundDelay"/>.</summary>
    /// <param name="outRefundNoOrRefundId">The merchant's refund number, or WeChat Pay's.</param>
    /// <param name="result">How it ends.</param>
    /// <param name="cancellationToken">Cancels before the refund ends.</param>
    /// <returns>The notification that is being delivered; null if the refund has no notification address.</returns>
    /// <exception cref="InvalidOperationException">There is no such refund, or it has ended.</exception>
    public Task<SandboxNotification?> CompleteRefundAsync(
        string outRefundNoOrRefundId, SandboxRefundResult result = SandboxRefundResult.Success, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(outRefundNoOrRefundId);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_settlement.Complete(outRefundNoOrRefundId, result));
    }

    /// <summary>Sends a notification once more, signed anew: the duplicate that every merchant has to expect.</summary>
    /// <param name="notification">A notification of this gateway.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public Task<SandboxDelivery> ResendAsync(SandboxNotification notification, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notification);
        return _sender.ResendAsync(notification, cancellationToken);
    }

    /// <summary>Stops the server and all deliveries, and forgets every key that the gateway made.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync().ConfigureAwait(false);

        await _work.StopAsync().ConfigureAwait(false);
        _work.Dispose();
        _sender.Dispose();
        _ownMerchant?.Dispose();
    }

    private Task HandleAsync(HttpContext context)
    {
        if (HostGuard.Refusal(context) is { } refusal)
            return PlainAnswer.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, refusal);

        return context.Request.Path.StartsWithSegments("/sandbox", StringComparison.Ordinal)
            ? _control.HandleAsync(context)
            : _pipeline.HandleAsync(context);
    }
}
