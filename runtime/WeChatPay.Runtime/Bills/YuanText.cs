using System.Globalization;

namespace WeChatPay.Bills;

/// <summary>Amounts of bills: yuan as a decimal fraction, <c>1.00</c>, <c>-0.5</c>, fees with five digits. Never through a binary fraction.</summary>
internal static class YuanText
{
    /// <summary>Whole fen, exactly; false if the text is no amount, has parts of a fen, or does not fit.</summary>
    public static bool TryToFen(string text, out long fen)
    {
        fen = 0;
        return TryRead(text, out var yuan) && TryScale(yuan, out fen);
    }

    /// <summary>The amount in yuan; false if the text is none.</summary>
    public static bool TryRead(string text, out decimal yuan)
    {
        yuan = 0;
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        var point = digits.IndexOf('.');
        return IsDigits(point < 0 ? digits : digits[..point])
            && (point < 0 || IsDigits(digits[(point + 1)..]))
            // More digits than a decimal holds would be rounded.
            && digits.Length <= 28
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out yuan);
    }

    private static bool TryScale(decimal yuan, out long fen)
    {
        fen = 0;
        if (yuan is > long.MaxValue / 100 or < long.MinValue / 100)
        {
            return false;
        }

        var scaled = yuan * 100;
        if (scaled != decimal.Truncate(scaled))
        {
            return false;
        }

        fen = (long)scaled;
        return true;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
