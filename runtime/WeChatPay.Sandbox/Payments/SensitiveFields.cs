using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>Opens fields that the merchant has to encrypt with the platform key named by <c>Wechatpay-Serial</c> (RSAES-OAEP, SHA-1, base64).</summary>
internal static class SensitiveFields
{
    /// <summary>Replaces the ciphertexts at the given paths, where present, by their plaintext.</summary>
    /// <exception cref="GatewayException">400: no serial, or it does not decrypt.</exception>
    public static void Open(JsonObject body, GatewayRequest request, params string[][] paths)
    {
        foreach (var path in paths)
        {
            JsonNode? owner = body;
            foreach (var name in path[..^1])
                owner = (owner as JsonObject)?[name];

            if (owner is JsonObject holder && holder[path[^1]] is JsonValue value)
                holder[path[^1]] = Decrypt(value, "/" + string.Join('/', path), request);
        }
    }

    private static string Decrypt(JsonValue value, string pointer, GatewayRequest request)
    {
        var serial = request.Header("Wechatpay-Serial");
        if (serial is null)
            throw GatewayException.Parameter("header", "Wechatpay-Serial", null, $"required: {pointer} is an encrypted field");

        if (request.Merchant.DecryptionKey(serial) is not { } key)
            throw GatewayException.Parameter("header", "Wechatpay-Serial", serial, "no platform key of this name");

        try
        {
            return Encoding.UTF8.GetString(key.Decrypt(Convert.FromBase64String(value.TryGetValue<string>(out var text) ? text : string.Empty)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new GatewayException(
                400,
                "PARAM_ERROR",
                "敏感信息解密失败",
                $"body {pointer}: does not decrypt with {serial}; expected base64 of RSAES-OAEP with SHA-1 under that key");
        }
    }
}
