// A client that was compiled ahead of time and trimmed has to do on the wire what the ordinary one does. An exit code alone would not tell:
// reflection-based serializers publish with warnings and then send a validly signed {}. So the bytes are compared.
using System.Globalization;
using AotSmoke;
using QuickStart;
using WeChatPay;
using WeChatPay.Webhook.V3;
using static AotSmoke.Expectation;

using var responder = LoopbackResponder.Start();
var start = TimeProvider.System.GetTimestamp();
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
var order = new ShopOrder("AOT-ORDER-0001", "茶 Tea", 100, "oAOTSMOKE0000000000000000001");
var payments = new ShopPayments(client, LoopbackResponder.MerchantId, "wx0000000000000001", new Uri("http://127.0.0.1:9/notify"));

// Order: every byte of the body, and the signature over it, checked by the responder.
responder.Answer = """{"prepay_id":"wx201410272009395522657a690389285100"}""";
var prepayId = await payments.OrderAsync(order, CancellationToken.None);
Expect("first signed answer", "wx201410272009395522657a690389285100", prepayId);
var firstAnswer = TimeProvider.System.GetElapsedTime(start);
Expect(
    "the order on the wire",
    """
    POST /v3/pay/transactions/jsapi
    {"appid":"wx0000000000000001","mchid":"1900000001","description":"茶 Tea","out_trade_no":"AOT-ORDER-0001","amount":{"total":100,"currency":"CNY"},"notify_url":"http://127.0.0.1:9/notify","payer":{"openid":"oAOTSMOKE0000000000000000001"}}
    """,
    responder.LastRequest);

// Invocation parameters: the signature that WeChat checks on the phone.
var invocation = payments.InvocationParameters(prepayId);
Expect("invocation", $"prepay_id={prepayId}", invocation.Package);
Expect(
    "paySign",
    "True",
    responder.IsSignedByMerchant($"{invocation.AppId}\n{invocation.TimeStamp}\n{invocation.NonceStr}\n{invocation.Package}\n", invocation.PaySign).ToString());

// Query: a typed answer.
responder.Answer = """{"amount":{"currency":"CNY","payer_total":100,"total":100},"mchid":"1900000001","out_trade_no":"AOT-ORDER-0001","success_time":"2026-01-31T09:30:00+08:00","trade_state":"SUCCESS"}""";
var paid = await payments.QueryAsync(order, CancellationToken.None);
Expect("the query on the wire", "GET /v3/pay/transactions/out-trade-no/AOT-ORDER-0001?mchid=1900000001\n", responder.LastRequest);
Expect("trade_state", "SUCCESS", paid.TradeState?.Value);
Expect("total", "100", paid.Amount?.Total?.ToString(CultureInfo.InvariantCulture));

// A notification: verified, opened, typed.
var (headers, body) = responder.Notification(
    "TRANSACTION.SUCCESS",
    "transaction",
    """{"mchid":"1900000001","out_trade_no":"AOT-ORDER-0001","trade_state":"SUCCESS","amount":{"total":100,"currency":"CNY"}}""");
var notification = await client.Notifications.ReadAsync(new WeChatPayNotificationMessage(name => headers.TryGetValue(name, out var value) ? [value] : [], body));
var transaction = notification.As<TransactionSuccess>().Resource;
Expect("the notification's differences from the order", "", string.Join("; ", PaymentCheck.Differences(transaction, order, LoopbackResponder.MerchantId)));

// One bit of an answer flipped: no model.
responder.TamperNext = true;
try
{
    await payments.QueryAsync(order, CancellationToken.None);
    throw new InvalidOperationException("a tampered answer was accepted");
}
catch (WeChatPaySignatureException e)
{
    Expect("tampered answer", "Mismatch Unknown", $"{e.Reason} {e.Outcome}");
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"AotSmoke: order, invocation, query, notification and tampering held; first signed answer {firstAnswer.TotalMilliseconds:0} ms after the client was made."));
return 0;
