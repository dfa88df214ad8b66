using System.Text.Json.Nodes;

namespace WeChatPay.Tool.OpenApi;

/// <summary>The schemas under <c>components</c>, each under its full C# name, which the naming rule keeps unique.</summary>
internal sealed class ComponentSchemas
{
    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);

    public bool IsEmpty => _schemas.Count == 0;

    /// <summary>Adds a schema and refers to it. Two different schemas never share a name: the second gets a number.</summary>
    public JsonObject Reference(string fullName, Func<JsonObject> create)
    {
        var schema = create();
        var key = Key(fullName);
        for (var number = 2; ; number++)
        {
            if (_schemas.TryAdd(key, schema) || JsonNode.DeepEquals(_schemas[key], schema)) return ReferenceToKey(key);
            key = Key(fullName) + "_" + number.ToString(CultureInfo.InvariantCulture);
        }
    }

    public static JsonObject ReferenceTo(string fullName) => ReferenceToKey(Key(fullName));

    public JsonObject Build()
    {
        var result = new JsonObject();
        foreach (var (key, schema) in _schemas) result.Add(key, schema);
        return result;
    }

    private static JsonObject ReferenceToKey(string key) => new() { ["$ref"] = "#/components/schemas/" + key };

    /// <summary>OpenAPI allows ASCII letters, digits, <c>.</c>, <c>-</c> and <c>_</c>; C# names may hold others.</summary>
    private static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') key.Append(c);
            else key.Append("_u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return key.ToString();
    }
}
