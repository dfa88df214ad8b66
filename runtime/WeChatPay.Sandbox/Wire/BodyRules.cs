using System.Text;
using System.Text.Json;

namespace WeChatPay.Sandbox;

/// <summary>What the interface rules demand of every JSON body: UTF-8 characters of one to three bytes, no null, no member twice.</summary>
internal static class BodyRules
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="GatewayException">400 PARAM_ERROR.</exception>
    public static JsonElement Parse(byte[] body)
    {
        CheckEncoding(body);
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body);
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw GatewayException.Parameter("body", string.Empty, null, $"not JSON: {e.Message}");
        }

        if (root.ValueKind != JsonValueKind.Object)
            throw GatewayException.Parameter("body", string.Empty, null, $"has to be a JSON object, is {root.ValueKind}");

        Walk(root, string.Empty);
        return root;
    }

    private static void CheckEncoding(byte[] body)
    {
        try
        {
            CheckCharacters(StrictUtf8.GetString(body), string.Empty);
        }
        catch (DecoderFallbackException e)
        {
            throw GatewayException.Parameter("body", string.Empty, null, $"not UTF-8 at byte {e.Index}");
        }
    }

    private static void Walk(JsonElement element, string pointer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject())
                {
                    var path = $"{pointer}/{member.Name}";
                    if (!names.Add(member.Name))
                        throw GatewayException.Parameter("body", path, null, "given twice");

                    Walk(member.Value, path);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Walk(item, $"{pointer}/{index++}");

                break;
            case JsonValueKind.String:
                // An emoji can also come as an escaped surrogate pair.
                CheckCharacters(ReadText(element, pointer), pointer);
                break;
            case JsonValueKind.Null:
                throw GatewayException.Parameter("body", pointer, "null", "null is not allowed: leave the member out");
        }
    }

    private static string ReadText(JsonElement element, string pointer)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw GatewayException.Parameter("body", pointer, null, "holds half of a surrogate pair");
        }
    }

    private static void CheckCharacters(string text, string pointer)
    {
        if (text.Any(char.IsSurrogate))
        {
            throw GatewayException.Parameter(
                "body", pointer, null, "holds a character outside the Basic Multilingual Plane (an emoji?); only UTF-8 of one to three bytes is supported");
        }
    }
}
