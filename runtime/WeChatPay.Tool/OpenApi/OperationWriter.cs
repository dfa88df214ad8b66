using System.Text.Json.Nodes;
using WeChatPay.Specs.Model;
using WeChatPay.Tool.Loading;
using WeChatPay.Tool.Text;

namespace WeChatPay.Tool.OpenApi;

/// <summary>An operation of the model as an operation object.</summary>
internal sealed class OperationWriter(TypeSchemas types)
{
    private const string JsonType = "application/json";
    public const string XmlType = "text/xml";

    /// <param name="declared">The operation.</param>
    /// <param name="path">The path that it stands under, which may name parameters otherwise than the operation.</param>
    public JsonObject Write(Declared<Operation> declared, string path)
    {
        var operation = declared.Item;
        var space = operation.Names.Namespace;
        var result = new JsonObject();
        var tag = string.Join('/', operation.Route.Where(segment => !segment.IsParameter).Take(2).Select(segment => Json.Whole(segment.Text)));
        if (tag.Length > 0) result["tags"] = new JsonArray(tag);
        AddDocumentation(result, operation.Documentation);
        result["operationId"] = Json.Text(space + "." + operation.Names.TypePrefix);
        if (Parameters(operation, path, space) is { Count: > 0 } parameters) result["parameters"] = parameters;
        if (Body(operation, space) is { } body) result["requestBody"] = body;
        result["responses"] = Responses(operation, space);
        if (operation.Documentation.Deprecation is { } reason)
        {
            result["deprecated"] = true;
            result.SetText(Extensions.Deprecation, reason);
        }

        result["security"] = SecuritySchemes.Of(operation);
        if (operation.BaseUrl is { Length: > 0 } host) result["servers"] = new JsonArray(new JsonObject { ["url"] = Json.Text(host.TrimEnd('/')) });
        AddExtensions(result, declared, path);
        return result;
    }

    /// <summary>Adds <c>summary</c>, <c>description</c> and <c>externalDocs</c>.</summary>
    public static void AddDocumentation(JsonObject target, Documentation documentation)
    {
        target.SetText("summary", documentation.Title);
        target.SetText("description", documentation.Description);
        var first = documentation.Links.FirstOrDefault(link => Uri.TryCreate(link.Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");
        if (first is not null)
        {
            var external = new JsonObject();
            external.SetText("description", first.Text);
            external["url"] = Json.Text(first.Url);
            target["externalDocs"] = external;
        }

        var others = documentation.Links.Where(link => !ReferenceEquals(link, first)).ToArray();
        if (others.Length > 0)
        {
            target[Extensions.Links] = new JsonArray([.. others.Select(link => new JsonObject { ["text"] = Json.Text(link.Text), ["url"] = Json.Text(link.Url) })]);
        }
    }

    private JsonArray Parameters(Operation operation, string path, string space)
    {
        var result = new JsonArray();
        var names = PathParameters.Names(path);
        var index = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in operation.Route.Where(segment => segment.IsParameter))
        {
            var name = index < names.Count ? names[index] : segment.Text;
            index++;
            if (!seen.Add(name)) continue;
            var parameter = new JsonObject { ["name"] = Json.Text(name), ["in"] = "path" };
            parameter.SetText("description", segment.Description);
            parameter["required"] = true;
            parameter["schema"] = types.Of(segment.ParameterType ?? new ScalarType(ScalarKind.Text), space);
            if (segment.ArgumentName is { } argument) parameter[Extensions.CSharpName] = Json.Text(argument.TrimStart('@'));
            result.Add((JsonNode)parameter);
        }

        foreach (var member in operation.Query) result.Add((JsonNode)Parameter(member, "query", space));
        foreach (var member in operation.Headers) result.Add((JsonNode)Parameter(member, "header", space));
        return result;
    }

    /// <summary>What describes the member belongs to the parameter, the rest to its schema.</summary>
    private JsonObject Parameter(Member member, string place, string space)
    {
        var schema = MemberSchemas.Of(member, space, types);
        var parameter = new JsonObject { ["name"] = Json.Text(member.WireName), ["in"] = place };
        Move("description");
        if (member.IsRequired) parameter["required"] = true;
        Move("deprecated");
        parameter["schema"] = schema;
        foreach (var name in schema.Select(property => property.Key).Where(name => name.StartsWith("x-wechatpay-", StringComparison.Ordinal)).ToArray())
        {
            if (name is not (Extensions.CSharpType or Extensions.OpenEnum)) Move(name);
        }

        return parameter;

        void Move(string name)
        {
            if (!schema.Remove(name, out var value)) return;
            parameter[name] = value;
        }
    }

    private JsonObject? Body(Operation operation, string space)
    {
        var contentType = operation.Body.Kind switch
        {
            RequestBodyKind.Json => JsonType,
            RequestBodyKind.Xml => XmlType,
            RequestBodyKind.Multipart => "multipart/form-data",
            _ => null,
        };
        if (contentType is null) return null;
        var schema = types.Component(space, operation.Names.RequestTypeName, operation.Body.Members);
        var result = new JsonObject { ["content"] = Content(contentType, schema) };
        if (!operation.IsRequestOptional) result["required"] = true;
        return result;
    }

    private JsonObject Responses(Operation operation, string space)
    {
        var response = operation.Response;
        if (response.Kind == ResponseKind.NoContent) return new() { ["204"] = new JsonObject { ["description"] = "No content" } };
        if (response.Kind == ResponseKind.Redirect) return new() { ["200"] = new JsonObject { ["description"] = "A page for the user's browser, which is sent to this address" } };
        var (contentType, schema) = response.Kind switch
        {
            ResponseKind.Stream => ("application/octet-stream", new JsonObject()),
            ResponseKind.Xml => (XmlType, types.Component(space, operation.Names.ResponseTypeName, response.Members)),
            _ => (JsonType, types.Component(space, operation.Names.ResponseTypeName, response.Members)),
        };
        return new() { ["200"] = new JsonObject { ["description"] = "Success", ["content"] = Content(contentType, schema) } };
    }

    private static JsonObject Content(string contentType, JsonObject schema) => new() { [contentType] = new JsonObject { ["schema"] = schema } };

    private static void AddExtensions(JsonObject result, Declared<Operation> declared, string path)
    {
        var operation = declared.Item;
        if (path != operation.PathTemplate) result[Extensions.Path] = Json.Text(operation.PathTemplate);
        if (operation.Body.Kind == RequestBodyKind.Xml || operation.Response.Kind == ResponseKind.Xml) result[Extensions.WireFormat] = "xml";
        if (operation.RequiresClientCertificate) result[Extensions.MutualTls] = true;
        if (operation.Response.IsUnsigned) result[Extensions.UnsignedAnswer] = true;
        result.SetText(Extensions.IdempotentBy, operation.IdempotentBy);
        if (!operation.Echoes.IsEmpty) result[Extensions.Echo] = Json.Array(operation.Echoes);
        result[Extensions.CSharpCall] = CSharpNames.Call(operation);
        if (CSharpNames.TakesRequest(operation)) result[Extensions.CSharpRequest] = CSharpNames.Type(operation.Names.Namespace, operation.Names.RequestTypeName);
        if (operation.Response.Kind is ResponseKind.Json or ResponseKind.Xml) result[Extensions.CSharpResponse] = CSharpNames.Type(operation.Names.Namespace, operation.Names.ResponseTypeName);
        result[Extensions.Spec] = Json.Text(declared.Source.Found.RelativePath);
    }
}
