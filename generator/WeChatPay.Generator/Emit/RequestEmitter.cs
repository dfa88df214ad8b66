using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The one class that holds all inputs of an operation: each member knows where it travels.</summary>
internal static class RequestEmitter
{
    /// <summary>Without inputs there is no request class and no parameter for it. A JSON body without members still takes further properties.</summary>
    public static bool HasRequest(Operation operation)
        => operation.Body.Kind is RequestBodyKind.Json or RequestBodyKind.Xml or RequestBodyKind.Multipart || operation.Query.Count + operation.Headers.Count > 0;

    /// <summary>A file cannot be left out.</summary>
    public static bool IsOptional(Operation operation) => operation.IsRequestOptional && operation.Body.Kind != RequestBodyKind.Multipart;

    public static void Emit(SourceWriter w, Operation operation, NamespaceContext names, bool marksAreTrusted, EmitSettings settings)
    {
        var typeName = operation.Names.RequestTypeName;
        var isJson = operation.Body.Kind == RequestBodyKind.Json;
        var isXml = operation.Body.Kind == RequestBodyKind.Xml;
        var bodyPlace = isXml ? Place.Xml : Place.JsonRequest;

        // APIv2 signs what it sends as the body; where there is none, the query.
        var isSignedWithin = operation.IsSignedWithin;
        var isQuerySigned = isSignedWithin && operation.Body.Kind == RequestBodyKind.None;
        var query = isQuerySigned ? XmlMembers.WithoutRequiredOfClient(operation.Query) : operation.Query;
        var body = isSignedWithin ? XmlMembers.WithoutRequiredOfClient(operation.Body.Members) : operation.Body.Members;
        var upload = operation.Body.Kind == RequestBodyKind.Multipart ? UploadForm.Of(operation) : null;
        if (upload is not null && isSignedWithin) upload = upload with { Texts = XmlMembers.WithoutRequiredOfClient(upload.Texts, upload.HasOneFile) };
        w.Line("/// <summary>What ", XmlText.Code(operation.Key), " takes.</summary>");
        if (!marksAreTrusted) w.Line("/// <remarks>The document does not say for certain which members are required, so none is; the server reports what is missing.</remarks>");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line("[" + FrameworkNames.JsonConverter + "(typeof(" + (isXml ? RuntimeNames.XmlRequestConverter : RuntimeNames.RequestConverter) + "<", names.Local(typeName), ">))]");
        w.Line(settings.Accessibility, " sealed partial class ", typeName, " : " + (upload is null ? RuntimeNames.Request : RuntimeNames.UploadRequest));
        w.Open();
        ShapeEmitter.SentProperties(w, query, Place.Query, names);
        ShapeEmitter.SentProperties(w, operation.Headers, Place.Header, names);
        if (upload is not null) UploadEmitter.Properties(w, upload, names);
        else ShapeEmitter.SentProperties(w, body, bodyPlace, names);
        if (isJson || isXml)
        {
            w.Line("/// <summary>Members of the body that this class lacks; a name that it has is refused.</summary>");
            w.Line("public " + FrameworkNames.JsonObject + "? ExtraProperties { get; set; }");
        }

        Write(w, "WriteQuery", RuntimeNames.QueryWriter, query, Place.Query, names, isQuerySigned);
        Write(w, "WriteHeaders", RuntimeNames.HeaderWriter, operation.Headers, Place.Header, names, isSigned: false);
        var extra = isJson || isXml ? "w.Extra(ExtraProperties);" : null;
        if (upload is not null) UploadEmitter.Write(w, upload, names, isSignedWithin);
        else Write(w, isXml ? "WriteXml" : "WriteBody", isXml ? RuntimeNames.XmlWriter : RuntimeNames.BodyWriter, body, bodyPlace, names, isSignedWithin, extra);
        w.Close();

        ShapeEmitter.NestedTypes(w, operation.Query, Direction.Sent, names, settings);
        ShapeEmitter.NestedTypes(w, operation.Headers, Direction.Sent, names, settings);
        if (upload is not null) UploadEmitter.NestedTypes(w, upload, names, settings);
        else ShapeEmitter.NestedTypes(w, operation.Body.Members, Direction.Sent, names, settings);
    }

    private static void Write(
        SourceWriter w, string method, string writer, EquatableArray<Member> members, Place place, NamespaceContext names, bool isSigned, string? last = null)
    {
        if (members.IsEmpty && last is null) return;
        w.Line("void " + RuntimeNames.Request + ".", method, "(", writer, " w)");
        w.Open();
        ShapeEmitter.WriteStatements(w, members, place, names, isSigned);
        if (last is not null) w.Line(last);
        w.Close();
    }
}
