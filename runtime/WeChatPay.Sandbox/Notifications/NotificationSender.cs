using System.Net.Http;

namespace WeChatPay.Sandbox;

/// <summary>Delivers notifications in the background and repeats them by the schedule until the merchant accepts.</summary>
internal sealed class NotificationSender : IDisposable
{
    private readonly SandboxOptions _options;
    private readonly TimeProvider _clock;
    private readonly BackgroundWork _work;
    private readonly HttpClient _client;
    private readonly NotificationAttempt _attempt;
    private readonly List<SandboxDelivery> _deliveries = [];

    public NotificationSender(SandboxOptions options, SandboxFaults faults, TimeProvider clock, BackgroundWork work)
    {
        _options = options;
        _clock = clock;
        _work = work;
        _client = NotificationConnector.CreateClient(options.AllowRemoteNotifications);
        _attempt = new NotificationAttempt(_client, faults, clock, options.NotificationTimeout);
    }

    public IReadOnlyList<SandboxDelivery> Deliveries
    {
        get
        {
            lock (_deliveries)
                return [.. _deliveries];
        }
    }

    public SandboxNotification Send(SandboxMerchant merchant, string url, NotificationEnvelope envelope)
    {
        var notification = new SandboxNotification(merchant, url, envelope);
        _work.Run(cancellationToken => DeliverAsync(notification, cancellationToken));
        return notification;
    }

    /// <summary>Sends a notification once more, whatever became of it before.</summary>
    public async Task<SandboxDelivery> ResendAsync(SandboxNotification notification, CancellationToken cancellationToken)
    {
        var delivery = await AttemptAsync(notification, cancellationToken).ConfigureAwait(false);
        if (delivery.IsAccepted)
            notification.Finish(true);

        return delivery;
    }

    public void Dispose() => _client.Dispose();

    private async Task DeliverAsync(SandboxNotification notification, CancellationToken cancellationToken)
    {
        try
        {
            if ((await AttemptAsync(notification, cancellationToken).ConfigureAwait(false)).IsAccepted)
            {
                notification.Finish(true);
                return;
            }

            foreach (var wait in _options.NotificationSchedule)
            {
                await Task.Delay(wait / _options.NotificationSpeedUp, _clock, cancellationToken).ConfigureAwait(false);
                if (notification.Delivered.IsCompleted)
                    return;

                if ((await AttemptAsync(notification, cancellationToken).ConfigureAwait(false)).IsAccepted)
                {
                    notification.Finish(true);
                    return;
                }
            }
        }
        finally
        {
            notification.Finish(false);
        }
    }

    private async Task<SandboxDelivery> AttemptAsync(SandboxNotification notification, CancellationToken cancellationToken)
    {
        int number;
        lock (_deliveries)
            number = ++notification.Attempts;

        var delivery = await _attempt.SendAsync(notification, number, cancellationToken).ConfigureAwait(false);
        lock (_deliveries)
            _deliveries.Add(delivery);

        return delivery;
    }
}
