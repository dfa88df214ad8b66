using System.Globalization;

namespace WeChatPay.Sandbox;

/// <summary>The trade bill of one day.</summary>
internal static class TradeBillFile
{
    /// <summary>Null if nothing happened on that day.</summary>
    public static byte[]? Write(OrderBook book, SandboxMerchant merchant, DateOnly date, string type)
    {
        var paid = book.Orders.Where(o => type != "REFUND" && o.Merchant == merchant && On(o.SuccessTime, date)).OrderBy(o => o.SuccessTime).ToArray();
        var refunded = book.Refunds.Where(r => type != "SUCCESS" && r.Order.Merchant == merchant && On(r.SuccessTime, date)).OrderBy(r => r.SuccessTime).ToArray();
        if (paid.Length + refunded.Length == 0)
            return null;

        var text = new BillText();
        text.Header(
            "交易时间", "公众账号ID", "商户号", "特约商户号", "设备号", "微信订单号", "商户订单号", "用户标识", "交易类型", "交易状态", "付款银行", "货币种类", "应结订单金额",
            "代金券金额", "微信退款单号", "商户退款单号", "退款金额", "充值券退款金额", "退款类型", "退款状态", "商品名称", "商户数据包", "手续费", "费率", "订单金额", "申请退款金额", "费率备注");
        foreach (var order in paid)
            Row(text, order, order.SuccessTime!.Value, "SUCCESS", null);

        foreach (var refund in refunded)
            Row(text, refund.Order, refund.SuccessTime!.Value, "REFUND", refund);

        text.Header("总交易单数", "应结订单总金额", "退款总金额", "充值券退款总金额", "手续费总金额", "订单总金额", "申请退款总金额");
        var income = BillText.Yuan(paid.Sum(o => o.Total));
        var refunds = BillText.Yuan(refunded.Sum(r => r.Amount));
        text.Row((paid.Length + refunded.Length).ToString(CultureInfo.InvariantCulture), income, refunds, "0.00", "0.00000", income, refunds);
        return text.ToBytes();
    }

    public static bool On(DateTimeOffset? time, DateOnly date) => time is { } t && BeijingTime.Date(t) == date;

    private static void Row(BillText text, Order order, DateTimeOffset time, string state, Refund? refund)
    {
        var total = BillText.Yuan(order.Total);
        var refunded = BillText.Yuan(refund?.Amount ?? 0);
        text.Row(
            BeijingTime.Spaced(time), order.AppId, order.Merchant.MerchantId, "0", string.Empty, order.TransactionId!, order.OutTradeNo, order.Payer!,
            order.TradeType, state, "OTHERS", order.Currency, refund is null ? total : "0.00", "0.00", refund?.RefundId ?? "0", refund?.OutRefundNo ?? "0",
            refunded, "0.00", refund is null ? string.Empty : "ORIGINAL", refund?.Status ?? string.Empty, order.Description, order.Attach ?? string.Empty,
            "0.00000", "0.00%", refund is null ? total : "0.00", refunded, string.Empty);
    }
}
