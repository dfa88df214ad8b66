// A whole payment on this machine: a shop, its buyer, and a WeChat Pay gateway with throw-away keys. Read it from top to bottom.
// 在本机走完一次完整支付：商户、买家，以及使用一次性密钥的微信支付网关。请从上往下阅读。
using System.Security.Cryptography;
using System.Text;
using QuickStart;
using WeChatPay;
using WeChatPay.Sandbox;

var report = new Report();
using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
var cancellationToken = limit.Token;
Report.Title(
    "WeChatPay.Generated quick start  快速体验",
    "A payment from order to refund over real HTTP. No merchant account, nothing leaves this machine.",
    "从下单到退款的完整流程，真实 HTTP；无需商户号，数据不出本机。");

report.Step("Start a WeChat Pay gateway and a shop on this machine", "启动本机网关与商户服务");
await using var gateway = await SandboxGateway.StartAsync(new SandboxOptions(), cancellationToken);
var merchant = gateway.Merchant;
await using var shop = await ShopServer.StartAsync(
    options =>
    {
        options.MerchantId = merchant.MerchantId;
        options.MerchantCertificateSerialNumber = merchant.CertificateSerialNumber;
        options.MerchantPrivateKey = merchant.PrivateKey;
        options.ApiV3Key = merchant.ApiV3Key;
        options.PublicKeyId = merchant.PublicKeyId;
        options.PublicKey = merchant.PublicKey;
        options.BaseAddress = gateway.BaseAddress;      // the real one is the default
    },
    merchant.MerchantId);
var payments = new ShopPayments(shop.Client, merchant.MerchantId, merchant.AppId, shop.NotifyUrl);
report.Show("gateway", gateway.BaseAddress.ToString());
report.Show("merchant", $"{merchant.MerchantId}, certificate {merchant.CertificateSerialNumber}");
report.Show("answers by", merchant.PublicKeyId);
report.Show("notify_url", shop.NotifyUrl.ToString());

report.Step("Order: POST /v3/pay/transactions/jsapi", "JSAPI 下单");
var order = new ShopOrder($"QUICKSTART-{RandomNumberGenerator.GetHexString(12)}", "龙井茶 Longjing tea", 100, "oQUICKSTART00000000000000001");
shop.Remember(order);
var prepayId = await payments.OrderAsync(order, cancellationToken);
var sent = gateway.Exchanges[^1];
report.Show("sent", Encoding.UTF8.GetString(sent.RequestBody.Span));
report.Show("prepay_id", prepayId);
report.Check($"the gateway verified the merchant's signature over method, path, time, nonce and {sent.RequestBody.Length} bytes of body", sent.VerifiedMerchantId == merchant.MerchantId);
report.Check("the client verified signature, key id and time of the answer before it read a word of it", sent.Status == 200 && prepayId.Length > 0);

report.Step("Parameters for the page inside WeChat (chooseWXPay)", "前端调起支付参数");
var invocation = payments.InvocationParameters(prepayId);
report.Show("package", invocation.Package);
report.Show("paySign", invocation.PaySign[..24] + "…");
using (var merchantKey = RSA.Create())
{
    merchantKey.ImportFromPem(merchant.PrivateKey);
    report.Check(
        "paySign is the merchant's signature over appId, timeStamp, nonceStr and package",
        merchantKey.VerifyData(
            Encoding.UTF8.GetBytes($"{invocation.AppId}\n{invocation.TimeStamp}\n{invocation.NonceStr}\n{invocation.Package}\n"),
            Convert.FromBase64String(invocation.PaySign),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
}

report.Step("The buyer pays; WeChat Pay notifies the shop", "买家付款，收到支付通知");
var payment = await gateway.PayAsync(prepayId, cancellationToken);
var paid = await shop.Paid.WaitAsync(cancellationToken);
report.Show("event", $"{paid.EventType} {paid.Id}");
report.Show("transaction", paid.Resource.TransactionId);
report.Check("signature and time of the notification held, AES-256-GCM opened it, its merchant is this one", await payment.Notification.Delivered.WaitAsync(cancellationToken));
report.Check("merchant, order number, state, amount and currency equal the shop's own order", PaymentCheck.Differences(paid.Resource, order, merchant.MerchantId));
await gateway.ResendAsync(payment.Notification, cancellationToken);
report.Check("the same notification came twice, the order was delivered once", order.IsFulfilled && shop.Fulfilments == 1);

report.Step($"Query: GET /v3/pay/transactions/out-trade-no/{order.Number}", "查询订单");
var queried = await payments.QueryAsync(order, cancellationToken);
report.Show("state", $"{queried.TradeState}, {queried.Amount?.Total} fen, paid at {queried.SuccessTime}");
report.Check("the answer repeats the order number that was asked for", queried.OutTradeNo == order.Number);
report.Check("the answer passes the same comparison as the notification", PaymentCheck.Differences(queried, order, merchant.MerchantId));
report.Check("query and notification agree", queried.TransactionId == paid.Resource.TransactionId);

report.Step("Refund of 30 fen: POST /v3/refund/domestic/refunds", "部分退款");
const long refundAmount = 30;
var refundNumber = $"{order.Number}-R1";
// The first notification carries a probe signature, as WeChat Pay sends now and then. It has to be refused; the next one is good.
gateway.Faults.Add(SandboxFault.ProbeSignature().OnNotifications("REFUND.SUCCESS"));
var refund = await payments.RefundAsync(order, refundNumber, refundAmount, cancellationToken);
report.Show("refund", $"{refund.RefundId}, {refund.Status}");
var refunded = await shop.Refunded.WaitAsync(cancellationToken);
report.Show("event", $"{refunded.EventType} {refunded.Id}");
report.Check("merchant, numbers, status and amounts of the refund notification are the expected ones", PaymentCheck.Differences(refunded.Resource, order, refundNumber, refundAmount, merchant.MerchantId));
await WaitForAsync(() => gateway.Deliveries.Count(d => d.EventType == "REFUND.SUCCESS") == 2);
report.Check("its first delivery had a probe signature and was refused with 401", gateway.Deliveries.First(d => d.EventType == "REFUND.SUCCESS").Status == 401);
var queriedRefund = await payments.QueryRefundAsync(refundNumber, cancellationToken);
report.Check($"GET /v3/refund/domestic/refunds/{refundNumber} says so too", queriedRefund.Status == "SUCCESS" && queriedRefund.Amount?.Refund == refundAmount);

report.Step("One bit of an answer is changed on the way", "篡改应答中的一个比特");
gateway.Faults.Add(SandboxFault.TamperBody());
try
{
    await payments.QueryAsync(order, cancellationToken);
    report.Check("the changed answer was refused", false);
}
catch (WeChatPaySignatureException e)
{
    report.Show("refused", e.Message);
    report.Check("WeChatPaySignatureException, no model; the outcome is Unknown, the way on is a query", e is { Reason: WeChatPaySignatureFailure.Mismatch, Outcome: WeChatPayOutcome.Unknown });
}

report.Step("Summary", "小结");
var kept = gateway.Orders.Single();
report.Show("order", $"{kept.OutTradeNo}: {kept.Total} fen paid, {kept.Refunding} fen refunded, state {kept.State}");
report.Show("calls", $"{gateway.Exchanges.Count} to the gateway");
report.Show("notices", $"{gateway.Deliveries.Count} deliveries to the shop, {gateway.Deliveries.Count(d => !d.IsAccepted)} of them refused on purpose");
report.Check("the gateway verified the signature of every call", gateway.Exchanges.All(e => e.VerifiedMerchantId == merchant.MerchantId));
report.Check("the gateway's books agree with the shop's", kept.Total == order.Total && kept.Refunding == refundAmount && kept.State == "REFUND");
return report.Close();

async Task WaitForAsync(Func<bool> condition)
{
    while (!condition())
        await Task.Delay(10, cancellationToken);
}
