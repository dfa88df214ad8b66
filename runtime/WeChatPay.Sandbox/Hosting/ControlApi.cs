using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WeChatPay.Sandbox;

/// <summary>
/// What a test in another process can do: <c>POST /sandbox/orders/{number or prepay id}/pay</c>, <c>POST /sandbox/refunds/{number}/complete?result=success</c>,
/// <c>GET /sandbox/orders</c>, <c>GET /sandbox/deliveries</c>. Every call needs the gateway's token.
/// </summary>
internal sealed class ControlApi(SandboxGateway gateway)
{
    private const string TokenHeader = "Sandbox-Token";

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/sandbox/h5" && context.Request.Method == HttpMethods.Get)
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, "Here WeChat would open. Pay the order with SandboxGateway.PayAsync or POST /sandbox/orders/{prepay id}/pay.").ConfigureAwait(false);
            return;
        }

        if (!HasToken(context.Request))
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, $"The header {TokenHeader} has to hold the gateway's ControlToken.").ConfigureAwait(false);
            return;
        }

        try
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status409Conflict, e.Message).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var segments = context.Request.Path.Value!.Split('/');
        switch (context.Request.Method, segments)
        {
            case ("POST", [_, _, "orders", var number, "pay"]):
                var payment = await gateway.PayAsync(number, context.RequestAborted).ConfigureAwait(false);
                await PlainAnswer.WriteJsonAsync(context, JsonBytes.Object(w =>
                {
                    w.WriteString("out_trade_no", payment.OutTradeNo);
                    w.WriteString("transaction_id", payment.TransactionId);
                    w.WriteString("notification_id", payment.Notification.Id);
                })).ConfigureAwait(false);
                break;
            case ("POST", [_, _, "refunds", var number, "complete"]):
                var notification = await gateway.CompleteRefundAsync(number, ReadResult(context.Request), context.RequestAborted).ConfigureAwait(false);
                await PlainAnswer.WriteJsonAsync(context, JsonBytes.Object(w => w.WriteOptional("notification_id", notification?.Id))).ConfigureAwait(false);
                break;
            case ("GET", [_, _, "orders"]):
                await PlainAnswer.WriteJsonAsync(context, List("orders", gateway.Orders, Write)).ConfigureAwait(false);
                break;
            case ("GET", [_, _, "deliveries"]):
                await PlainAnswer.WriteJsonAsync(context, List("deliveries", gateway.Deliveries, Write)).ConfigureAwait(false);
                break;
            default:
                await PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "Unknown; see the documentation of WeChatPay.Sandbox.").ConfigureAwait(false);
                break;
        }
    }

    private bool HasToken(HttpRequest request)
        => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), Encoding.UTF8.GetBytes(gateway.ControlToken));

    private static SandboxRefundResult ReadResult(HttpRequest request) => request.Query["result"].ToString() switch
    {
        "" or "success" => SandboxRefundResult.Success,
        "abnormal" => SandboxRefundResult.Abnormal,
        "closed" => SandboxRefundResult.Closed,
        var other => throw new InvalidOperationException($"result is '{other}', expected success, abnormal or closed."),
    };

    private static byte[] List<T>(string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => JsonBytes.Object(w =>
    {
        w.WriteStartArray(name);
        foreach (var item in items)
        {
            w.WriteStartObject();
            write(w, item);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter w, SandboxOrder order)
    {
        w.WriteString("mchid", order.MerchantId);
        w.WriteString("out_trade_no", order.OutTradeNo);
        w.WriteString("trade_type", order.TradeType);
        w.WriteString("trade_state", order.State);
        w.WriteNumber("total", order.Total);
        w.WriteNumber("refunding", order.Refunding);
        w.WriteString("prepay_id", order.PrepayId);
        w.WriteOptional("transaction_id", order.TransactionId);
    }

    private static void Write(Utf8JsonWriter w, SandboxDelivery delivery)
    {
        w.WriteString("notification_id", delivery.NotificationId);
        w.WriteString("event_type", delivery.EventType);
        w.WriteString("url", delivery.Url);
        w.WriteNumber("attempt", delivery.Attempt);
        w.WriteBoolean("accepted", delivery.IsAccepted);
        if (delivery.Status is { } status)
            w.WriteNumber("status", status);

        w.WriteOptional("error", delivery.Error);
    }
}
