using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The root of a JSON answer.</summary>
internal static class ResponseEmitter
{
    public static void Emit(SourceWriter w, Operation operation, NamespaceContext names, EmitSettings settings)
    {
        var typeName = operation.Names.ResponseTypeName;
        var fullName = names.Local(typeName);
        w.Line("/// <summary>The answer to ", XmlText.Code(operation.Key), ".</summary>");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line("[" + FrameworkNames.JsonConverter + "(typeof(" + RuntimeNames.AnswerConverter + "<", fullName, ">))]");
        w.Line(settings.Accessibility, " sealed partial class ", typeName, " : " + RuntimeNames.Response + ", " + RuntimeNames.JsonReadable + "<" + fullName + ">");
        w.Open();
        ShapeEmitter.ReadingConstructors(w, typeName, operation.Response.Members, names);
        ShapeEmitter.ReceivedProperties(w, operation.Response.Members, names);
        w.Close();
        ShapeEmitter.NestedTypes(w, operation.Response.Members, Direction.Received, names, settings);
    }
}
