namespace WeChatPay;

/// <summary>The base of every answer. Whoever holds one holds bytes whose signature was verified.</summary>
public class WeChatPayResponse
{
    /// <summary>Status, request id, headers and the verified raw body.</summary>
    public WeChatPayHttp Http { get; internal set; } = WeChatPayHttp.None;
}

/// <summary>The HTTP side of a verified answer.</summary>
public sealed class WeChatPayHttp
{
    internal static WeChatPayHttp None { get; } = new();

    /// <summary>The status code; 0 on an answer that was made by hand.</summary>
    public int Status { get; internal init; }

    /// <summary>The <c>Request-ID</c> header: what WeChat Pay's support asks for.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The verified bytes as they came.</summary>
    public ReadOnlyMemory<byte> RawBody { get; internal init; }
}

/// <summary>Options of one call.</summary>
public sealed class WeChatPayRequestOptions
{
    /// <summary>A time limit for this call instead of the client's.</summary>
    public TimeSpan? Timeout { get; set; }
}
