using System.Text.Json;
using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox;

/// <summary>A request that the gateway refuses. Becomes an error answer of the shape that the real gateway uses.</summary>
internal sealed class GatewayException(int status, string code, string message, string explanation) : Exception(explanation)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>The <c>detail</c> member, or null.</summary>
    public JsonObject? Detail { get; init; }

    /// <summary>Further members of <c>sandbox</c>, which the real gateway does not have.</summary>
    public JsonObject? Help { get; init; }

    /// <summary>400 PARAM_ERROR with a JSON pointer (body) or a parameter's name (query, path, header).</summary>
    public static GatewayException Parameter(string location, string field, string? value, string issue) => new(
        400, "PARAM_ERROR", "参数错误", $"{location} {field}: {issue}")
    {
        Detail = new JsonObject { ["location"] = location, ["field"] = field, ["value"] = value ?? string.Empty, ["issue"] = issue },
    };

    /// <summary>401 SIGN_ERROR without a message to compare: something in the Authorization header itself is wrong.</summary>
    public static GatewayException Authorization(string field, string message, string issue) => new(401, "SIGN_ERROR", message, issue)
    {
        Detail = new JsonObject { ["location"] = "authorization", ["field"] = field, ["issue"] = issue },
    };

    public GatewayAnswer ToAnswer()
    {
        var body = JsonBytes.Object(w =>
        {
            w.WriteString("code", Code);
            if (Detail is not null)
            {
                w.WritePropertyName("detail");
                Detail.WriteTo(w);
            }

            w.WriteString("message", message);
            w.WriteStartObject("sandbox");
            w.WriteString("explanation", Message);
            foreach (var (name, node) in Help ?? [])
            {
                w.WritePropertyName(name);
                if (node is null)
                    w.WriteNullValue();
                else
                    node.WriteTo(w);
            }

            w.WriteEndObject();
        });
        return new GatewayAnswer(Status, body) { Explanation = Message };
    }
}
