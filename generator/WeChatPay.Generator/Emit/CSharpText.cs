using System.Globalization;
using System.Text;

namespace WeChatPay.Generator.Emit;

/// <summary>Text out of a spec, made safe for C# source.</summary>
internal static class CSharpText
{
    /// <summary>A string literal with its quotes.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (IsLoneSurrogate(value, i))
            {
                // A UTF-8 literal with half a pair does not compile.
                text.Append("\\uFFFD");
            }
            else if (char.IsSurrogate(c) || !IsUnsafe(c))
            {
                text.Append(c);
            }
            else
            {
                text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>The same as bytes: <c>"…"u8</c>.</summary>
    public static string Utf8Literal(string value) => Literal(value) + "u8";

    /// <summary>
    /// Ends a line, hides or turns text before a reader's eye, or is no text at all. Ranges rather than Unicode
    /// categories: those differ between the .NET versions that host a compiler, and the output must not.
    /// </summary>
    public static bool IsUnsafe(char c)
        => c is < ' '
            or (>= '\u007F' and <= '\u009F')
            or '\u00AD'
            or '\u061C'
            or '\u180E'
            or (>= '\u200B' and <= '\u200F')
            or (>= '\u2028' and <= '\u202E')
            or (>= '\u2060' and <= '\u206F')
            or (>= '\uFDD0' and <= '\uFDEF')
            or '\uFEFF'
            or (>= '\uFFF0' and <= '\uFFFB')
            or >= '\uFFFE';

    /// <summary>White space and line ends that fold into one blank.</summary>
    public static bool IsBlank(char c) => c is <= ' ' or '\u0085' or '\u2028' or '\u2029';

    public static bool IsLoneSurrogate(string text, int index)
    {
        var c = text[index];
        if (char.IsHighSurrogate(c)) return index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]);
        return char.IsLowSurrogate(c) && (index == 0 || !char.IsHighSurrogate(text[index - 1]));
    }
}
