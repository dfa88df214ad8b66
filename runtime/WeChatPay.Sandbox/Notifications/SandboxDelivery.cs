namespace WeChatPay.Sandbox;

/// <summary>One attempt to deliver a notification.</summary>
public sealed record SandboxDelivery
{
    /// <summary>The envelope's <c>id</c>; the same for every attempt.</summary>
    public required string NotificationId { get; init; }

    /// <summary>The event type, such as <c>TRANSACTION.SUCCESS</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>The address it was sent to.</summary>
    public required string Url { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the attempt began, by the gateway's clock.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>How long it took, by the gateway's clock.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The merchant's HTTP status; null if there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Why there was no answer; null if there was one.</summary>
    public string? Error { get; init; }

    /// <summary>The merchant answered 200 or 204 in time: nothing is sent again.</summary>
    public bool IsAccepted => Status is 200 or 204;

    /// <summary>The headers of the signature as they were sent.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> SignatureHeaders { get; init; }

    /// <summary>The body as it was sent.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The start of the merchant's answer, at most 4 KB; empty if there was none.</summary>
    public string Answer { get; init; } = string.Empty;
}
