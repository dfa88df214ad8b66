using System.Text.Json;

namespace WeChatPay.Transport;

/// <summary>Looks at the members of a JSON object without building anything; what is nested is skipped.</summary>
internal static class TopLevelJson
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The document without a byte order mark, which not every reader skips.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) => json.Span.StartsWith(ByteOrderMark) ? json[3..] : json;

    /// <inheritdoc cref="WithoutMark(ReadOnlyMemory{byte})"/>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith(ByteOrderMark) ? json[3..] : json;

    /// <summary>A reader before the first member, or none if the bytes do not begin an object.</summary>
    public static bool TryEnter(ReadOnlySpan<byte> json, out Utf8JsonReader reader)
    {
        reader = new(WithoutMark(json));
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject;
    }

    /// <summary>The reader has gone from one member's name to its value: takes it if it is text, number or truth value.</summary>
    /// <returns>The value as text; null for JSON null and for what is nested.</returns>
    public static string? Scalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>The value of a member; the last one if there are several, null if there is none or the bytes are no object.</summary>
    public static string? Find(ReadOnlySpan<byte> json, string name)
    {
        string? found = null;
        try
        {
            if (!TryEnter(json, out var reader))
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var wanted = reader.ValueTextEquals(name);
                reader.Read();
                if (wanted)
                {
                    found = Scalar(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not UTF-8; whoever reads the document will say so.
        }

        return found;
    }

    /// <summary>The bytes are one JSON object and nothing else.</summary>
    public static bool IsObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A cheap no for the common case that the object has no such member.</summary>
    public static bool MayHave(ReadOnlySpan<byte> json, ReadOnlySpan<byte> quotedName)
        => json.IndexOf(quotedName) >= 0 || json.IndexOf("\\u"u8) >= 0;
}
