using WeChatPay;
using WeChatPay.V3.Pay.Transactions;
using WeChatPay.V3.Refund.Domestic;

namespace QuickStart;

/// <summary>
/// What a shop asks of WeChat Pay. The client's properties mirror the URL of the official documents; every answer that comes back has been
/// verified. There is no web server in here: tests/AotSmoke publishes the same files with Native AOT.
/// </summary>
internal sealed class ShopPayments(WeChatPayClient pay, string merchantId, string appId, Uri notifyUrl)
{
    /// <summary>POST /v3/pay/transactions/jsapi</summary>
    /// <returns>The prepay id.</returns>
    public async Task<string> OrderAsync(ShopOrder order, CancellationToken cancellationToken)
    {
        var answer = await pay.V3.Pay.Transactions.Jsapi.PostAsync(
            new()
            {
                Appid = appId,
                Mchid = merchantId,
                Description = order.Description,
                OutTradeNo = order.Number,
                NotifyUrl = notifyUrl.AbsoluteUri,
                Amount = new() { Total = order.Total, Currency = ShopOrder.Currency },
                Payer = new() { Openid = order.OpenId },
            },
            cancellationToken: cancellationToken);
        return answer.PrepayId ?? throw new InvalidOperationException("The answer has no prepay_id.");
    }

    /// <summary>What the page inside WeChat needs to open the payment; signed with the merchant's key.</summary>
    public JsapiInvocation InvocationParameters(string prepayId) => pay.Invocation.Jsapi(appId, prepayId);

    /// <summary>GET /v3/pay/transactions/out-trade-no/{out_trade_no}</summary>
    public Task<OutTradeNoByOutTradeNoGetResponse> QueryAsync(ShopOrder order, CancellationToken cancellationToken)
        => pay.V3.Pay.Transactions.OutTradeNo.ByOutTradeNo(order.Number).GetAsync(new() { Mchid = merchantId }, cancellationToken: cancellationToken);

    /// <summary>POST /v3/refund/domestic/refunds</summary>
    public Task<RefundsPostResponse> RefundAsync(ShopOrder order, string refundNumber, long amount, CancellationToken cancellationToken)
        => pay.V3.Refund.Domestic.Refunds.PostAsync(
            new()
            {
                OutTradeNo = order.Number,
                OutRefundNo = refundNumber,
                Reason = "退货 returned",
                NotifyUrl = notifyUrl.AbsoluteUri,
                Amount = new() { Refund = amount, Total = order.Total, Currency = ShopOrder.Currency },
            },
            cancellationToken: cancellationToken);

    /// <summary>GET /v3/refund/domestic/refunds/{out_refund_no}</summary>
    public Task<RefundsByOutRefundNoGetResponse> QueryRefundAsync(string refundNumber, CancellationToken cancellationToken)
        => pay.V3.Refund.Domestic.Refunds.ByOutRefundNo(refundNumber).GetAsync(new(), cancellationToken: cancellationToken);
}
