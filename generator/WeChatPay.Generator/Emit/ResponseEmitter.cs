using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The root of an answer.</summary>
internal static class ResponseEmitter
{
    public static void Emit(SourceWriter w, Operation operation, NamespaceContext names, EmitSettings settings)
    {
        var isXml = operation.Response.Kind == ResponseKind.Xml;
        var typeName = operation.Names.ResponseTypeName;
        var fullName = names.Local(typeName);
        w.Line("/// <summary>The answer to ", XmlText.Code(operation.Key), ".</summary>");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line("[" + FrameworkNames.JsonConverter + "(typeof(" + (isXml ? RuntimeNames.XmlAnswerConverter : RuntimeNames.AnswerConverter) + "<", fullName, ">))]");
        w.Line(settings.Accessibility, " sealed partial class ", typeName, " : " + RuntimeNames.Response + ", " + (isXml ? RuntimeNames.XmlReadable : RuntimeNames.JsonReadable) + "<" + fullName + ">", ShapeEmitter.Interfaces(operation.Response.Bases, names));
        w.Open();
        if (isXml) XmlMembers.ReadingConstructors(w, typeName, operation.Response.Members, names);
        else ShapeEmitter.ReadingConstructors(w, typeName, operation.Response.Members, names);
        ShapeEmitter.ReceivedProperties(w, operation.Response.Members, names, isXml ? Place.XmlAnswer : Place.Answer);
        w.Close();
        ShapeEmitter.NestedTypes(w, operation.Response.Members, Direction.Received, names, settings);
    }
}
