using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>Lets System.Text.Json store an APIv2 answer and read it back: as a JSON string that holds the document as it came.</summary>
/// <typeparam name="T">The answer.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class XmlAnswerJsonConverter<T> : JsonConverter<T>
    where T : WeChatPayResponse, IXmlReadable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var xml = Encoding.UTF8.GetBytes(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("An APIv2 answer is stored as a string of XML."));
        try
        {
            var answer = XmlBodyReader.Read<T>(V2Document.Parse(xml));
            answer.Http = new WeChatPayHttp { RawBody = xml };
            return answer;
        }
        catch (JsonBodyException e)
        {
            throw new JsonException(e.Message, e.Path, null, null);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The answer was made by hand.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var xml = value.Http.RawBody.Span;
        if (xml.IsEmpty)
        {
            throw new NotSupportedException($"This {typeof(T)} was made by hand. An answer is stored as the XML that came, and this one has none.");
        }

        writer.WriteStringValue(xml);
    }
}

/// <summary>An APIv2 request has no form in JSON; this says so instead of making one up.</summary>
/// <typeparam name="T">The request.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class XmlRequestJsonConverter<T> : JsonConverter<T>
    where T : class, IWeChatPayRequest
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw Refusal();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw Refusal();

    private static NotSupportedException Refusal()
        => new($"{typeof(T)} is a request of APIv2, which is sent as XML: it is neither written to JSON nor read from it. Use a class of your own.");
}
