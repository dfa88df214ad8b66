using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>Refunds: <c>/v3/refund/domestic/refunds</c>.</summary>
internal sealed class RefundsApi(OrderBook book, Action<Refund> accepted)
{
    private const int MostRefundsOfOneOrder = 50;

    public GatewayAnswer Create(GatewayRequest request)
    {
        var root = BodyNode.Root(request);
        var number = root.RequiredText("out_refund_no", 1, 64);
        if (!number.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '|' or '*' or '@'))
            throw root.Wrong("out_refund_no", number, "only ASCII letters, digits and _-|*@");

        root.Text("reason", 0, 80);
        var notifyUrl = NotifyUrl.Read(root, required: false);
        var amount = root.RequiredObject("amount");
        var refundAmount = amount.RequiredInteger("refund", 1);
        var total = amount.RequiredInteger("total", 1);
        if (amount.RequiredText("currency", 1, 16) is var currency && currency != "CNY")
            throw amount.Wrong("currency", currency, "only CNY");

        var body = JsonObject.Create(request.Json)!;
        Refund refund;
        byte[] answer;
        lock (book.Gate)
        {
            if (book.FindRefund(request.Merchant, number) is { } existing)
                return GatewayAnswer.Json(RefundDocument.WriteAnswer(SameRefund(existing, body)));

            var order = FindOrder(root, request);
            CheckAmounts(order, refundAmount, total);
            refund = new Refund
            {
                Order = order,
                OutRefundNo = number,
                RefundId = $"503{BeijingTime.Compact(request.Now)[..8]}{RandomText.Digits(18)}",
                Amount = refundAmount,
                NotifyUrl = notifyUrl,
                Request = body,
                CreatedAt = request.Now,
            };
            book.Add(refund);
            order.State = TradeState.Refunded;
            answer = RefundDocument.WriteAnswer(refund);
        }

        accepted(refund);
        return GatewayAnswer.Json(answer);
    }

    public GatewayAnswer Get(GatewayRequest request)
    {
        lock (book.Gate)
        {
            var number = request.RouteValues["out_refund_no"];
            var refund = book.FindRefund(request.Merchant, number)
                ?? throw new GatewayException(404, "RESOURCE_NOT_EXISTS", "退款单不存在", $"merchant {request.Merchant.MerchantId} has no refund {number}");
            return GatewayAnswer.Json(RefundDocument.WriteAnswer(refund));
        }
    }

    private static Refund SameRefund(Refund existing, JsonObject body)
        => JsonNode.DeepEquals(existing.Request, body)
            ? existing
            : throw new GatewayException(
                400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致", $"refund {existing.OutRefundNo} exists with other parameters");

    private Order FindOrder(BodyNode root, GatewayRequest request)
    {
        var transactionId = root.Text("transaction_id", 1, 32);
        var outTradeNo = root.Text("out_trade_no", 6, 32);
        if (transactionId is null && outTradeNo is null)
            throw GatewayException.Parameter("body", "/transaction_id", null, "one of transaction_id and out_trade_no is required");

        var order = transactionId is not null
            ? book.FindTransaction(request.Merchant, transactionId)
            : book.Find(request.Merchant, outTradeNo!);
        if (order is null || (outTradeNo is not null && order.OutTradeNo != outTradeNo))
        {
            throw new GatewayException(
                404, "RESOURCE_NOT_EXISTS", "订单不存在", $"merchant {request.Merchant.MerchantId} has no order {transactionId} {outTradeNo}");
        }

        return order.TransactionId is not null
            ? order
            : throw new GatewayException(400, "INVALID_REQUEST", "订单未支付", $"order {order.OutTradeNo} is not paid; its state is {order.State}");
    }

    private static void CheckAmounts(Order order, long refund, long total)
    {
        if (total != order.Total)
        {
            throw new GatewayException(
                400,
                "INVALID_REQUEST",
                "订单金额或退款金额与之前请求不一致，请核实后再试",
                $"amount.total is {total} fen, the order's total {order.Total} fen");
        }

        var left = order.Total - order.Refunding;
        if (refund > left)
        {
            throw new GatewayException(
                400,
                "INVALID_REQUEST",
                left == 0 ? "订单已全额退款" : "申请退款金额超过可退金额",
                $"amount.refund is {refund} fen, only {left} of {order.Total} fen can still be refunded");
        }

        if (order.Refunds.Count >= MostRefundsOfOneOrder)
            throw new GatewayException(400, "INVALID_REQUEST", "部分退款次数超限", $"an order takes at most {MostRefundsOfOneOrder} refunds");
    }
}
