using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>
/// Open enumerations: a class over the wire text that never fails on a value it does not know. The catalogue has more of them than files, so whatever can be
/// in the base class of the runtime is there: as structs, each with its own equality, they took a fifth of the compiler's time.
/// </summary>
internal static class EnumerationEmitter
{
    public static void Emit(SourceWriter w, Enumeration enumeration, string fullName, EmitSettings settings)
    {
        var name = enumeration.TypeName;
        var arguments = "<" + fullName + ">";

        DocumentationWriter.Write(w, enumeration.Documentation, "An open enumeration: values outside the list are kept.");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line(settings.Accessibility, " sealed partial class ", name, " : " + RuntimeNames.Enumeration + arguments, ", " + RuntimeNames.OpenEnumeration + arguments);
        w.Open();
        foreach (var literal in enumeration.Literals)
        {
            DocumentationWriter.Summary(w, string.IsNullOrEmpty(literal.Description) ? XmlText.Code(literal.WireValue) : XmlText.Escape(literal.Description!));
            w.Line("public const string ", literal.MemberName, " = ", CSharpText.Literal(literal.WireValue), ";");
        }

        w.Line("/// <summary>Wraps a wire text, known or not.</summary>");
        w.Line("public ", name, "(string value) : base(value) { }");
        w.Line("/// <summary>Wraps a wire text, known or not; null is absent.</summary>");
        w.Line("[return: " + FrameworkNames.NotNullIfNotNull + "(\"value\")]");
        w.Line("public static implicit operator ", name, "?(string? value) => value is null ? null : new(value);");
        w.Close();
    }
}
