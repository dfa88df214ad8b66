using System.Text.Json.Nodes;
using WeChatPay.Specs.Model;
using WeChatPay.Tool.Loading;
using WeChatPay.Tool.Text;

namespace WeChatPay.Tool.OpenApi;

/// <summary>
/// A notification as a webhook. The request body is what travels; what is encrypted in it stands as <c>contentSchema</c> of the text
/// that holds it.
/// </summary>
internal sealed class NotificationWriter(TypeSchemas types)
{
    public static string Key(Notification notification) => "v" + notification.Version.ToString(CultureInfo.InvariantCulture) + "." + Json.Whole(notification.EventType);

    public JsonObject Write(Declared<Notification> declared)
    {
        var notification = declared.Item;
        var isXml = notification.Version == 2 || notification.WireFormat == NotificationWireFormat.Xml;
        var operation = new JsonObject();
        OperationWriter.AddDocumentation(operation, notification.Documentation);
        operation["operationId"] = Json.Text(notification.Namespace + "." + notification.Resource.TypeName);
        operation["requestBody"] = new JsonObject
        {
            ["content"] = new JsonObject { [isXml ? OperationWriter.XmlType : "application/json"] = new JsonObject { ["schema"] = Envelope(notification) } },
            ["required"] = true,
        };
        operation["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "The notification was taken" } };
        if (notification.Documentation.Deprecation is { } reason)
        {
            operation["deprecated"] = true;
            operation.SetText(Extensions.Deprecation, reason);
        }

        operation.SetText(Extensions.EventType, notification.EventType);
        operation.SetText(Extensions.OriginalType, notification.OriginalType);
        operation[Extensions.Protection] = notification.Protection.ToString();
        if (isXml) operation[Extensions.WireFormat] = "xml";
        operation[Extensions.CSharpType] = CSharpNames.Type(notification.Namespace, notification.Resource.TypeName);
        operation[Extensions.Spec] = Json.Text(declared.Source.Found.RelativePath);
        return new() { ["post"] = operation };
    }

    private JsonObject Envelope(Notification notification) => notification.Protection switch
    {
        NotificationProtection.SignedPlain => Content(notification),
        NotificationProtection.RequestInfo => Members(("req_info", Encrypted(notification))),
        NotificationProtection.SignedCiphertext => Members(("event_type", EventType(notification)), ("event_ciphertext", Encrypted(notification)), ("sign", Text())),
        _ => Members(
            ("id", Text()),
            ("create_time", new() { ["type"] = "string", ["format"] = "date-time" }),
            ("resource_type", Text()),
            ("event_type", EventType(notification)),
            ("summary", Text()),
            ("resource", Resource(notification))),
    };

    private JsonObject Resource(Notification notification) => Members(
        ("algorithm", Text()),
        ("original_type", OriginalType(notification)),
        ("ciphertext", Encrypted(notification)),
        ("nonce", Text()),
        ("associated_data", Text()));

    private JsonObject Encrypted(Notification notification) => new()
    {
        ["type"] = "string",
        ["contentEncoding"] = "base64",
        ["contentMediaType"] = notification.WireFormat == NotificationWireFormat.Xml ? OperationWriter.XmlType : "application/json",
        ["contentSchema"] = Content(notification),
        [Extensions.Encrypted] = notification.Protection == NotificationProtection.AeadResource ? "AEAD_AES_256_GCM" : "AES-256-ECB",
    };

    /// <summary>Variants share an event and cannot always be told apart, so any of them may match.</summary>
    private JsonObject Content(Notification notification)
    {
        var shapes = NotificationShapes.Of(notification)
            .Select(shape => types.Of(new ObjectType(shape.Shape), notification.Namespace)).ToArray();
        return shapes.Length == 1 ? shapes[0] : new() { ["anyOf"] = new JsonArray([.. shapes]) };
    }

    private static JsonObject OriginalType(Notification notification)
    {
        var known = NotificationShapes.Of(notification).Select(shape => shape.OriginalType).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var schema = Text();
        if (known.Length > 0) schema["enum"] = Json.Array(known);
        return schema;
    }

    private static JsonObject EventType(Notification notification) => new() { ["type"] = "string", ["const"] = Json.Text(notification.EventType) };

    private static JsonObject Members(params (string Name, JsonObject Schema)[] members)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in members) properties[name] = schema;
        return new() { ["type"] = "object", ["properties"] = properties };
    }

    private static JsonObject Text() => new() { ["type"] = "string" };
}
