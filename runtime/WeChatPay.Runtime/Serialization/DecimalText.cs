using System.Globalization;

namespace WeChatPay.Serialization;

// decimal.Parse rounds what does not fit; a rate or an amount must be exact or be refused.
internal static class DecimalText
{
    private const int Digits = 28;

    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        return FitsExactly(text)
            && decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out value);
    }

    // -?digits[.digits][e[+-]digits]
    private static bool FitsExactly(ReadOnlySpan<byte> text)
    {
        var position = text[0] == '-' ? 1 : 0;
        var significant = 0;
        var whole = TakeDigits(text, ref position, ref significant);
        var fraction = 0;
        if (position < text.Length && text[position] == '.')
        {
            position++;
            fraction = TakeDigits(text, ref position, ref significant);
            if (fraction == 0)
                return false;
        }

        if (whole == 0)
            return false;
        var exponent = 0;
        if (position < text.Length && text[position] is (byte)'e' or (byte)'E')
        {
            if (text.Length - position > 5 || !int.TryParse(text[(position + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
                return false;
            position = text.Length;
        }

        var scale = fraction - exponent;
        return position == text.Length && scale <= Digits && significant + Math.Max(0, -scale) <= Digits;
    }

    private static int TakeDigits(ReadOnlySpan<byte> text, ref int position, ref int significant)
    {
        var start = position;
        while (position < text.Length && text[position] is >= (byte)'0' and <= (byte)'9')
        {
            if (significant > 0 || text[position] != '0')
                significant++;
            position++;
        }

        return position - start;
    }
}
