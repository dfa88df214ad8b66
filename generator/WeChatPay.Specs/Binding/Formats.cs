using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Binding;

/// <summary>The values of <c>@format</c> and what they make of text and numbers.</summary>
internal static class Formats
{
    public const string Known =
        "date-time, date, yyyyMMdd, yyyyMMddHHmmss, yyyy-MM-dd HH:mm:ss, unix-seconds, int32, int64, uint64, decimal, byte, uri, json-string, urlencoded-string";

    /// <summary>The format at the beginning of the tag's text (one holds a blank), or null.</summary>
    public static string? Find(string text)
    {
        if (text.StartsWith("yyyy-MM-dd HH:mm:ss", StringComparison.Ordinal)) return "yyyy-MM-dd HH:mm:ss";
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
        return text.Substring(0, end) switch
        {
            "yyyy-MM-dd" => "date",
            "date-time" or "date" or "yyyyMMdd" or "yyyyMMddHHmmss" or "unix-seconds" or "int32" or "int64" or "uint64" or "decimal"
                or "byte" or "uri" or "json-string" or "urlencoded-string" => text.Substring(0, end),
            _ => null,
        };
    }

    /// <summary>The type of a text or a number with a format; null where they do not fit together.</summary>
    public static ScalarType? Apply(ScalarKind kind, string format)
    {
        var isNumber = kind is ScalarKind.Integer;
        TimeFormat? time = format switch
        {
            "date-time" => TimeFormat.DateTime,
            "date" => TimeFormat.Date,
            "yyyyMMdd" => TimeFormat.CompactDate,
            "yyyyMMddHHmmss" => TimeFormat.CompactDateTime,
            "yyyy-MM-dd HH:mm:ss" => TimeFormat.SpacedDateTime,
            "unix-seconds" => TimeFormat.UnixSeconds,
            _ => null,
        };
        if (time is { } known)
        {
            // Only counts and digits can be numbers.
            var fits = kind is ScalarKind.Text or ScalarKind.TextOrNumber or ScalarKind.Time
                || (isNumber && known is TimeFormat.UnixSeconds or TimeFormat.CompactDate or TimeFormat.CompactDateTime);
            return fits ? new ScalarType(ScalarKind.Time) { TimeFormat = known, IsNumberOnWire = isNumber } : null;
        }

        return (format, isNumber) switch
        {
            ("int32" or "int64", true) => new ScalarType(ScalarKind.Integer),
            ("uint64", true) => new ScalarType(ScalarKind.UnsignedInteger),
            ("decimal", true) => new ScalarType(ScalarKind.Decimal),
            (_, true) => null,
            // Text that holds a number, JSON or a URL stays text: that is how it travels.
            _ => kind is ScalarKind.Text or ScalarKind.TextOrNumber ? new ScalarType(kind) : null,
        };
    }
}
