using System.Text;

namespace WeChatPay.Generator.Emit;

/// <summary>Text out of a spec, made safe for one line of an XML documentation comment.</summary>
internal static class XmlText
{
    /// <summary>
    /// Escapes, folds every run of white space and line ends into one blank, and drops what neither XML nor a
    /// C# comment can carry: whatever a spec says, it stays inside its comment.
    /// </summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        var pendingBlank = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (CSharpText.IsBlank(c))
            {
                pendingBlank = result.Length > 0;
                continue;
            }

            if (!char.IsSurrogate(c) && CSharpText.IsUnsafe(c)) continue;
            if (pendingBlank) result.Append(' ');
            pendingBlank = false;
            switch (c)
            {
                case '&':
                    result.Append("&amp;");
                    break;
                case '<':
                    result.Append("&lt;");
                    break;
                case '>':
                    result.Append("&gt;");
                    break;
                case '"':
                    result.Append("&quot;");
                    break;
                default:
                    result.Append(CSharpText.IsLoneSurrogate(text, i) ? '\uFFFD' : c);
                    break;
            }
        }

        return result.ToString();
    }

    /// <summary><c>&lt;c&gt;…&lt;/c&gt;</c>.</summary>
    public static string Code(string text) => "<c>" + Escape(text) + "</c>";

    /// <summary>A link; an address that is not http(s) stays text.</summary>
    public static string Link(string text, string url)
    {
        var label = Escape(text.Length == 0 ? url : text);
        return IsWebAddress(url) ? "<see href=\"" + Escape(url) + "\">" + label + "</see>" : label;
    }

    private static bool IsWebAddress(string url)
        => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}
