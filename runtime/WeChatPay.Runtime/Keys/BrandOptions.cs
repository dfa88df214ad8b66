namespace WeChatPay.Keys;

/// <summary>
/// Whose client it is: a merchant's or a brand's. A brand has a certificate, keys of WeChat Pay and an APIv3 key of its own, so it is a client of its own,
/// and nothing of a merchant is believed there, nor the other way round.
/// </summary>
internal static class BrandOptions
{
    private const int LongestId = 32;

    public static bool IsBrand(WeChatPayOptions options) => !string.IsNullOrWhiteSpace(options.BrandId);

    /// <summary>Platform certificates are listed for merchants only.</summary>
    public static bool MayFetch(WeChatPayOptions options) => options.FetchPlatformCertificates && !IsBrand(options);

    /// <summary>Reads the merchant id or the brand id, of which there is exactly one.</summary>
    public static string? ReadId(WeChatPayOptions options, List<string> problems)
    {
        if (!IsBrand(options))
        {
            return ReadDigits(options.MerchantId, "MerchantId", "the merchant id (mchid) of the merchant platform, e.g. 1900000001, not an app id; or set BrandId for a brand's client", problems);
        }

        if (!string.IsNullOrWhiteSpace(options.MerchantId))
        {
            problems.Add("WeChatPayOptions.MerchantId and WeChatPayOptions.BrandId are both set: a client signs as one of them. Take one client for the merchant and one for the brand, each with its own keys.");
        }

        if (!string.IsNullOrEmpty(options.ApiV2Key))
        {
            problems.Add("WeChatPayOptions.ApiV2Key belongs to a merchant: leave it out of a brand's client.");
        }

        if (options.AlgorithmSuite is not null || (options.MerchantKey is { } key && key.Scheme != Signing.SignatureScheme.Rsa))
        {
            problems.Add("WeChatPayOptions.BrandId takes RSA keys: brand interfaces know no other algorithm, so leave AlgorithmSuite out and sign with an RSA key.");
        }

        return ReadDigits(options.BrandId, "BrandId", "the brand id of the brand platform", problems);
    }

    private static string? ReadDigits(string? text, string name, string what, List<string> problems)
    {
        var id = text?.Trim();
        if (string.IsNullOrEmpty(id))
        {
            problems.Add($"WeChatPayOptions.{name} is not set: set it to {what}.");
            return null;
        }

        if (id.Length > LongestId || id.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            problems.Add($"WeChatPayOptions.{name} must consist of digits: it takes {what}.");
            return null;
        }

        return id;
    }
}
