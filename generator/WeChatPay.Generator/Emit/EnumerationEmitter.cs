using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>
/// Open enumerations: a small struct over the wire text that never fails on a value it does not know. Measured
/// against record structs and static properties, this shape costs the least.
/// </summary>
internal static class EnumerationEmitter
{
    public static void Emit(SourceWriter w, Enumeration enumeration, string fullName, EmitSettings settings)
    {
        var name = enumeration.TypeName;
        var contract = RuntimeNames.OpenEnumeration + "<" + fullName + ">";

        DocumentationWriter.Write(w, enumeration.Documentation, "An open enumeration: values outside the list are kept.");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line(settings.Accessibility, " readonly partial struct ", name, " : ", contract, ", " + FrameworkNames.Equatable + "<" + fullName + ">");
        w.Open();
        foreach (var literal in enumeration.Literals)
        {
            DocumentationWriter.Summary(w, string.IsNullOrEmpty(literal.Description) ? XmlText.Code(literal.WireValue) : XmlText.Escape(literal.Description!));
            w.Line("public const string ", literal.MemberName, " = ", CSharpText.Literal(literal.WireValue), ";");
        }

        w.Line("/// <summary>Wraps a wire text, known or not; null is absent.</summary>");
        w.Line("public ", name, "(string? value) => Value = value;");
        w.Line("/// <summary>The wire text; null is absent.</summary>");
        w.Line("public string? Value { get; }");
        w.Line("static ", fullName, " ", contract, ".FromWire(string? value) => new(value);");
        w.Line("/// <summary>Wraps a wire text, known or not.</summary>");
        w.Line("public static implicit operator ", name, "(string? value) => new(value);");
        w.Line("/// <summary>The same wire text.</summary>");
        w.Line("public static bool operator ==(", name, " left, ", name, " right) => left.Value == right.Value;");
        w.Line("/// <summary>Another wire text.</summary>");
        w.Line("public static bool operator !=(", name, " left, ", name, " right) => left.Value != right.Value;");
        w.Line("/// <inheritdoc/>");
        w.Line("public bool Equals(", name, " other) => Value == other.Value;");
        w.Line("/// <inheritdoc/>");
        w.Line("public override bool Equals(object? obj) => obj is ", name, " other && Value == other.Value;");
        w.Line("/// <inheritdoc/>");
        w.Line("public override int GetHashCode() => Value is null ? 0 : Value.GetHashCode();");
        w.Line("/// <summary>The wire text, or empty.</summary>");
        w.Line("public override string ToString() => Value ?? \"\";");
        w.Close();
    }
}
