using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WeChatPay.Serialization;

/// <summary>
/// Lets System.Text.Json write a request: the JSON body as it would be sent, without the members that travel in the path, the query or as headers.
/// </summary>
/// <remarks>
/// A request in which a member that is sent encrypted has a value is not written: without the platform key of a call it cannot be encrypted,
/// and personal data must not turn up in plain text where nobody expects it. Reading is not supported, because requests have no reader.
/// </remarks>
/// <typeparam name="T">The request.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RequestJsonConverter<T> : JsonConverter<T>
    where T : class, IWeChatPayRequest
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => throw new NotSupportedException($"{typeof(T)} is a request: it is written to JSON and never read from it. Bind input to a class of your own.");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A required member is not set, or a member that is sent encrypted has a value.</exception>
    /// <exception cref="NotSupportedException">The request sends a file.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is IWeChatPayUploadRequest)
            throw new NotSupportedException($"{typeof(T)} sends a file: its body is no JSON document.");
        writer.WriteRawValue(JsonBody.Write(value, encryptor: null).Bytes.Span, skipInputValidation: true);
    }
}
