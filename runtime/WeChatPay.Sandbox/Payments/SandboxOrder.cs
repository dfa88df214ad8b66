namespace WeChatPay.Sandbox;

/// <summary>A snapshot of an order in the sandbox.</summary>
public sealed record SandboxOrder
{
    internal SandboxOrder(Order order)
    {
        MerchantId = order.Merchant.MerchantId;
        OutTradeNo = order.OutTradeNo;
        TradeType = order.TradeType;
        State = order.State;
        Total = order.Total;
        Currency = order.Currency;
        Refunding = order.Refunding;
        PrepayId = order.PrepayId;
        TransactionId = order.TransactionId;
        SuccessTime = order.SuccessTime;
        NotifyUrl = order.NotifyUrl;
        RequestJson = order.Request.ToJsonString();
    }

    /// <summary>The merchant that ordered.</summary>
    public string MerchantId { get; }

    /// <summary>The merchant's order number.</summary>
    public string OutTradeNo { get; }

    /// <summary><c>JSAPI</c>, <c>APP</c>, <c>MWEB</c> or <c>NATIVE</c>.</summary>
    public string TradeType { get; }

    /// <summary><c>NOTPAY</c>, <c>SUCCESS</c>, <c>REFUND</c> or <c>CLOSED</c>.</summary>
    public string State { get; }

    /// <summary>The amount in fen.</summary>
    public long Total { get; }

    /// <summary>The currency; <c>CNY</c>.</summary>
    public string Currency { get; }

    /// <summary>What has been or is being refunded, in fen.</summary>
    public long Refunding { get; }

    /// <summary>The prepay id that the order can be paid with.</summary>
    public string PrepayId { get; }

    /// <summary>WeChat Pay's number; null until it is paid.</summary>
    public string? TransactionId { get; }

    /// <summary>When it was paid; null until then.</summary>
    public DateTimeOffset? SuccessTime { get; }

    /// <summary>Where the notification goes.</summary>
    public string NotifyUrl { get; }

    /// <summary>The request as JSON, sensitive fields decrypted.</summary>
    public string RequestJson { get; }
}
