using System.Globalization;

namespace WeChatPay.Sandbox;

/// <summary>The wire forms of times. Beijing time by a fixed offset: no time zone database needed.</summary>
internal static class BeijingTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary><c>2026-01-31T09:30:00+08:00</c>.</summary>
    public static string Rfc3339(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary><c>20260131093000</c>.</summary>
    public static string Compact(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary><c>2026-01-31 09:30:00</c>, as bills print it.</summary>
    public static string Spaced(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static DateOnly Date(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);

    /// <summary>Reads RFC 3339 as the API demands it of merchants: with an offset, fractions allowed.</summary>
    public static bool TryParseRfc3339(string text, out DateTimeOffset time)
        => DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
        || DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-ddTHH:mm:ss'Z'", "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out time);
}
