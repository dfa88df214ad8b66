namespace WeChatPay.Sandbox;

/// <summary>The parsed Authorization header: scheme, one space, then comma-separated <c>name="value"</c> pairs in any order.</summary>
internal sealed record AuthorizationHeader(string MerchantId, string Nonce, string Signature, string Timestamp, string SerialNumber)
{
    public const string Scheme = "WECHATPAY2-SHA256-RSA2048";

    private static readonly string[] Names = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"];

    /// <exception cref="GatewayException">Not of that form.</exception>
    public static AuthorizationHeader Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
            throw Malformed("Http头缺少Authorization", "the request has no Authorization header");

        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? header : header[..space];
        if (scheme != Scheme)
            throw Malformed("Http头Authorization认证类型不正确", $"the scheme is '{scheme}', expected {Scheme}");

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[(space + 1)..].Split(','))
        {
            var (name, value) = ParsePair(part.Trim(' '));
            if (!Names.Contains(name))
                throw Malformed(FormatMessage, $"unknown parameter '{name}'; expected {string.Join(", ", Names)}");

            if (!values.TryAdd(name, value))
                throw Malformed(FormatMessage, $"parameter '{name}' is given twice");
        }

        var missing = Names.Where(n => !values.ContainsKey(n)).ToArray();
        if (missing.Length > 0)
            throw Malformed(FormatMessage, $"missing: {string.Join(", ", missing)}");

        return new AuthorizationHeader(values["mchid"], values["nonce_str"], values["signature"], values["timestamp"], values["serial_no"]);
    }

    private const string FormatMessage = "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》";

    private static (string Name, string Value) ParsePair(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || part.Length < equals + 3 || part[equals + 1] != '"' || part[^1] != '"')
            throw Malformed(FormatMessage, $"'{part}' is not of the form name=\"value\"");

        var value = part[(equals + 2)..^1];
        if (value.Contains('"', StringComparison.Ordinal))
            throw Malformed(FormatMessage, $"the value of '{part[..equals]}' holds a quotation mark");

        return (part[..equals], value);
    }

    private static GatewayException Malformed(string message, string issue) => GatewayException.Authorization("Authorization", message, issue);
}
