namespace WeChatPay.Sandbox;

/// <summary>A notification that is being delivered in the background.</summary>
public sealed class SandboxNotification
{
    private readonly TaskCompletionSource<bool> _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SandboxNotification(SandboxMerchant merchant, string url, NotificationEnvelope envelope)
    {
        Merchant = merchant;
        Url = url;
        Envelope = envelope;
    }

    /// <summary>The envelope's <c>id</c>.</summary>
    public string Id => Envelope.Id;

    /// <summary>The event type, such as <c>TRANSACTION.SUCCESS</c>.</summary>
    public string EventType => Envelope.EventType;

    /// <summary>The merchant's address.</summary>
    public string Url { get; }

    /// <summary>
    /// Completes with true as soon as the merchant accepts the notification, with false when the schedule is used up, the address is not allowed,
    /// or the gateway stops.
    /// </summary>
    public Task<bool> Delivered => _delivered.Task;

    internal SandboxMerchant Merchant { get; }

    internal NotificationEnvelope Envelope { get; }

    internal int Attempts { get; set; }

    internal void Finish(bool isDelivered) => _delivered.TrySetResult(isDelivered);
}
