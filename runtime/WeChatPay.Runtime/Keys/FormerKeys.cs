using System.Text;

namespace WeChatPay.Keys;

/// <summary>A key that was replaced and still opens what was made for it, until a date.</summary>
internal readonly record struct FormerKey<T>(T Key, DateTimeOffset Until);

/// <summary>Reads replaced keys out of options. One that has lapsed is left out.</summary>
internal static class FormerKeys
{
    public static IReadOnlyList<FormerKey<IMerchantKey>> ReadMerchantKeys(WeChatPayOptions options, List<string> problems)
    {
        var keys = new List<FormerKey<IMerchantKey>>();
        for (var i = 0; i < (options.FormerMerchantKeys?.Count ?? 0); i++)
        {
            var name = $"WeChatPayOptions.FormerMerchantKeys[{i}]";
            var former = options.FormerMerchantKeys![i];
            if (EndOf(former?.Until, name, problems) is not { } until)
            {
                continue;
            }

            var hasText = !string.IsNullOrWhiteSpace(former!.PrivateKey);
            if (hasText == former.Key is not null)
            {
                problems.Add($"{name} takes either PrivateKey or Key: {(hasText ? "both are" : "neither is")} set.");
            }
            else if (!hasText)
            {
                keys.Add(new(former.Key!, until));
            }
            else if (PrivateKeyText.TryRead(former.PrivateKey!, former.PrivateKeyPassword, $"{name}.PrivateKey", out var problem) is { } rsa)
            {
                keys.Add(new(new RsaMerchantKey(rsa), until));
            }
            else
            {
                problems.Add(problem!);
            }
        }

        return keys;
    }

    public static IReadOnlyList<FormerKey<byte[]>> ReadApiV3Keys(WeChatPayOptions options, List<string> problems)
    {
        var keys = new List<FormerKey<byte[]>>();
        for (var i = 0; i < (options.FormerApiV3Keys?.Count ?? 0); i++)
        {
            var name = $"WeChatPayOptions.FormerApiV3Keys[{i}]";
            var former = options.FormerApiV3Keys![i];
            if (EndOf(former?.Until, name, problems) is { } until && ReadApiV3Key(former!.Key ?? "", $"{name}.Key", problems) is { } key)
            {
                keys.Add(new(key, until));
            }
        }

        return keys;
    }

    /// <summary>The 32 bytes of an APIv3 key.</summary>
    public static byte[]? ReadApiV3Key(string text, string name, List<string> problems)
    {
        var key = Encoding.UTF8.GetBytes(text);
        if (key.Length == 32)
        {
            return key;
        }

        problems.Add($"{name} has {key.Length} bytes: it takes the 32 ASCII characters that were set as APIv3 key on the merchant platform, without blanks around them.");
        return null;
    }

    private static DateTimeOffset? EndOf(DateTimeOffset? until, string name, List<string> problems)
    {
        if (until is null)
        {
            problems.Add($"{name}.Until is not set: a key that was replaced stays for a time only; set it to the date from which it is to open nothing any more.");
        }

        return until;
    }
}
