using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>A refund as the gateway keeps it. Guarded by the lock of <see cref="OrderBook"/>.</summary>
internal sealed class Refund
{
    public required Order Order { get; init; }

    public required string OutRefundNo { get; init; }

    public required string RefundId { get; init; }

    /// <summary>In fen.</summary>
    public required long Amount { get; init; }

    public required string? NotifyUrl { get; init; }

    /// <summary>The request: a repetition has to be equal to it.</summary>
    public required JsonObject Request { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Status { get; set; } = RefundStatus.Processing;

    public DateTimeOffset? SuccessTime { get; set; }
}

/// <summary>Wire texts of a refund's <c>status</c>.</summary>
internal static class RefundStatus
{
    public const string Processing = "PROCESSING";
    public const string Success = "SUCCESS";
    public const string Closed = "CLOSED";
    public const string Abnormal = "ABNORMAL";
}
