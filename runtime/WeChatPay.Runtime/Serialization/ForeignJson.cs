using System.Text;
using System.Text.Json;

namespace WeChatPay.Serialization;

// JSON that a user's own serializer holds, on its way into our reader.
internal static class ForeignJson
{
    /// <summary>The value on which the serializer stands, as bytes.</summary>
    public static byte[] Take(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Encoding.UTF8.GetBytes(document.RootElement.GetRawText());
    }

    /// <summary>Reads it; a failure becomes the exception that users of a serializer expect.</summary>
    public static T Read<T>(byte[] json)
        where T : class, IJsonReadable<T>
    {
        try
        {
            return JsonBody.Read<T>(json, decryptor: null);
        }
        catch (JsonBodyException e)
        {
            throw new JsonException(e.Message, e.Path, null, null);
        }
    }

    /// <summary>The JSON without a byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;
}
