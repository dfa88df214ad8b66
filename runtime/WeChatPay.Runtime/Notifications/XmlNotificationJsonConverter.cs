using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>Lets System.Text.Json read the content of an APIv2 notification back: from a JSON string that holds the XML as it came.</summary>
/// <remarks>Writing is not supported, because notifications have no writer: store the XML that the notification carries.</remarks>
/// <typeparam name="T">The content.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class XmlNotificationJsonConverter<T> : JsonConverter<T>
    where T : class, IXmlNotification<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var xml = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("The content of an APIv2 notification is stored as a string of XML.");
        try
        {
            var root = XmlParser.Parse(Encoding.UTF8.GetBytes(xml));
            V2Document.CheckNames(root);
            return XmlBodyReader.Read<T>(root);
        }
        catch (JsonBodyException e)
        {
            throw new JsonException(e.Message, e.Path, null, null);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        => throw new NotSupportedException(
            $"{typeof(T)} is read from a notification and never written. Store what WeChatPayNotification.GetResourceXml() returns instead.");
}
