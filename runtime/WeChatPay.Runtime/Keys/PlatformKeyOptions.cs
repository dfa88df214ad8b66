namespace WeChatPay.Keys;

/// <summary>Reads the trust set out of options. What a merchant could sign itself never gets into it.</summary>
internal static class PlatformKeyOptions
{
    private const string IdName = "WeChatPayOptions.PublicKeyId";
    private const string KeyName = "WeChatPayOptions.PublicKey";

    public static IReadOnlyList<PlatformKey> Read(WeChatPayOptions options, string? merchantSerial, IMerchantKey? merchantKey, List<string> problems)
    {
        var before = problems.Count;
        var keys = new List<PlatformKey>();
        ReadPublicKey(options, keys, problems);
        ReadCertificates(options, merchantSerial, keys, problems);
        if (problems.Count > before)
        {
            return [];
        }

        foreach (var key in keys)
        {
            if (merchantKey is not null && key.Key.IsPublicHalfOf(merchantKey))
            {
                problems.Add($"The platform key '{key.Serial}' is the merchant's own key: take WeChat Pay's public key or platform certificate, not the merchant API certificate.");
            }
        }

        if (BrandOptions.IsBrand(options))
        {
            keys = keys.ConvertAll(static key => key.ForBrand());
        }

        if (CanFetch(options))
        {
            return keys;
        }

        if (keys.Count == 0)
        {
            problems.Add($"No key of WeChat Pay is set, so no answer could be verified: set {IdName} and {KeyName} (merchant platform, API security), or WeChatPayOptions.ApiV3Key, with which platform certificates are fetched.");
        }
        else if (merchantKey is not null && !keys.Exists(key => key.Key.Scheme == merchantKey.Scheme))
        {
            problems.Add($"The merchant's key signs with {merchantKey.Scheme}, and no key of WeChat Pay that is set does ({string.Join(", ", keys.ConvertAll(static key => $"{key.Serial}: {key.SignatureType}"))}): add WeChat Pay's public key or platform certificate of that scheme.");
        }
        else if (keys.TrueForAll(key => !key.IsValidAt((options.TimeProvider ?? TimeProvider.System).GetUtcNow())))
        {
            problems.Add($"None of WeChatPayOptions.PlatformCertificates is valid now ({string.Join(", ", keys.ConvertAll(static key => $"{key.Serial}: {key.NotBefore:u} to {key.NotAfter:u}"))}): add the current certificate, or set {IdName} and {KeyName}.");
        }

        return keys;
    }

    /// <summary>Keys that are missing or out of date now are fetched when they are needed.</summary>
    public static bool CanFetch(WeChatPayOptions options) => BrandOptions.MayFetch(options) && !string.IsNullOrEmpty(options.ApiV3Key);

    private static void ReadPublicKey(WeChatPayOptions options, List<PlatformKey> keys, List<string> problems)
    {
        var hasId = !string.IsNullOrWhiteSpace(options.PublicKeyId);
        var hasKey = !string.IsNullOrWhiteSpace(options.PublicKey);
        if (!hasId && !hasKey)
        {
            return;
        }

        if (!hasId || !hasKey)
        {
            problems.Add(hasId
                ? $"{KeyName} is not set although {IdName} is: set it to the content of pub_key.pem."
                : $"{IdName} is not set although {KeyName} is: set it to the id that the merchant platform shows (PUB_KEY_ID_…).");
            return;
        }

        // The id is opaque, but a lost prefix is a frequent mistake and would make every answer fail.
        var id = options.PublicKeyId!;
        if (!id.StartsWith("PUB_KEY_ID_", StringComparison.Ordinal) || id.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            problems.Add($"{IdName} must be the id exactly as the merchant platform shows it, beginning with PUB_KEY_ID_ and without blanks.");
            return;
        }

        if (KeyText.TryReadPublicKey(options.PublicKey!, options.AlgorithmSuite) is { } other)
        {
            keys.Add(PlatformKey.FromPublicKey(id, other));
        }
        else if (KeyText.TryReadPublicKey(options.PublicKey!, KeyName, out var problem) is { } rsa)
        {
            keys.Add(PlatformKey.FromPublicKey(id, rsa));
        }
        else
        {
            problems.Add(problem!);
        }
    }

    private static void ReadCertificates(WeChatPayOptions options, string? merchantSerial, List<PlatformKey> keys, List<string> problems)
    {
        for (var i = 0; i < (options.PlatformCertificates?.Count ?? 0); i++)
        {
            var name = $"WeChatPayOptions.PlatformCertificates[{i}]";
            var certificates = KeyText.ReadCertificates(options.PlatformCertificates![i] ?? "", name, out var problem);
            foreach (var certificate in certificates)
            {
                using (certificate)
                {
                    Add(certificate, name);
                }
            }

            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        void Add(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, string name)
        {
            var key = PlatformKey.TryFromCertificate(certificate, out var flaw, options.AlgorithmSuite);
            if (key is null)
            {
                problems.Add($"{name} ({SerialNumber.Of(certificate)}) {flaw}.");
            }
            else if (key.Serial == merchantSerial)
            {
                problems.Add($"{name} is the merchant's own certificate ({key.Serial}): it takes certificates of WeChat Pay; trusting the own one would let anyone who has it forge answers.");
            }
            else if (!keys.Exists(known => known.Serial == key.Serial))
            {
                keys.Add(key);
            }
        }
    }
}
