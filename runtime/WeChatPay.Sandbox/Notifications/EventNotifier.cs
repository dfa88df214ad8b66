namespace WeChatPay.Sandbox;

/// <summary>Turns what happened to an order or a refund into a notification.</summary>
internal sealed class EventNotifier(NotificationSender sender, TimeProvider clock)
{
    /// <summary>The order was paid. Called with the order book locked.</summary>
    public SandboxNotification Paid(Order order) => Send(
        order.Merchant, order.NotifyUrl, "TRANSACTION.SUCCESS", "transaction", "支付成功", OrderDocument.Write(order));

    /// <summary>The refund ended. Null if it has no notification address. Called with the order book locked.</summary>
    public SandboxNotification? Ended(Refund refund)
    {
        if (refund.NotifyUrl is null)
            return null;

        var summary = refund.Status switch
        {
            RefundStatus.Success => "退款成功",
            RefundStatus.Closed => "退款关闭",
            _ => "退款异常",
        };
        return Send(
            refund.Order.Merchant, refund.NotifyUrl, $"REFUND.{refund.Status}", "refund", summary, RefundDocument.WriteNotification(refund));
    }

    private SandboxNotification Send(SandboxMerchant merchant, string url, string eventType, string originalType, string summary, byte[] resource)
        => sender.Send(merchant, url, NotificationEnvelope.Seal(merchant, clock.GetUtcNow(), eventType, originalType, summary, resource));
}
