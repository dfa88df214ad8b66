using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>Orders: <c>/v3/pay/transactions/…</c>.</summary>
internal sealed class TransactionsApi(OrderBook book)
{
    public GatewayAnswer Create(GatewayRequest request, string tradeType)
    {
        var wanted = OrderRequest.Read(request, tradeType);
        lock (book.Gate)
        {
            var order = book.Find(request.Merchant, wanted.OutTradeNo);
            if (order is null)
            {
                order = wanted;
                book.Add(order);
                book.Prepay(order, request.Now);
            }
            else
            {
                CheckRepetition(order, wanted, request.Now);
                if (request.Now - order.PrepaidAt > Order.PrepayLife)
                    book.Prepay(order, request.Now);
            }

            return GatewayAnswer.Json(JsonBytes.Object(w => WriteCreated(w, order, request.Host)));
        }
    }

    public GatewayAnswer GetByOutTradeNo(GatewayRequest request)
    {
        RequireOwnMerchant(request);
        lock (book.Gate)
            return Answer(book.Find(request.Merchant, request.RouteValues["out_trade_no"]), request);
    }

    public GatewayAnswer GetByTransactionId(GatewayRequest request)
    {
        RequireOwnMerchant(request);
        lock (book.Gate)
            return Answer(book.FindTransaction(request.Merchant, request.RouteValues["transaction_id"]), request);
    }

    public GatewayAnswer Close(GatewayRequest request)
    {
        OrderRequest.RequireOwnMerchant(BodyNode.Root(request), request);
        lock (book.Gate)
        {
            var order = book.Find(request.Merchant, request.RouteValues["out_trade_no"]) ?? throw NotFound(request);
            order.CloseIfExpired(request.Now);
            if (order.State is TradeState.Success or TradeState.Refunded)
                throw Paid(order);

            order.State = TradeState.Closed;
            return GatewayAnswer.NoContent;
        }
    }

    private static GatewayAnswer Answer(Order? order, GatewayRequest request)
    {
        if (order is null)
            throw NotFound(request);

        order.CloseIfExpired(request.Now);
        return GatewayAnswer.Json(OrderDocument.Write(order));
    }

    private static void RequireOwnMerchant(GatewayRequest request)
    {
        var merchantId = request.RequiredQuery("mchid");
        if (merchantId != request.Merchant.MerchantId)
            throw GatewayException.Parameter("query", "mchid", merchantId, $"the request is signed by merchant {request.Merchant.MerchantId}");
    }

    private static void CheckRepetition(Order order, Order wanted, DateTimeOffset now)
    {
        order.CloseIfExpired(now);
        if (order.State is TradeState.Success or TradeState.Refunded)
            throw Paid(order);

        if (order.State == TradeState.Closed)
            throw new GatewayException(400, "ORDERCLOSED", "该订单已关闭", $"order {order.OutTradeNo} is closed; a new order needs a new number");

        if (order.TradeType != wanted.TradeType || !JsonNode.DeepEquals(order.Request, wanted.Request))
        {
            throw new GatewayException(
                400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致", $"order {order.OutTradeNo} exists with other parameters; repeat it unchanged or take a new number");
        }
    }

    private static void WriteCreated(System.Text.Json.Utf8JsonWriter w, Order order, string host)
    {
        switch (order.TradeType)
        {
            case "NATIVE":
                w.WriteString("code_url", $"weixin://wxpay/bizpayurl?pr={order.PrepayId[^12..]}");
                break;
            case "MWEB":
                w.WriteString("h5_url", $"http://{host}/sandbox/h5?prepay_id={order.PrepayId}");
                break;
            default:
                w.WriteString("prepay_id", order.PrepayId);
                break;
        }
    }

    private static GatewayException Paid(Order order)
        => new(400, "ORDERPAID", "该订单已支付", $"order {order.OutTradeNo} is paid: query it, refund it, but order under a new number");

    private static GatewayException NotFound(GatewayRequest request)
        => new(404, "ORDER_NOT_EXIST", "订单不存在", $"merchant {request.Merchant.MerchantId} has no order {request.RouteValues.Values.FirstOrDefault()}");
}
