namespace WeChatPay.Sandbox;

/// <summary>All operations that the gateway simulates.</summary>
internal sealed class RouteTable
{
    private readonly Route[] _routes;

    public RouteTable(TransactionsApi transactions, RefundsApi refunds, BillsApi bills) => _routes =
    [
        new("POST", "/v3/pay/transactions/jsapi", r => transactions.Create(r, "JSAPI")),
        new("POST", "/v3/pay/transactions/app", r => transactions.Create(r, "APP")),
        new("POST", "/v3/pay/transactions/h5", r => transactions.Create(r, "MWEB")),
        new("POST", "/v3/pay/transactions/native", r => transactions.Create(r, "NATIVE")),
        new("GET", "/v3/pay/transactions/id/{transaction_id}", transactions.GetByTransactionId),
        new("GET", "/v3/pay/transactions/out-trade-no/{out_trade_no}", transactions.GetByOutTradeNo),
        new("POST", "/v3/pay/transactions/out-trade-no/{out_trade_no}/close", transactions.Close),
        new("POST", "/v3/refund/domestic/refunds", refunds.Create),
        new("GET", "/v3/refund/domestic/refunds/{out_refund_no}", refunds.Get),
        new("GET", "/v3/bill/tradebill", bills.TradeBill),
        new("GET", "/v3/bill/fundflowbill", bills.FundFlowBill),
        new("GET", "/v3/bill/sub-merchant-fundflowbill", bills.SubMerchantFundFlowBill),
        new("GET", "/v3/billdownload/file", bills.Download),
        new("GET", "/v3/certificates", CertificatesApi.List),
    ];

    /// <summary>Finds the operation and gives the request its path parameters.</summary>
    /// <exception cref="GatewayException">404 or 405.</exception>
    public Route Find(GatewayRequest request)
    {
        var isKnownPath = false;
        foreach (var route in _routes)
        {
            if (route.Match(request.RawPath) is not { } values)
                continue;

            if (route.Method == request.Method)
            {
                request.RouteValues = values;
                return route;
            }

            isKnownPath = true;
        }

        throw isKnownPath
            ? new GatewayException(405, "METHOD_NOT_ALLOWED", "不支持的HTTP方法", $"{request.Method} is not a method of {request.RawPath}")
            : new GatewayException(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在", $"this sandbox does not simulate {request.Method} {request.RawPath}");
    }
}
