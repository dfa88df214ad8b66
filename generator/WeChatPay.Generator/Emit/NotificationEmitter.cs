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
        Shape(w, notification, notification.Resource, notification.OriginalType, notification.TellingMembers, names, settings);
        foreach (var variant in notification.Variants) Shape(w, notification, variant.Shape, variant.OriginalType ?? notification.OriginalType, variant.TellingMembers, names, settings);
    }

    private static void Shape(
        SourceWriter w, Notification notification, ObjectShape shape, string? originalType, EquatableArray<string> tellingMembers, NamespaceContext names, EmitSettings settings)
    {
        var isXml = notification.WireFormat == NotificationWireFormat.Xml;
        var fullName = names.Local(shape.TypeName);
        var contract = (isXml ? RuntimeNames.XmlNotification : RuntimeNames.NotificationResource) + "<" + fullName + ">";
        var documentation = shape.Documentation == Documentation.None ? notification.Documentation : shape.Documentation;
        DocumentationWriter.Write(w, documentation, "The resource of " + XmlText.Code(notification.EventType) + ".", "Event " + XmlText.Code(notification.EventType) + Remark(notification));
        w.Line(GeneratedFile.TypeAttribute);
        w.Line("[" + FrameworkNames.JsonConverter + "(typeof(" + (isXml ? RuntimeNames.XmlNotificationConverter : RuntimeNames.NotificationConverter) + "<", fullName, ">))]");
        w.Line(settings.Accessibility, " sealed partial class ", shape.TypeName, " : ", contract, ShapeEmitter.Interfaces(shape.Bases, names));
        w.Open();
        w.Line("static string ", contract, ".EventType => ", CSharpText.Literal(notification.EventType), ";");
        if (isXml)
        {
            w.Line("static " + RuntimeNames.XmlNotificationForm + " ", contract, ".Form => " + RuntimeNames.XmlNotificationForm + ".", FormOf(notification.Protection), ";");
            w.Line("static " + FrameworkNames.ReadOnlyList + "<string> ", contract, ".TellingMembers { get; } = new string[] { ", Literals(tellingMembers), " };");
            XmlMembers.ReadingConstructors(w, shape.TypeName, shape.Members, names);
            ShapeEmitter.ReceivedProperties(w, shape.Members, names, Place.XmlAnswer);
        }
        else
        {
            w.Line("static string? ", contract, ".OriginalType => ", originalType is null ? "null" : CSharpText.Literal(originalType), ";");
            ShapeEmitter.ReadingConstructors(w, shape.TypeName, shape.Members, names);
            ShapeEmitter.ReceivedProperties(w, shape.Members, names);
        }

        w.Close();
        ShapeEmitter.NestedTypes(w, shape.Members, Direction.Received, names, settings);
    }

    private static string Literals(EquatableArray<string> texts)
    {
        var literals = new string[texts.Count];
        for (var i = 0; i < literals.Length; i++) literals[i] = CSharpText.Literal(texts[i]);
        return string.Join(", ", literals);
    }

    private static string Remark(Notification notification)
    {
        if (notification.WireFormat != NotificationWireFormat.Xml) return ".";
        return notification.Protection == NotificationProtection.RequestInfo ? " of APIv2, which is not signed: ask the API for the refund before you act on it." : " of APIv2.";
    }

    private static string FormOf(NotificationProtection protection) => protection switch
    {
        NotificationProtection.RequestInfo => "RequestInfo",
        NotificationProtection.SignedCiphertext => "SignedCiphertext",
        _ => "Signed",
    };
}
