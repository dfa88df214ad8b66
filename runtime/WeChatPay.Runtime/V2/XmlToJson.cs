using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WeChatPay.V2;

/// <summary>What is nested in an APIv2 document is JSON within a text, or, rarely, XML; both are read by the JSON reader.</summary>
internal static class XmlToJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of an element: its text as it is, or its children as members. A name that comes again makes a list.</summary>
    public static ReadOnlyMemory<byte> Convert(XmlNode node)
    {
        if (node.Children is null)
        {
            return Utf8(node.Text);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, node);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Text as bytes.</summary>
    public static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Text as a JSON string.</summary>
    public static ReadOnlyMemory<byte> ToJsonString(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStringValue(text);
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, XmlNode node)
    {
        if (node.Children is not { } children)
        {
            json.WriteStringValue(node.Text);
            return;
        }

        var groups = new Dictionary<string, List<XmlNode>>(StringComparer.Ordinal);
        foreach (var child in children)
        {
            if (!groups.TryGetValue(child.Name, out var group))
            {
                groups.Add(child.Name, group = []);
            }

            group.Add(child);
        }

        json.WriteStartObject();
        foreach (var (name, group) in groups)
        {
            json.WritePropertyName(name);
            if (group.Count > 1)
            {
                json.WriteStartArray();
            }

            foreach (var item in group)
            {
                Write(json, item);
            }

            if (group.Count > 1)
            {
                json.WriteEndArray();
            }
        }

        json.WriteEndObject();
    }
}
