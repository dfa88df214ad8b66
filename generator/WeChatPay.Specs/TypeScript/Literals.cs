using System.Globalization;
using System.Text;

namespace WeChatPay.Specs.TypeScript;

/// <summary>The values of literal tokens.</summary>
internal static class Literals
{
    /// <summary>The text of a string or template token, escapes resolved.</summary>
    public static string Text(string source, in Token token)
    {
        var quote = source[token.Start];
        var end = token.End;
        if (token.Length > 1 && source[end - 1] == quote && !EndsEscaped(source, token)) end--;
        var start = token.Start + 1;
        if (source.IndexOf('\\', start, Math.Max(0, end - start)) < 0) return source.Substring(start, Math.Max(0, end - start));

        var value = new StringBuilder(end - start);
        for (var i = start; i < end; i++)
        {
            if (source[i] == '\\' && i + 1 < end) i = Escape(source, i + 1, end, value);
            else value.Append(source[i]);
        }

        return value.ToString();
    }

    /// <summary>An unterminated string may end in a quote that is escaped.</summary>
    private static bool EndsEscaped(string source, in Token token)
    {
        var slashes = 0;
        for (var i = token.End - 2; i > token.Start && source[i] == '\\'; i--) slashes++;
        return slashes % 2 == 1;
    }

    /// <summary>Appends the escape whose letter is at <paramref name="at"/>; the result is its last character.</summary>
    private static int Escape(string source, int at, int end, StringBuilder value)
    {
        switch (source[at])
        {
            case 'n': value.Append('\n'); return at;
            case 't': value.Append('\t'); return at;
            case 'r': value.Append('\r'); return at;
            case 'b': value.Append('\b'); return at;
            case 'f': value.Append('\f'); return at;
            case 'v': value.Append('\v'); return at;
            case '0': value.Append('\0'); return at;
            case '\r': return at + 1 < end && source[at + 1] == '\n' ? at + 1 : at;
            case '\n' or '\u2028' or '\u2029': return at;
            case 'x' when TryHexadecimal(source, at + 1, Math.Min(at + 3, end), 2, out var code):
                value.Append((char)code);
                return at + 2;
            case 'u' when TryHexadecimal(source, at + 1, Math.Min(at + 5, end), 4, out var code):
                value.Append((char)code);
                return at + 4;
            case 'u' when at + 1 < end && source[at + 1] == '{':
                var close = source.IndexOf('}', at, Math.Min(end - at, 9));
                if (close > 0 && TryHexadecimal(source, at + 2, close, close - at - 2, out var scalar) && scalar <= 0x10FFFF && scalar is < 0xD800 or > 0xDFFF)
                {
                    value.Append(char.ConvertFromUtf32(scalar));
                    return close;
                }

                value.Append('u');
                return at;
            default:
                value.Append(source[at]);
                return at;
        }
    }

    private static bool TryHexadecimal(string source, int start, int end, int digits, out int code)
    {
        code = 0;
        return digits is > 0 and <= 6 && end - start == digits
            && int.TryParse(source.Substring(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }
}
