using System.Text.Json.Nodes;
using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.OpenApi;

/// <summary>How calls prove who makes them.</summary>
internal static class SecuritySchemes
{
    private const string Signature = "WECHATPAY2-SHA256-RSA2048";
    private const string Certificate = "MerchantCertificate";

    /// <summary>APIv3 signs in a header, APIv2 by a member of the body or the query, some calls go over TLS with a client certificate. A page is called by nobody.</summary>
    public static JsonArray Of(Operation operation)
    {
        var requirement = new JsonObject();
        if (!operation.IsSignedWithin && operation.Response.Kind != ResponseKind.Redirect) requirement[Signature] = new JsonArray();
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
