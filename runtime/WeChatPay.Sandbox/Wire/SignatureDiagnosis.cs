using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>Explains a signature that did not verify: the message that the gateway expected, and which other message the client seems to have signed.</summary>
internal static class SignatureDiagnosis
{
    private const int LongestMessageShown = 64 * 1024;
    private const int LongestMessageInDetail = 200;

    public static GatewayException Explain(
        GatewayRequest request, SandboxMerchant merchant, AuthorizationHeader given, byte[] expected, byte[]? signature)
    {
        var help = new JsonObject
        {
            ["expected_message"] = Text(expected, LongestMessageShown),
            ["expected_message_sha256"] = Hex.Lower(SHA256.HashData(expected)),
        };
        var explanation = Diagnose(request, merchant, given, signature, help);
        return new GatewayException(401, "SIGN_ERROR", "签名错误，请检查后再试", explanation)
        {
            Help = help,
            Detail = new JsonObject
            {
                ["location"] = "authorization",
                ["field"] = "signature",
                ["detail"] = new JsonObject { ["issue"] = "sign not match" },
                ["sign_information"] = new JsonObject
                {
                    ["method"] = request.Method,
                    ["url"] = request.Target,
                    ["truncated_sign_message"] = Text(expected, LongestMessageInDetail),
                    ["sign_message_length"] = expected.Length,
                },
            },
        };
    }

    private static string Diagnose(
        GatewayRequest request, SandboxMerchant merchant, AuthorizationHeader given, byte[]? signature, JsonObject help)
    {
        if (signature is null)
            return "The signature is not standard base64 (padding, no white space, '+' and '/' instead of '-' and '_').";

        var digest = RecoveredDigest.From(signature, merchant.MerchantPublicKey);
        help["signed_with_merchant_key"] = digest.IsMadeWithMerchantKey;
        if (!digest.IsMadeWithMerchantKey)
        {
            return digest.OtherScheme is null
                ? $"The signature was not made with the private key of certificate {merchant.CertificateSerialNumber}."
                : $"The signature does not use PKCS#1 v1.5 padding ({digest.OtherScheme}); RSASSA-PKCS1-v1_5 with SHA-256 is expected.";
        }

        if (digest.Sha256 is null)
            return $"The key is right, but the signature was made with {digest.OtherScheme}; SHA-256 is expected.";

        help["signed_message_sha256"] = Hex.Lower(digest.Sha256);
        foreach (var (mistake, message) in CommonMistakes.For(request, given))
        {
            if (!SHA256.HashData(message).AsSpan().SequenceEqual(digest.Sha256))
                continue;

            help["signed_message"] = Text(message, LongestMessageShown);
            return $"The key is right, but the message that was signed is another one: {mistake}.";
        }

        return "The key is right, but another message was signed. Compare yours with expected_message: method, path and query as sent, timestamp, nonce, body, each followed by LF.";
    }

    private static string Text(byte[] message, int limit) => Encoding.UTF8.GetString(message, 0, Math.Min(message.Length, limit));
}
