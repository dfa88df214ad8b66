using System.Text.Json.Nodes;

namespace WeChatPay.Tool.OpenApi;

/// <summary>Small helpers over JSON nodes.</summary>
internal static class Json
{
    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)Text(text))]);

    /// <summary>JSON cannot hold half a surrogate pair.</summary>
    public static JsonNode Text(string text) => JsonValue.Create(Whole(text))!;

    public static void SetText(this JsonObject node, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) node[name] = Text(text);
    }

    /// <summary>The text with U+FFFD for what is half a pair.</summary>
    public static string Whole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            i++;
        }

        return text;
    }
}
