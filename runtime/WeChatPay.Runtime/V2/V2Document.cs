using WeChatPay.Serialization;
using WeChatPay.Transport;

namespace WeChatPay.V2;

/// <summary>
/// The form in which an APIv2 answer came. Its first byte says which: documents and their servers do not always agree, and an error may come as XML
/// where a success is JSON. Anything else than these two is refused.
/// </summary>
internal static class V2Document
{
    /// <summary>Reads a document of members, of which each comes once.</summary>
    /// <exception cref="JsonBodyException">It is none.</exception>
    public static XmlNode Parse(ReadOnlySpan<byte> utf8)
    {
        var root = IsJson(utf8) ? V2Json.Parse(utf8) : XmlParser.Parse(utf8);

        CheckNames(root);
        return root;
    }

    /// <summary>Refuses names that come more than once: such a member would be signed as one value and read as the other.</summary>
    /// <exception cref="JsonBodyException">One does.</exception>
    public static void CheckNames(XmlNode root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var child in root.Children ?? [])
        {
            if (!names.Add(child.Name))
            {
                throw new JsonBodyException(child.Name, "comes more than once.");
            }
        }
    }

    /// <summary>The document as JSON, whichever form it came in.</summary>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> utf8, XmlNode root) => IsJson(utf8.Span) ? utf8 : XmlToJson.Convert(root);

    public static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        var text = TopLevelJson.WithoutMark(utf8);
        var start = text.IndexOfAnyExcept(" \t\r\n"u8);
        return start >= 0 && text[start] == '{';
    }
}
