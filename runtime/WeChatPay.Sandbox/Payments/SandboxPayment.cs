namespace WeChatPay.Sandbox;

/// <summary>A payment that a test let happen.</summary>
/// <param name="OutTradeNo">The merchant's order number.</param>
/// <param name="TransactionId">WeChat Pay's number.</param>
/// <param name="Notification">The TRANSACTION.SUCCESS notification, which is being delivered in the background.</param>
public sealed record SandboxPayment(string OutTradeNo, string TransactionId, SandboxNotification Notification);

/// <summary>How a refund ends.</summary>
public enum SandboxRefundResult
{
    /// <summary>The money is back: REFUND.SUCCESS.</summary>
    Success,

    /// <summary>The payer's account cannot take it: REFUND.ABNORMAL.</summary>
    Abnormal,

    /// <summary>Given up; the amount can be refunded again: REFUND.CLOSED.</summary>
    Closed,
}
