using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Good request bodies that tests change one thing of.</summary>
internal static class Bodies
{
    public const string OutTradeNo = "TEST-ORDER-0001";

    public static JsonObject Jsapi(SandboxGateway gateway, string outTradeNo = OutTradeNo, long total = 100) => new()
    {
        ["appid"] = gateway.Merchant.AppId,
        ["mchid"] = gateway.Merchant.MerchantId,
        ["description"] = "茶叶 Tea",
        ["out_trade_no"] = outTradeNo,
        ["notify_url"] = "http://127.0.0.1:9/notify",
        ["amount"] = new JsonObject { ["total"] = total, ["currency"] = "CNY" },
        ["payer"] = new JsonObject { ["openid"] = "oTESTONLY0000000000000000001" },
    };

    public static JsonObject Refund(string outRefundNo, long refund, long total, string outTradeNo = OutTradeNo) => new()
    {
        ["out_trade_no"] = outTradeNo,
        ["out_refund_no"] = outRefundNo,
        ["reason"] = "退货",
        ["amount"] = new JsonObject { ["refund"] = refund, ["total"] = total, ["currency"] = "CNY" },
    };

    public static JsonObject With(this JsonObject body, string name, JsonNode? value)
    {
        body[name] = value;
        return body;
    }

    public static JsonObject Without(this JsonObject body, string name)
    {
        body.Remove(name);
        return body;
    }
}
