using System.Text.Json;

namespace WeChatPay.Transport;

/// <summary>The body of an error answer: <c>code</c>, <c>message</c>, <c>detail</c>, each of which may be missing or odd.</summary>
internal readonly record struct ErrorBody(string? Code, string? Message, JsonElement? Detail)
{
    /// <summary>A success must not carry a code; this is asked of every answer, so it is cheap.</summary>
    public static bool HasCode(ReadOnlySpan<byte> body)
        => TopLevelJson.MayHave(body, "\"code\""u8) && !string.IsNullOrEmpty(TopLevelJson.Find(body, "code"));

    /// <summary>Reads what is there. HTML, text and empty bodies give nothing.</summary>
    public static ErrorBody Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(TopLevelJson.WithoutMark(body));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return default;
            }

            JsonElement? detail = root.TryGetProperty("detail", out var found) && found.ValueKind != JsonValueKind.Null ? found.Clone() : null;
            var code = Text(root, "code");
            return new(string.IsNullOrEmpty(code) ? null : code, Text(root, "message"), detail);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a member whose name holds half a surrogate pair.
            return default;
        }
    }

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            return null;
        }

        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair.
            return null;
        }
    }
}
