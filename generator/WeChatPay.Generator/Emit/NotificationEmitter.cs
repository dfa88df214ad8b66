using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>
/// The decrypted resource of an event, and further shapes that share the event. Each carries its event type and
/// its reader as static members; no table lists all events, which would keep every model in a trimmed program.
/// </summary>
internal static class NotificationEmitter
{
    public static void Emit(SourceWriter w, Notification notification, NamespaceContext names, EmitSettings settings)
    {
        Shape(w, notification, notification.Resource, notification.OriginalType, names, settings);
        foreach (var variant in notification.Variants) Shape(w, notification, variant.Shape, variant.OriginalType ?? notification.OriginalType, names, settings);
    }

    private static void Shape(SourceWriter w, Notification notification, ObjectShape shape, string? originalType, NamespaceContext names, EmitSettings settings)
    {
        var fullName = names.Local(shape.TypeName);
        var contract = RuntimeNames.NotificationResource + "<" + fullName + ">";
        var documentation = shape.Documentation == Documentation.None ? notification.Documentation : shape.Documentation;
        DocumentationWriter.Write(w, documentation, "The resource of " + XmlText.Code(notification.EventType) + ".", "Event " + XmlText.Code(notification.EventType) + ".");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line("[" + FrameworkNames.JsonConverter + "(typeof(" + RuntimeNames.NotificationConverter + "<", fullName, ">))]");
        w.Line(settings.Accessibility, " sealed partial class ", shape.TypeName, " : ", contract);
        w.Open();
        w.Line("static string ", contract, ".EventType => ", CSharpText.Literal(notification.EventType), ";");
        w.Line("static string? ", contract, ".OriginalType => ", originalType is null ? "null" : CSharpText.Literal(originalType), ";");
        ShapeEmitter.ReadingConstructors(w, shape.TypeName, shape.Members, names);
        ShapeEmitter.ReceivedProperties(w, shape.Members, names);
        w.Close();
        ShapeEmitter.NestedTypes(w, shape.Members, Direction.Received, names, settings);
    }
}
