using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The part of a request class that is sent as multipart: the file or files, the meta that is signed, and parts of text.</summary>
internal static class UploadEmitter
{
    public static void Properties(SourceWriter w, UploadForm form, NamespaceContext names)
    {
        if (form.Meta is { } meta)
        {
            var code = MemberCode.Of(meta, Place.JsonRequest, names);
            DocumentationWriter.Write(w, meta.Documentation, XmlText.Code(meta.WireName), Facts(form, meta));
            w.Line("public ", code.TypeName, "? ", meta.PropertyName, " { get; set; }");
        }

        foreach (var file in form.Files)
        {
            DocumentationWriter.WriteMember(w, file, isSent: true);
            w.Line(file.IsRequired ? "public required " : "public ", RuntimeNames.File, file.IsRequired ? " " : "? ", file.PropertyName, " { get; set; }");
        }

        ShapeEmitter.SentProperties(w, form.Texts, Place.Part, names);
    }

    public static void Write(SourceWriter w, UploadForm form, NamespaceContext names, bool isSigned)
    {
        w.Line("void " + RuntimeNames.UploadRequest + ".WriteUpload(" + RuntimeNames.UploadWriter + " w)");
        w.Open();
        if (form.Meta is { } meta)
        {
            var isText = meta.Type is ScalarType;
            w.Line(
                isText ? "w.Meta(" : "w.MetaObject(",
                CSharpText.Literal(meta.WireName),
                ", ",
                meta.PropertyName,
                isText ? "" : ", " + OrNull(form.NameMember) + ", " + OrNull(form.HashMember),
                ");");
        }

        ShapeEmitter.WriteStatements(w, form.Texts, Place.Part, names, isSigned);
        foreach (var file in form.Files) w.Line(file.IsRequired ? "w.File(" : "w.OptionalFile(", CSharpText.Literal(file.WireName), ", ", file.PropertyName, ");");
        w.Close();
    }

    public static void NestedTypes(SourceWriter w, UploadForm form, NamespaceContext names, EmitSettings settings)
    {
        if (form.Meta is { } meta) ShapeEmitter.NestedTypes(w, new([meta]), Direction.Sent, names, settings);
        ShapeEmitter.NestedTypes(w, form.Texts, Direction.Sent, names, settings);
    }

    private static string Facts(UploadForm form, Member meta)
    {
        if (meta.Type is ScalarType)
        {
            return "JSON, signed and sent as it is. Null: name and SHA-256 of the file, <c>{\"filename\":…,\"sha256\":…}</c>.";
        }

        var filled = form.NameMember is null ? form.HashMember : form.HashMember is null ? form.NameMember : form.NameMember + ", " + form.HashMember;
        return filled is null ? "" : "What is left out of " + XmlText.Code(filled) + " is taken from the file.";
    }

    private static string OrNull(string? name) => name is null ? "null" : CSharpText.Literal(name);
}
