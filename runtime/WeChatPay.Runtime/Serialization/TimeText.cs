using System.Globalization;

namespace WeChatPay.Serialization;

// The one place that knows how the API writes times. The documents say RFC 3339; answers and notifications are also seen with
// "+0800", with a space for the T, with fractions, as yyyyMMddHHmmss and as seconds since 1970. What has no offset is Beijing time.
internal static class TimeText
{
    private static readonly TimeSpan Beijing = BeijingTime.Offset;

    public static string Format(DateTimeOffset time, WeChatPayTimeFormat format) => format switch
    {
        WeChatPayTimeFormat.DateTime => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        WeChatPayTimeFormat.Date => InBeijing(time, "yyyy-MM-dd"),
        WeChatPayTimeFormat.CompactDate => InBeijing(time, "yyyyMMdd"),
        WeChatPayTimeFormat.CompactDateTime => InBeijing(time, "yyyyMMddHHmmss"),
        WeChatPayTimeFormat.SpacedDateTime => InBeijing(time, "yyyy-MM-dd HH:mm:ss"),
        WeChatPayTimeFormat.UnixSeconds => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a known time format."),
    };

    public static string Format(DateOnly date, WeChatPayTimeFormat format) => format switch
    {
        WeChatPayTimeFormat.Date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        WeChatPayTimeFormat.CompactDate => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A date without a time is written as a date only."),
    };

    /// <summary>False if the text is no time: empty, a word, or a date without a time.</summary>
    public static bool TryParseTime(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        text = text.Trim(' ');
        if (text.Length < 10)
            return false;
        if (text[4] != '-')
            return text.Length == 14 ? TryParseCompact(text, out time) : TryParseUnixSeconds(text, out time);

        // yyyy-MM-dd?HH:mm:ss
        if (text.Length < 19
            || text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text[13] != ':' || text[16] != ':'
            || !Digits(text[..4], out var year) || !Digits(text.Slice(5, 2), out var month) || !Digits(text.Slice(8, 2), out var day)
            || !Digits(text.Slice(11, 2), out var hour) || !Digits(text.Slice(14, 2), out var minute) || !Digits(text.Slice(17, 2), out var second))
        {
            return false;
        }

        var rest = text[19..];
        return TakeFraction(ref rest, out var ticks)
            && TryParseOffset(rest, out var offset)
            && TryMake(year, month, day, hour, minute, second, ticks, offset, out time);
    }

    /// <summary>False if the text is no bare date.</summary>
    public static bool TryParseDate(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        text = text.Trim(' ');
        int year, month, day;
        if (text.Length == 10 && text[4] == '-' && text[7] == '-')
        {
            if (!Digits(text[..4], out year) || !Digits(text.Slice(5, 2), out month) || !Digits(text.Slice(8, 2), out day))
                return false;
        }
        else if (text.Length != 8
            || !Digits(text[..4], out year) || !Digits(text.Slice(4, 2), out month) || !Digits(text.Slice(6, 2), out day))
        {
            return false;
        }

        if (!IsDate(year, month, day))
            return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    private static string InBeijing(DateTimeOffset time, string format)
        => time.ToOffset(Beijing).ToString(format, CultureInfo.InvariantCulture);

    private static bool TryParseCompact(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        return Digits(text[..4], out var year) && Digits(text.Slice(4, 2), out var month) && Digits(text.Slice(6, 2), out var day)
            && Digits(text.Slice(8, 2), out var hour) && Digits(text.Slice(10, 2), out var minute) && Digits(text.Slice(12, 2), out var second)
            && TryMake(year, month, day, hour, minute, second, 0, Beijing, out time);
    }

    // Ten digits are 2001-09-09 to 2286-11-20; no other form of a time has ten digits.
    private static bool TryParseUnixSeconds(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != 10 || text[0] == '0' || !text.ContainsOnlyDigits())
            return false;
        time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)).ToOffset(Beijing);
        return true;
    }

    // ".123456789": more than seven digits are finer than a tick and cut.
    private static bool TakeFraction(ref ReadOnlySpan<char> rest, out int ticks)
    {
        ticks = 0;
        if (rest.IsEmpty || rest[0] is not ('.' or ','))
            return true;
        var length = 1;
        var unit = 1_000_000;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]))
        {
            ticks += (rest[length] - '0') * unit;
            unit /= 10;
            length++;
        }

        rest = rest[length..];
        return length > 1;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = Beijing;
        if (text.IsEmpty)
            return true;
        if (text is "Z" or "z")
        {
            offset = TimeSpan.Zero;
            return true;
        }

        if (text.Length is not (3 or 5 or 6) || text[0] is not ('+' or '-') || (text.Length == 6 && text[3] != ':'))
            return false;
        var minutes = 0;
        if (!Digits(text.Slice(1, 2), out var hours) || (text.Length > 3 && !Digits(text[^2..], out minutes)) || hours > 14 || minutes > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (offset > TimeSpan.FromHours(14))
            return false;
        if (text[0] == '-')
            offset = -offset;
        return true;
    }

    private static bool TryMake(
        int year, int month, int day, int hour, int minute, int second, int ticks, TimeSpan offset, out DateTimeOffset time)
    {
        time = default;
        if (!IsDate(year, month, day) || hour > 23 || minute > 59 || second > 59)
            return false;
        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).AddTicks(ticks);
        var utc = local.Ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return false;
        time = new DateTimeOffset(local, offset);
        return true;
    }

    private static bool IsDate(int year, int month, int day)
        => year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
