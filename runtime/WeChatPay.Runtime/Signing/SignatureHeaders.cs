using System.Net.Http.Headers;

namespace WeChatPay.Signing;

/// <summary>The five headers of a signed message, each once and in the one form it can have. What they claim is not checked here.</summary>
internal readonly record struct SignatureHeaders(string Timestamp, string Nonce, string Serial, string Signature, string? SignatureType)
{
    public const string TimestampName = "Wechatpay-Timestamp";
    public const string NonceName = "Wechatpay-Nonce";
    public const string SerialName = "Wechatpay-Serial";
    public const string SignatureName = "Wechatpay-Signature";
    public const string SignatureTypeName = "Wechatpay-Signature-Type";

    private const string ProbePrefix = "WECHATPAY/SIGNTEST/";
    private const int LongestTimestamp = 12;

    /// <summary>WeChat Pay marks its deliberately wrong signatures; it changes nothing but the wording of the failure.</summary>
    public bool IsProbe => Signature.StartsWith(ProbePrefix, StringComparison.Ordinal);

    /// <summary>Seconds since 1970, once <see cref="Read"/> has checked the text.</summary>
    public long UnixSeconds => long.Parse(Timestamp, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads the headers of a message.</summary>
    /// <param name="values">All values of a header, given its name; empty if it is absent. Names are case-insensitive.</param>
    /// <exception cref="WeChatPaySignatureException">A header is missing, doubled or malformed.</exception>
    public static SignatureHeaders Read(Func<string, IReadOnlyList<string>> values)
        => TryRead(new FromFunction(values), out var headers) is { } failure ? throw failure : headers;

    /// <summary>Reads the headers of an answer.</summary>
    /// <returns>The failure, or null.</returns>
    public static WeChatPaySignatureException? TryRead(HttpResponseHeaders source, out SignatureHeaders headers)
        => TryRead(new FromAnswer(source.NonValidated), out headers);

    private static WeChatPaySignatureException? TryRead<TSource>(TSource source, out SignatureHeaders headers)
        where TSource : struct, ISource
    {
        headers = default;
        WeChatPaySignatureException? failure = null;
        var timestamp = One(source, TimestampName, true, ref failure);
        var nonce = One(source, NonceName, true, ref failure);
        var serial = One(source, SerialName, true, ref failure);
        var signature = One(source, SignatureName, true, ref failure);
        var type = One(source, SignatureTypeName, false, ref failure);
        if (failure is not null)
        {
            // Even an incomplete set may be a probe; whoever reads the log wants to know.
            return signature?.StartsWith(ProbePrefix, StringComparison.Ordinal) == true
                ? new(failure.Reason, failure.BaseMessage) { IsProbe = true }
                : failure;
        }

        headers = new(timestamp!, nonce!, serial!, signature!, type);
        return IsTimestamp(timestamp!)
            ? null
            : Malformed(TimestampName, "is no count of seconds since 1970 in plain digits", headers.IsProbe);
    }

    private static string? One<TSource>(TSource source, string name, bool required, ref WeChatPaySignatureException? failure)
        where TSource : struct, ISource
    {
        var count = source.Get(name, out var value);
        // Blanks inside a signature make it a bad signature, not a bad header.
        if (count == 1 && (IsToken(value) || (value.Length > 0 && name == SignatureName)))
        {
            return value;
        }

        if (count == 0 && !required)
        {
            return null;
        }

        failure ??= count switch
        {
            0 => new(
                WeChatPaySignatureFailure.MissingHeader,
                $"Header {name} is missing. A proxy or CDN may have removed it; a message without its signature is treated as forged."),
            1 => Malformed(name, value.Length == 0 ? "is empty" : "holds blanks or characters other than printable ASCII", false),
            _ => new(WeChatPaySignatureFailure.DuplicateHeader, $"Header {name} occurs {count} times; exactly one is expected."),
        };
        return null;
    }

    private static WeChatPaySignatureException Malformed(string name, string what, bool isProbe)
        => new(WeChatPaySignatureFailure.MalformedHeader, $"Header {name} {what}.") { IsProbe = isProbe };

    private static bool IsToken(string value)
    {
        foreach (var c in value)
        {
            if (c is < '!' or > '~')
            {
                return false;
            }
        }

        return value.Length > 0;
    }

    /// <summary><c>^[1-9][0-9]{0,11}$</c>: the raw text is what is signed, so there is one way only to write a time.</summary>
    private static bool IsTimestamp(string value)
    {
        if (value.Length > LongestTimestamp || value[0] is < '1' or > '9')
        {
            return false;
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private interface ISource
    {
        /// <summary>How often the header occurs; the value if it is once.</summary>
        int Get(string name, out string value);
    }

    private readonly struct FromFunction(Func<string, IReadOnlyList<string>> values) : ISource
    {
        public int Get(string name, out string value)
        {
            var list = values(name);
            value = list.Count == 1 ? list[0] ?? "" : "";
            return list.Count;
        }
    }

    private readonly struct FromAnswer(HttpHeadersNonValidated headers) : ISource
    {
        public int Get(string name, out string value)
        {
            value = "";
            if (!headers.TryGetValues(name, out var values))
            {
                return 0;
            }

            if (values.Count == 1)
            {
                value = values.ToString();
            }

            return values.Count;
        }
    }
}
