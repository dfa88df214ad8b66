// The client of the whole catalogue, compiled ahead of time: what is not called must be trimmed away, and what is called must do on the wire
// what it does elsewhere. build/aot.sh bounds the size of this program.
using System.Globalization;
using AotSmoke;
using WeChatPay;
using static AotSmoke.Expectation;

using var responder = LoopbackResponder.Start();
using var client = new WeChatPayClient(new WeChatPayOptions
{
    MerchantId = LoopbackResponder.MerchantId,
    MerchantCertificateSerialNumber = LoopbackResponder.MerchantSerialNumber,
    MerchantPrivateKey = responder.MerchantPrivateKey,
    ApiV3Key = LoopbackResponder.ApiV3Key,
    PublicKeyId = LoopbackResponder.PublicKeyId,
    PublicKey = responder.PublicKey,
    BaseAddress = responder.BaseAddress,
});

// A call with a body.
responder.Answer = """{"prepay_id":"wx201410272009395522657a690389285100"}""";
var order = await client.V3.Pay.Transactions.Jsapi.PostAsync(new()
{
    Appid = "wx0000000000000001",
    Mchid = LoopbackResponder.MerchantId,
    Description = "茶 Tea",
    OutTradeNo = "AOT-ORDER-0001",
    NotifyUrl = "http://127.0.0.1:9/notify",
    Amount = new() { Total = 100 },
    Payer = new() { Openid = "oAOTSMOKE0000000000000000001" },
});
Expect("prepay_id", "wx201410272009395522657a690389285100", order.PrepayId);
Expect(
    "the order on the wire",
    """
    POST /v3/pay/transactions/jsapi
    {"appid":"wx0000000000000001","mchid":"1900000001","description":"茶 Tea","out_trade_no":"AOT-ORDER-0001","amount":{"total":100},"notify_url":"http://127.0.0.1:9/notify","payer":{"openid":"oAOTSMOKE0000000000000000001"}}
    """,
    responder.LastRequest);

// A call with a path parameter and a query, whose answer has nested objects, a list and an enumeration.
responder.Answer = """{"amount":{"currency":"CNY","payer_total":90,"total":100},"mchid":"1900000001","out_trade_no":"AOT-ORDER-0001","promotion_detail":[{"amount":10,"coupon_id":"109519"}],"trade_state":"SUCCESS"}""";
var paid = await client.V3.Pay.Transactions.OutTradeNo.ByOutTradeNo("AOT-ORDER-0001").GetAsync(new() { Mchid = LoopbackResponder.MerchantId });
Expect("the query on the wire", "GET /v3/pay/transactions/out-trade-no/AOT-ORDER-0001?mchid=1900000001\n", responder.LastRequest);
Expect("trade_state", "SUCCESS", paid.TradeState?.Value);
Expect("total", "100", paid.Amount?.Total?.ToString(CultureInfo.InvariantCulture));
Expect("coupon", "109519", paid.PromotionDetail?.Single().CouponId);

Console.WriteLine("AotSmoke.Client: an order and a query over the client of the whole catalogue held.");
return 0;
