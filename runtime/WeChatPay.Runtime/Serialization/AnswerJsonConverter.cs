using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeChatPay.Serialization;

/// <summary>
/// Lets System.Text.Json store an answer and read it back: writes the verified JSON as it came, and reads with the code that reads answers.
/// </summary>
/// <remarks>
/// An answer that was made by hand has no JSON and cannot be written. One that was read back carries the text that was read in
/// <see cref="WeChatPayHttp.RawBody"/>, with status 0: whether that text is still what was verified is up to whoever stored it.
/// Members that are encrypted for the merchant stay encrypted in the JSON and cannot be read back here, because that takes the merchant's private key.
/// </remarks>
/// <typeparam name="T">The answer.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AnswerJsonConverter<T> : JsonConverter<T>
    where T : WeChatPayResponse, IJsonReadable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = ForeignJson.Take(ref reader);
        var answer = ForeignJson.Read<T>(json);
        answer.Http = new WeChatPayHttp { RawBody = json };
        return answer;
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The answer was made by hand.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var json = value.Http.RawBody.Span;
        if (json.IsEmpty)
        {
            throw new NotSupportedException(
                $"This {typeof(T)} was made by hand. An answer is stored as the JSON that WeChat Pay signed, and this one has none.");
        }

        writer.WriteRawValue(ForeignJson.WithoutMark(json));
    }
}
