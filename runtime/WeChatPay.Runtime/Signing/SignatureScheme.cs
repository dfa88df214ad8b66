namespace WeChatPay.Signing;

/// <summary>Names of signature schemes: of a request in <c>Authorization</c>, of an answer in <c>Wechatpay-Signature-Type</c>.</summary>
internal static class SignatureScheme
{
    public const string Rsa = "WECHATPAY2-SHA256-RSA2048";

    /// <summary>Of the brand interfaces: RSA as well, with <c>brand_id</c> in place of <c>mchid</c> and keys of the brand's own.</summary>
    public const string Brand = "WECHATPAY-BRAND-SHA256-RSA2048";

    /// <summary>How all of them begin; by it a copy of a signed request is recognised.</summary>
    public const string Prefix = "WECHATPAY";

    /// <summary>What may open the <c>Authorization</c> header of a signed request.</summary>
    public static bool IsToken(string? scheme)
    {
        foreach (var c in scheme ?? "")
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return scheme is { Length: <= 64 } && scheme.StartsWith(Prefix, StringComparison.Ordinal);
    }
}
