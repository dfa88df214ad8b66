using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>An order as the gateway keeps it. Guarded by the lock of <see cref="OrderBook"/>.</summary>
internal sealed class Order
{
    /// <summary>How long a prepay id can be paid with.</summary>
    public static readonly TimeSpan PrepayLife = TimeSpan.FromHours(2);

    public required SandboxMerchant Merchant { get; init; }

    public required string AppId { get; init; }

    public required string OutTradeNo { get; init; }

    /// <summary>The wire text of <c>trade_type</c>.</summary>
    public required string TradeType { get; init; }

    public required string Description { get; init; }

    public required string? Attach { get; init; }

    public required string NotifyUrl { get; init; }

    /// <summary>In fen.</summary>
    public required long Total { get; init; }

    public required string Currency { get; init; }

    public required string? OpenId { get; init; }

    public required DateTimeOffset? TimeExpire { get; init; }

    /// <summary>The request with sensitive fields decrypted: a repetition has to be equal to it.</summary>
    public required JsonObject Request { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string PrepayId { get; set; } = string.Empty;

    public DateTimeOffset PrepaidAt { get; set; }

    public string State { get; set; } = TradeState.NotPaid;

    public string? TransactionId { get; set; }

    public DateTimeOffset? SuccessTime { get; set; }

    public string? Payer { get; set; }

    public List<Refund> Refunds { get; } = [];

    /// <summary>What refunds have taken so far or are about to take, in fen. A closed refund gives its amount back.</summary>
    public long Refunding => Refunds.Where(r => r.Status != RefundStatus.Closed).Sum(r => r.Amount);

    public void CloseIfExpired(DateTimeOffset now)
    {
        if (State == TradeState.NotPaid && TimeExpire <= now)
            State = TradeState.Closed;
    }
}
