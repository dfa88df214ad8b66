using System.Buffers;
using System.Text;
using System.Text.Json;
using WeChatPay.Serialization;
using WeChatPay.Transport;

namespace WeChatPay.V2;

/// <summary>
/// APIv2 over JSON: signed like its XML, over the members at the top. A text counts without quotes and escapes, a number as it is written, and what
/// is nested as the JSON text that it is.
/// </summary>
internal static class V2Json
{
    /// <summary>Signs a JSON object and adds the signature as its last member.</summary>
    /// <exception cref="ArgumentException">The algorithm is unknown, or the object has a signature already.</exception>
    public static (ReadOnlyMemory<byte> Body, V2Message Message) Sign(ReadOnlyMemory<byte> json, string key)
    {
        var message = V2Message.Sign(Members(json.Span), key, out var sign);
        var end = json.Span.LastIndexOf((byte)'}');
        var isEmpty = message.Members.Count == 0 && json.Span[..end].IndexOf((byte)'"') < 0;
        var body = new ArrayBufferWriter<byte>(json.Length + 80);
        body.Write(json.Span[..end]);
        Encoding.UTF8.GetBytes($"{(isEmpty ? "" : ",")}\"{V2Signature.SignName}\":\"{sign}\"}}", body);
        return (body.WrittenMemory, message);
    }

    /// <summary>The members at the top of an object, without those that are null.</summary>
    /// <exception cref="JsonBodyException">The bytes are not one JSON object.</exception>
    public static List<KeyValuePair<string, string>> Members(ReadOnlySpan<byte> json)
    {
        var members = new List<KeyValuePair<string, string>>();
        try
        {
            if (!TopLevelJson.TryEnter(json, out var reader))
            {
                throw new JsonBodyException("", "is no JSON object.");
            }

            var text = TopLevelJson.WithoutMark(json);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (Value(ref reader, text) is { } value)
                {
                    members.Add(new(name, value));
                }
            }

            if (reader.Read())
            {
                throw new JsonBodyException("", "has bytes after the JSON object.");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new JsonBodyException("", $"is no JSON ({e.GetType().Name}).");
        }

        return members;
    }

    /// <summary>An answer in the form that XML answers have.</summary>
    /// <exception cref="JsonBodyException">The bytes are not one JSON object.</exception>
    public static XmlNode Parse(ReadOnlySpan<byte> json)
        => new("xml") { Children = Members(json).ConvertAll(static member => new XmlNode(member.Key) { Text = member.Value }) };

    private static string? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return TopLevelJson.Scalar(ref reader);
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.UTF8.GetString(text[start..(int)reader.BytesConsumed]);
    }
}
