using System.Globalization;
using System.Text;
using WeChatPay.Keys;
using WeChatPay.V2;

namespace WeChatPay.Invocation;

/// <summary>Named values for the WeChat client: what they may hold, how they are signed with the APIv2 key, how they stand in a query.</summary>
internal static class FrontValues
{
    public static string Timestamp(MerchantCredentials credentials)
        => credentials.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static string NameOf(ApiV2SignType type) => type switch
    {
        ApiV2SignType.HmacSha256 => V2Signature.HmacName,
        ApiV2SignType.Md5 => V2Signature.Md5Name,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The algorithm is one of HmacSha256 and Md5."),
    };

    /// <summary>Signs raw values: whatever escapes the front end needs come afterwards.</summary>
    public static string Sign(MerchantCredentials credentials, IEnumerable<KeyValuePair<string, string>> values, ApiV2SignType type)
        => V2Signature.Compute(values, credentials.ApiV2Key, type == ApiV2SignType.Md5 ? V2SignType.Md5 : V2SignType.HmacSha256);

    /// <summary>
    /// What was signed as one value must not read as two: the signature has no escapes. Base64 with its <c>=</c> at the end passes.
    /// </summary>
    /// <exception cref="ArgumentException">It is empty or holds what it cannot have.</exception>
    public static string Require(string? value, string parameterName)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, parameterName);
        foreach (var c in value)
        {
            if (c is <= ' ' or > '~' or '&')
            {
                throw new ArgumentException("Only printable ASCII characters without blanks and '&' are possible here.", parameterName);
            }
        }

        return value;
    }

    /// <summary>The same for a value that may be left out.</summary>
    public static string? RequireOrNone(string? value, string parameterName) => value is null ? null : Require(value, parameterName);

    /// <summary>A token of the order's answer: nothing that could begin a parameter of its own.</summary>
    /// <exception cref="ArgumentException">It is empty or holds what it cannot have.</exception>
    public static string RequireToken(string? value, string parameterName)
        => Require(value, parameterName).Contains('=', StringComparison.Ordinal)
            ? throw new ArgumentException("Only printable ASCII characters without blanks, '&' and '=' are possible here.", parameterName)
            : value!;

    /// <summary><c>a=1&amp;b=2</c>, names and values percent-encoded.</summary>
    public static string ToQuery(IEnumerable<KeyValuePair<string, string>> values)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in values)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }
}
