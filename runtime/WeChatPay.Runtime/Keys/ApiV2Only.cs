namespace WeChatPay.Keys;

/// <summary>
/// A merchant who never took up APIv3 has an APIv2 key and nothing else. Whoever sets anything of APIv3 means APIv3, and is told what is missing at the start.
/// </summary>
internal static class ApiV2Only
{
    public static bool IsMeant(WeChatPayOptions options)
        => !string.IsNullOrEmpty(options.ApiV2Key)
            && !BrandOptions.IsBrand(options)
            && options.MerchantKey is null
            && options.AlgorithmSuite is null
            && AreEmpty(options.MerchantPrivateKey, options.MerchantCertificate, options.MerchantCertificateSerialNumber, options.ApiV3Key, options.PublicKeyId, options.PublicKey)
            && options.PlatformCertificates is null or { Count: 0 }
            && options.FormerMerchantKeys is null or { Count: 0 }
            && options.FormerApiV3Keys is null or { Count: 0 };

    private static bool AreEmpty(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                return false;
            }
        }

        return true;
    }
}
