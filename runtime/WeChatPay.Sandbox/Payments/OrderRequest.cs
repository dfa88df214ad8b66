using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>Reads and checks the body of an order.</summary>
internal static class OrderRequest
{
    /// <exception cref="GatewayException">400 PARAM_ERROR or APPID_MCHID_NOT_MATCH.</exception>
    public static Order Read(GatewayRequest request, string tradeType)
    {
        var root = BodyNode.Root(request);
        var appId = root.RequiredText("appid", 1, 32);
        RequireOwnMerchant(root, request);
        if (appId != request.Merchant.AppId)
        {
            throw new GatewayException(
                400, "APPID_MCHID_NOT_MATCH", "appid和mch_id不匹配", $"appid is {appId}; merchant {request.Merchant.MerchantId} is bound to {request.Merchant.AppId}");
        }

        var amount = root.RequiredObject("amount");
        var currency = amount.Text("currency", 1, 16) ?? "CNY";
        if (currency != "CNY")
            throw amount.Wrong("currency", currency, "only CNY");

        var body = JsonObject.Create(request.Json)!;
        SensitiveFields.Open(body, request, ["payer", "identity", "number"], ["payer", "identity", "name"]);
        return new Order
        {
            Merchant = request.Merchant,
            AppId = appId,
            OutTradeNo = ReadOutTradeNo(root),
            TradeType = tradeType,
            Description = root.RequiredText("description", 1, 127),
            Attach = root.Text("attach", 0, 128),
            NotifyUrl = NotifyUrl.Read(root, required: true)!,
            Total = amount.RequiredInteger("total", 1),
            Currency = currency,
            OpenId = ReadPayer(root, tradeType),
            TimeExpire = ReadTimeExpire(root, request.Now),
            Request = body,
            CreatedAt = request.Now,
        };
    }

    public static void RequireOwnMerchant(BodyNode root, GatewayRequest request)
    {
        var merchantId = root.RequiredText("mchid", 1, 32);
        if (merchantId != request.Merchant.MerchantId)
            throw root.Wrong("mchid", merchantId, $"the request is signed by merchant {request.Merchant.MerchantId}");
    }

    private static string ReadOutTradeNo(BodyNode root)
    {
        var number = root.RequiredText("out_trade_no", 6, 32);
        return number.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '|' or '*')
            ? number
            : throw root.Wrong("out_trade_no", number, "only ASCII letters, digits and _-|*");
    }

    private static string? ReadPayer(BodyNode root, string tradeType)
    {
        switch (tradeType)
        {
            case "JSAPI":
                return root.RequiredObject("payer").RequiredText("openid", 1, 128);
            case "MWEB":
                var scene = root.RequiredObject("scene_info");
                scene.RequiredText("payer_client_ip", 1, 45);
                return null;
            default:
                return null;
        }
    }

    private static DateTimeOffset? ReadTimeExpire(BodyNode root, DateTimeOffset now)
    {
        if (root.Text("time_expire", 1, 64) is not { } text)
            return null;

        if (!BeijingTime.TryParseRfc3339(text, out var time))
            throw root.Wrong("time_expire", text, "has to be RFC 3339, such as 2026-01-31T09:30:00+08:00");

        return time > now ? time : throw root.Wrong("time_expire", text, "lies in the past");
    }
}
