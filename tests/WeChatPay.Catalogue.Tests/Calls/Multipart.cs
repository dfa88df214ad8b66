using System.Text;
using System.Text.Json.Nodes;

namespace WeChatPay.Catalogue.Tests.Calls;

/// <summary>Multipart bodies, read without the runtime.</summary>
internal static class Multipart
{
    /// <summary>The parts by name, without the file, which has to be there and last: the meta as JSON, others as text.</summary>
    public static JsonObject Parse(string contentType, byte[] body, Operation operation)
    {
        var boundary = contentType.Split("boundary=")[1].Trim('"');
        var parts = Encoding.UTF8.GetString(body).Split("--" + boundary)[1..^1];
        var file = operation.Body.Members.Single(m => m.Type is ScalarType { Kind: ScalarKind.Stream });
        Assert.Contains($"name=\"{file.WireName}\"; filename=", parts[^1], StringComparison.Ordinal);

        var result = new JsonObject();
        foreach (var part in parts[..^1])
        {
            var head = part[..part.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
            var content = part[(head.Length + 4)..^2];
            var name = head.Split("name=\"")[1].Split('"')[0];
            if (name == "sign") continue;
            var type = operation.Body.Members.Single(m => m.WireName == name).Type;
            result.Add(name, type is ObjectType or ScalarType { Kind: ScalarKind.Integer } ? JsonNode.Parse(content) : JsonValue.Create(content));
        }

        return result;
    }
}
