using System.Globalization;

namespace WeChatPay.Sandbox;

/// <summary>Checks that a request was signed by the merchant whom it names, over exactly the bytes that arrived.</summary>
internal sealed class RequestVerifier(IReadOnlyList<SandboxMerchant> merchants)
{
    private const long ToleranceSeconds = 300;

    /// <summary>Sets the merchant and the answering key of the request.</summary>
    /// <exception cref="GatewayException">401 SIGN_ERROR, or 400 for an unknown <c>Wechatpay-Serial</c>.</exception>
    public void Verify(GatewayRequest request)
    {
        var given = ReadHeader(request);
        var merchant = merchants.FirstOrDefault(m => m.MerchantId == given.MerchantId)
            ?? throw GatewayException.Authorization("mchid", "商户号不存在", $"no merchant {given.MerchantId} in this sandbox");
        if (given.SerialNumber != merchant.CertificateSerialNumber)
        {
            throw GatewayException.Authorization(
                "serial_no",
                "商户证书序列号有误",
                $"serial_no is {given.SerialNumber}; the API certificate of merchant {merchant.MerchantId} has {merchant.CertificateSerialNumber}");
        }

        CheckTimestamp(given.Timestamp, request.Now);
        CheckNonce(given.Nonce);
        CheckSignature(request, merchant, given);
        request.Merchant = merchant;
        request.AnswerSigner = merchant.AnswerSigner(request.Header("Wechatpay-Serial"))
            ?? throw GatewayException.Parameter(
                "header", "Wechatpay-Serial", request.Header("Wechatpay-Serial"), $"no platform key of this name; key mode is {merchant.KeyMode}");
    }

    private static AuthorizationHeader ReadHeader(GatewayRequest request)
    {
        if (request.Headers.Authorization.Count > 1)
            throw GatewayException.Authorization("Authorization", "Http头Authorization重复", "the request has more than one Authorization header");

        return AuthorizationHeader.Parse(request.Header("Authorization"));
    }

    private static void CheckTimestamp(string text, DateTimeOffset now)
    {
        if (text.Length is 0 or > 12 || text[0] == '0' || !text.All(char.IsAsciiDigit))
            throw GatewayException.Authorization("timestamp", "时间戳格式错误", $"timestamp is '{text}', expected Unix seconds in decimal");

        var skew = long.Parse(text, CultureInfo.InvariantCulture) - now.ToUnixTimeSeconds();
        if (Math.Abs(skew) > ToleranceSeconds)
        {
            var unit = text.Length == 12 || Math.Abs(skew) > 10_000_000_000 ? " (milliseconds instead of seconds?)" : string.Empty;
            throw GatewayException.Authorization(
                "timestamp",
                "请求时间戳与服务器时间相差过大",
                $"timestamp is {text}, the gateway's clock {now.ToUnixTimeSeconds()}: {skew} s apart, at most {ToleranceSeconds} are allowed{unit}");
        }
    }

    private static void CheckNonce(string nonce)
    {
        if (nonce.Length is 0 or > 128 || nonce.Any(c => c is < '!' or > '~'))
            throw GatewayException.Authorization("nonce_str", "随机串格式错误", "nonce_str has to be 1 to 128 printable ASCII characters without spaces");
    }

    private static void CheckSignature(GatewayRequest request, SandboxMerchant merchant, AuthorizationHeader given)
    {
        var expected = SignedMessage.Request(request.Method, request.Target, given.Timestamp, given.Nonce, request.Body);
        var signature = DecodeBase64(given.Signature);
        if (signature is not null && merchant.VerifyMerchantSignature(expected, signature))
            return;

        throw SignatureDiagnosis.Explain(request, merchant, given, expected, signature);
    }

    /// <summary>Null unless the text is exactly the standard base64 form of its bytes.</summary>
    private static byte[]? DecodeBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text
            ? bytes[..length]
            : null;
    }
}
