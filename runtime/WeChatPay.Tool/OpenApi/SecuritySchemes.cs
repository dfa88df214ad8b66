using System.Text.Json.Nodes;
using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.OpenApi;

/// <summary>How calls prove who makes them.</summary>
internal static class SecuritySchemes
{
    private const string Signature = "WECHATPAY2-SHA256-RSA2048";
    private const string Certificate = "MerchantCertificate";

    /// <summary>APIv3 signs in a header, APIv2 in a member of the body, some calls of it over TLS with a client certificate.</summary>
    public static JsonArray Of(Operation operation)
    {
        var isXml = operation.Body.Kind == RequestBodyKind.Xml || operation.Response.Kind == ResponseKind.Xml || (operation.Route.Count > 0 && operation.Route[0].IsVirtual);
        var requirement = new JsonObject();
        if (!isXml) requirement[Signature] = new JsonArray();
        if (operation.RequiresClientCertificate) requirement[Certificate] = new JsonArray();
        return requirement.Count == 0 ? [] : new JsonArray(requirement);
    }

    public static JsonObject Build() => new()
    {
        [Certificate] = new JsonObject { ["type"] = "mutualTLS", ["description"] = "The merchant's API certificate as TLS client certificate" },
        [Signature] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = Signature,
            ["description"] = "A signature over verb, URL, time, nonce and body with the merchant's key, in the header Authorization",
        },
    };
}
