using System.Text.Json;

namespace WeChatPay.Sandbox;

/// <summary>Writes a refund: one form for answers, a slightly different one for notifications.</summary>
internal static class RefundDocument
{
    private const string ReceivedAccount = "支付用户零钱";

    public static byte[] WriteAnswer(Refund refund) => JsonBytes.Object(w =>
    {
        w.WriteStartObject("amount");
        w.WriteString("currency", refund.Order.Currency);
        w.WriteNumber("discount_refund", 0);
        w.WriteStartArray("from");
        w.WriteEndArray();
        WriteAmounts(w, refund);
        w.WriteNumber("refund_fee", 0);
        w.WriteNumber("settlement_refund", refund.Amount);
        w.WriteNumber("settlement_total", refund.Order.Total);
        w.WriteEndObject();
        w.WriteString("channel", "ORIGINAL");
        w.WriteString("create_time", BeijingTime.Rfc3339(refund.CreatedAt));
        w.WriteString("funds_account", "AVAILABLE");
        w.WriteString("out_refund_no", refund.OutRefundNo);
        w.WriteString("out_trade_no", refund.Order.OutTradeNo);
        w.WriteStartArray("promotion_detail");
        w.WriteEndArray();
        w.WriteString("refund_id", refund.RefundId);
        w.WriteString("status", refund.Status);
        w.WriteOptional("success_time", refund.SuccessTime is { } time ? BeijingTime.Rfc3339(time) : null);
        w.WriteString("transaction_id", refund.Order.TransactionId);
        w.WriteString("user_received_account", ReceivedAccount);
    });

    public static byte[] WriteNotification(Refund refund) => JsonBytes.Object(w =>
    {
        w.WriteString("mchid", refund.Order.Merchant.MerchantId);
        w.WriteString("out_trade_no", refund.Order.OutTradeNo);
        w.WriteString("transaction_id", refund.Order.TransactionId);
        w.WriteString("out_refund_no", refund.OutRefundNo);
        w.WriteString("refund_id", refund.RefundId);
        w.WriteString("refund_status", refund.Status);
        w.WriteOptional("success_time", refund.SuccessTime is { } time ? BeijingTime.Rfc3339(time) : null);
        w.WriteString("user_received_account", ReceivedAccount);
        w.WriteStartObject("amount");
        WriteAmounts(w, refund);
        w.WriteEndObject();
    });

    private static void WriteAmounts(Utf8JsonWriter w, Refund refund)
    {
        w.WriteNumber("payer_refund", refund.Amount);
        w.WriteNumber("payer_total", refund.Order.Total);
        w.WriteNumber("refund", refund.Amount);
        w.WriteNumber("total", refund.Order.Total);
    }
}
