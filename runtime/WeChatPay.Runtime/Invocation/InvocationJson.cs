using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WeChatPay.Invocation;

/// <summary>A small JSON object, with the escapes that let it stand inside a page's script.</summary>
internal static class InvocationJson
{
    /// <summary>A flat object of texts.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> members) => Write(json =>
    {
        foreach (var (name, value) in members)
            json.WriteString(name, value);
    });

    /// <summary>An object whose members a method writes.</summary>
    public static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
