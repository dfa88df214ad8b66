namespace WeChatPay.Sandbox;

/// <summary>A request that the gateway received and what it answered.</summary>
public sealed record SandboxExchange
{
    /// <summary>When the request arrived, by the gateway's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP verb.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query exactly as in the request line.</summary>
    public required string Target { get; init; }

    /// <summary>Method and path template of the operation, such as <c>POST /v3/pay/transactions/jsapi</c>; null if there is none.</summary>
    public string? Operation { get; init; }

    /// <summary>The request's headers without <c>Authorization</c>; several values of one name are joined by comma.</summary>
    public required IReadOnlyDictionary<string, string> RequestHeaders { get; init; }

    /// <summary>The request's body as it came.</summary>
    public required ReadOnlyMemory<byte> RequestBody { get; init; }

    /// <summary>The merchant whose signature was verified; null if it was not.</summary>
    public string? VerifiedMerchantId { get; init; }

    /// <summary>The HTTP status of the answer; 0 if the connection was cut.</summary>
    public required int Status { get; init; }

    /// <summary>The answer's <c>Request-ID</c>.</summary>
    public required string RequestId { get; init; }

    /// <summary>The answer's body as it was sent.</summary>
    public required ReadOnlyMemory<byte> AnswerBody { get; init; }

    /// <summary>Why the request was refused, in English; null if it was not.</summary>
    public string? Explanation { get; init; }

    /// <summary>The faults that struck the answer.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
