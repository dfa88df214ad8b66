namespace WeChatPay.Sandbox;

/// <summary>What the gateway is about to answer, before it is signed.</summary>
internal sealed record GatewayAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    public static GatewayAnswer NoContent { get; } = new(204, default) { ContentType = null };

    public string? ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>Bill files are not signed; their hash came in a signed answer.</summary>
    public bool IsUnsignedByProtocol { get; init; }

    /// <summary>Why the request was refused, in English, for the person at the keyboard; null on success.</summary>
    public string? Explanation { get; init; }

    /// <summary>Digits after the last dash of <c>Request-ID</c>: 0 means no error.</summary>
    public int InnerErrorCode => Status < 400 ? 0 : 268435456 + Status;

    public static GatewayAnswer Json(byte[] body) => new(200, body);
}
