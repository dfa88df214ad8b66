using System.Text.Json;

namespace WeChatPay.Sandbox;

/// <summary>Writes an order in the form of query answers and of the TRANSACTION.SUCCESS notification.</summary>
internal static class OrderDocument
{
    public static byte[] Write(Order order) => JsonBytes.Object(w =>
    {
        var isPaid = order.TransactionId is not null;
        WriteAmount(w, order, isPaid);
        w.WriteString("appid", order.AppId);
        w.WriteOptional("attach", order.Attach ?? (isPaid ? string.Empty : null));
        if (isPaid)
            w.WriteString("bank_type", "OTHERS");

        w.WriteString("mchid", order.Merchant.MerchantId);
        w.WriteString("out_trade_no", order.OutTradeNo);
        if (isPaid)
        {
            w.WriteStartObject("payer");
            w.WriteString("openid", order.Payer);
            w.WriteEndObject();
        }

        w.WriteStartArray("promotion_detail");
        w.WriteEndArray();
        if (order.SuccessTime is { } time)
            w.WriteString("success_time", BeijingTime.Rfc3339(time));

        w.WriteString("trade_state", order.State);
        w.WriteString("trade_state_desc", TradeState.Describe(order.State));
        if (isPaid)
        {
            w.WriteString("trade_type", order.TradeType);
            w.WriteString("transaction_id", order.TransactionId);
        }
    });

    private static void WriteAmount(Utf8JsonWriter w, Order order, bool isPaid)
    {
        w.WriteStartObject("amount");
        w.WriteString("currency", order.Currency);
        w.WriteString("payer_currency", order.Currency);
        if (isPaid)
            w.WriteNumber("payer_total", order.Total);

        w.WriteNumber("total", order.Total);
        w.WriteEndObject();
    }
}
