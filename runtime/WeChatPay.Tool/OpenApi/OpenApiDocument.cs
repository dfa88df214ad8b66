using System.Text.Json.Nodes;
using WeChatPay.Specs.Model;
using WeChatPay.Tool.Loading;

namespace WeChatPay.Tool.OpenApi;

/// <summary>A whole OpenAPI 3.1 document.</summary>
internal sealed class OpenApiDocument(string title, string version)
{
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "patch"];

    private readonly ComponentSchemas _components = new();

    public JsonObject Build(SpecSet set)
    {
        var types = new TypeSchemas(_components);
        foreach (var (_, shared) in set.SharedShapes) _components.Reference("Models." + shared.Name, () => types.Shared(shared));
        var paths = Paths(set, new OperationWriter(types));
        var webhooks = new JsonObject();
        var notifications = new NotificationWriter(types);
        foreach (var declared in set.Notifications) webhooks.Add(NotificationWriter.Key(declared.Item), notifications.Write(declared));

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = Json.Text(title), ["version"] = Json.Text(version) },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "https://api.mch.weixin.qq.com" }),
            ["paths"] = paths,
        };
        if (webhooks.Count > 0) document["webhooks"] = webhooks;
        var components = new JsonObject();
        if (!_components.IsEmpty) components["schemas"] = _components.Build();
        components["securitySchemes"] = SecuritySchemes.Build();
        document["components"] = components;
        return document;
    }

    private static JsonObject Paths(SpecSet set, OperationWriter writer)
    {
        // Operations come ordered, so the first path of a signature names the parameters, whatever the order of the files.
        var templates = new Dictionary<string, string>(StringComparer.Ordinal);
        var items = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var declared in set.Operations)
        {
            var template = declared.Item.PathTemplate;
            var path = templates.TryGetValue(PathParameters.Signature(template), out var known) ? known : template;
            templates.TryAdd(PathParameters.Signature(template), path);
            var key = Json.Whole(path);
            if (!items.TryGetValue(key, out var item)) items.Add(key, item = []);
            Add(item, declared.Item.Verb.ToLowerInvariant(), writer.Write(declared, path));
        }

        var result = new JsonObject();
        foreach (var (path, item) in items) result.Add(path, Ordered(item));
        return result;
    }

    private static void Add(JsonObject item, string verb, JsonObject operation)
    {
        if (item[verb] is not JsonObject first)
        {
            item[verb] = operation;
            return;
        }

        if (first[Extensions.Alternatives] is not JsonArray alternatives) first[Extensions.Alternatives] = alternatives = [];
        alternatives.Add((JsonNode)operation);
    }

    private static JsonObject Ordered(JsonObject item)
    {
        var result = new JsonObject();
        foreach (var verb in Verbs)
        {
            if (item.Remove(verb, out var operation)) result[verb] = operation;
        }

        return result;
    }
}
