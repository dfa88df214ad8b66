using System.Globalization;
using System.Text.Json;

namespace WeChatPay.Sandbox;

/// <summary>An object of a request body and where it stands, so that a complaint can name the JSON pointer.</summary>
internal readonly struct BodyNode(JsonElement element, string pointer)
{
    public static BodyNode Root(GatewayRequest request) => new(request.Json, string.Empty);

    public string RequiredText(string name, int minLength, int maxLength)
        => Text(name, minLength, maxLength) ?? throw Missing(name);

    public string? Text(string name, int minLength, int maxLength)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;

        if (value.ValueKind != JsonValueKind.String)
            throw Wrong(name, value, "has to be a string");

        var text = value.GetString()!;
        return text.Length >= minLength && text.Length <= maxLength
            ? text
            : throw Wrong(name, value, $"has to be {minLength} to {maxLength} characters long, is {text.Length}");
    }

    public long RequiredInteger(string name, long min, long max = long.MaxValue)
    {
        if (!element.TryGetProperty(name, out var value))
            throw Missing(name);

        // 1.0, 1e2 and "1" are refused: the documents say integer.
        if (value.ValueKind != JsonValueKind.Number
            || !long.TryParse(value.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw Wrong(name, value, "has to be an integer (fen, not yuan)");
        }

        return number >= min && number <= max ? number : throw Wrong(name, value, $"has to be at least {min}");
    }

    public BodyNode RequiredObject(string name) => Object(name) ?? throw Missing(name);

    public BodyNode? Object(string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;

        return value.ValueKind == JsonValueKind.Object ? new BodyNode(value, $"{pointer}/{name}") : throw Wrong(name, value, "has to be an object");
    }

    public GatewayException Missing(string name) => GatewayException.Parameter("body", $"{pointer}/{name}", null, "required");

    public GatewayException Wrong(string name, string? value, string issue)
        => GatewayException.Parameter("body", $"{pointer}/{name}", value, issue);

    private GatewayException Wrong(string name, JsonElement value, string issue)
    {
        var text = value.GetRawText();
        return Wrong(name, text.Length > 100 ? text[..100] : text, issue);
    }
}
