namespace WeChatPay.Sandbox;

/// <summary>An answer or a notification on its way out: what faults may change.</summary>
internal sealed class OutgoingMessage
{
    public required byte[] Body { get; set; }

    /// <summary>The body of the last other answer of the same operation, or null.</summary>
    public byte[]? OtherBody { get; init; }

    /// <summary>The headers of the signature; empty before signing, and on messages that are not signed.</summary>
    public List<KeyValuePair<string, string>> Headers { get; set; } = [];

    public TimeSpan ClockSkew { get; set; }

    public TimeSpan Delay { get; set; }

    /// <summary>The connection is cut instead of sending anything.</summary>
    public bool IsLost { get; set; }
}
