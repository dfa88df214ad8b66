using System.Globalization;
using WeChatPay.Models;
using WeChatPay.Webhook.V3;

namespace QuickStart;

/// <summary>
/// A signature proves who sent a notification or an answer, not that it belongs to this order. Before anything is delivered, merchant, number, amount,
/// currency and state are compared with the shop's own order. A missing value is a difference, never a zero.
/// </summary>
internal static class PaymentCheck
{
    /// <param name="paid">The notification of a payment as well as the answer of the query.</param>
    /// <param name="order">What the shop knows.</param>
    /// <param name="merchantId">Who is to be paid.</param>
    public static IReadOnlyList<string> Differences(ITransaction paid, ShopOrder order, string merchantId) =>
    [
        .. Compare("mchid", merchantId, paid.Mchid),
        .. Compare("out_trade_no", order.Number, paid.OutTradeNo),
        .. Compare("trade_state", TradeState.Success, paid.TradeState?.Value),
        .. Compare("amount.total", Text(order.Total), Text(paid.Amount?.Total)),
        .. Compare("amount.currency", ShopOrder.Currency, paid.Amount?.Currency),
    ];

    public static IReadOnlyList<string> Differences(RefundSuccess refunded, ShopOrder order, string refundNumber, long amount, string merchantId) =>
    [
        .. Compare("mchid", merchantId, refunded.Mchid),
        .. Compare("out_trade_no", order.Number, refunded.OutTradeNo),
        .. Compare("out_refund_no", refundNumber, refunded.OutRefundNo),
        .. Compare("refund_status", RefundNoticeRefundStatus.Success, refunded.RefundStatus?.Value),
        .. Compare("amount.refund", Text(amount), Text(refunded.Amount?.Refund)),
        .. Compare("amount.total", Text(order.Total), Text(refunded.Amount?.Total)),
    ];

    private static IEnumerable<string> Compare(string name, string expected, string? actual)
        => expected == actual ? [] : [$"{name} is {actual ?? "missing"}, expected {expected}"];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
