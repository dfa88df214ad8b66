using Microsoft.AspNetCore.Http;

namespace WeChatPay.Sandbox;

/// <summary>Headers that the interface rules demand of every request.</summary>
internal static class HeaderRules
{
    /// <exception cref="GatewayException">400 PARAM_ERROR.</exception>
    public static void Check(GatewayRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Header("User-Agent")))
            throw Missing("User-Agent", "Http头缺少Accept或User-Agent", "required: without one the real gateway is likely to refuse the request");

        if (request.Header("Accept") is not { } accept)
            throw Missing("Accept", "Http头缺少Accept或User-Agent", "required: application/json, or */* for downloads");

        if (!accept.Split(',').Any(IsAcceptable))
            throw GatewayException.Parameter("header", "Accept", accept, "has to admit application/json");

        if (request.Headers.TryGetValue("Wechatpay-Serial", out var serials) && serials.Count > 1)
            throw GatewayException.Parameter("header", "Wechatpay-Serial", serials.ToString(), "given more than once");

        if (request.Body.Length > 0 && !IsJson(request.Header("Content-Type")))
            throw GatewayException.Parameter("header", "Content-Type", request.Header("Content-Type"), "has to be application/json");

        if (request.Body.Length > 0 && request.Method == HttpMethods.Get)
            throw GatewayException.Parameter("body", string.Empty, null, "GET carries no body");
    }

    private static bool IsAcceptable(string range)
        => range.Split(';')[0].Trim() is "application/json" or "application/*" or "*/*";

    private static bool IsJson(string? contentType)
        => string.Equals(contentType?.Split(';')[0].Trim(), "application/json", StringComparison.OrdinalIgnoreCase);

    private static GatewayException Missing(string name, string message, string issue)
        => new(400, "PARAM_ERROR", message, $"header {name}: {issue}")
        {
            Detail = new() { ["location"] = "header", ["field"] = name, ["value"] = string.Empty, ["issue"] = issue },
        };
}
