using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WeChatPay.Invocation;

/// <summary>A flat JSON object of texts, with the escapes that let it stand inside a page's script.</summary>
internal static class InvocationJson
{
    public static string Write(ReadOnlySpan<KeyValuePair<string, string>> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
