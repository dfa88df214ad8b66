using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>Which code a class needs; each costs its compile time.</summary>
internal enum Direction
{
    Sent,
    Received,

    /// <summary>Shared shapes that do not say who uses them.</summary>
    Both,
}

/// <summary>Members of classes, and the nested classes and enumerations below them.</summary>
internal static class ShapeEmitter
{
    /// <summary>Properties of what is sent: settable, required as the model says.</summary>
    public static void SentProperties(SourceWriter w, EquatableArray<Member> members, Place place, NamespaceContext names)
    {
        foreach (var member in members)
        {
            var code = MemberCode.Of(member, place, names);
            DocumentationWriter.WriteMember(w, member, isSent: true);

            // The compiler demands that a required member is set; it cannot at the same time advise against it.
            if (!member.IsRequired) Obsolete(w, member);
            if (member.IsRequired && Preset(member, code) is { } preset)
            {
                w.Line("public ", code.TypeName, " ", member.PropertyName, " { get; set; } = ", preset, ";");
            }
            else if (member.IsRequired)
            {
                w.Line("public required ", code.TypeName, " ", member.PropertyName, " { get; set; }");
            }
            else
            {
                w.Line("public ", code.TypeName, "? ", member.PropertyName, " { get; set; }");
            }
        }
    }

    /// <summary>One statement for each member: a call of a uniquely named method, so that the compiler resolves no overloads.</summary>
    /// <param name="w">Takes the code.</param>
    /// <param name="members">The members of one place.</param>
    /// <param name="place">The place.</param>
    /// <param name="names">Where the types are.</param>
    /// <param name="isSigned">The signature of APIv2 is one of the values of this place.</param>
    public static void WriteStatements(SourceWriter w, EquatableArray<Member> members, Place place, NamespaceContext names, bool isSigned = false)
    {
        foreach (var member in members)
        {
            var code = MemberCode.Of(member, place, names);
            if (isSigned && XmlMembers.WrittenByClient(member, code, place) is { } statement)
            {
                if (statement.Length > 0) w.Line(statement);
                continue;
            }

            w.Line(
                "w.",
                member.IsRequired && code.HasRequiredForm ? "Required" : "",
                code.Method,
                "(",
                place == Place.JsonRequest ? CSharpText.Utf8Literal(member.WireName) : CSharpText.Literal(member.WireName),
                ", ",
                member.PropertyName,
                code.WriteArgument.Length == 0 ? "" : ", ",
                code.WriteArgument,
                ");");
        }
    }

    /// <summary>Properties of what is received: always nullable, filled by the reading constructor.</summary>
    public static void ReceivedProperties(SourceWriter w, EquatableArray<Member> members, NamespaceContext names, Place place = Place.Answer)
    {
        foreach (var member in members)
        {
            DocumentationWriter.WriteMember(w, member, isSent: false);
            Obsolete(w, member);
            w.Line("public ", MemberCode.Of(member, place, names).TypeName, "? ", member.PropertyName, " { get; init; }");
        }
    }

    /// <summary>
    /// The constructors of a class that is read. The reading one is private, so that it does not appear beside
    /// the other in the user's project, of which generated code is a part.
    /// </summary>
    public static void ReadingConstructors(SourceWriter w, string typeName, EquatableArray<Member> members, NamespaceContext names)
    {
        var fullName = names.Local(typeName);
        w.Line("/// <summary>An empty one, for tests.</summary>");
        w.Line("public ", typeName, "() { }");
        w.Line("private ", typeName, "(ref " + RuntimeNames.BodyReader + " r)");
        w.Open();
        w.Line("do");
        w.Open();
        foreach (var member in members)
        {
            var code = MemberCode.Of(member, Place.Answer, names);
            var method = code.Method == "TimeAsNumber" ? "Time" : code.Method;
            w.Line(
                "if (r.At(",
                CSharpText.Utf8Literal(member.WireName),
                ")) ",
                member.PropertyName,
                " = r.",
                method,
                code.ReadTypeArgument.Length == 0 ? "" : "<" + code.ReadTypeArgument + ">",
                "();");
        }

        w.Close();
        w.Line("while (r.More());");
        w.Close();
        w.Line("static ", fullName, " ", RuntimeNames.JsonReadable + "<" + fullName + ">", ".Read(ref " + RuntimeNames.BodyReader + " r) => new(ref r);");
    }

    /// <summary>The classes and enumerations that the members own, owners before what they own.</summary>
    public static void NestedTypes(SourceWriter w, EquatableArray<Member> members, Direction direction, NamespaceContext names, EmitSettings settings)
    {
        foreach (var member in members)
        {
            var type = member.Type;
            while (type is ListType list) type = list.Element;
            switch (type)
            {
                // A member that is carried as text needs no type of its own.
                case EnumerationType { IsShared: false } enumeration when member.Encryption != Encryption.Platform:
                    EnumerationEmitter.Emit(w, enumeration.Enumeration, names.Local(enumeration.Enumeration.TypeName), settings);
                    break;
                case ObjectType nested when member.Encryption != Encryption.Platform:
                    Class(w, nested.Shape, direction, names, settings);
                    NestedTypes(w, nested.Shape.Members, direction, names, settings);
                    break;
            }
        }
    }

    /// <summary>What roots of answers and notifications implement, each with its own members of these names.</summary>
    public static void Interface(SourceWriter w, SharedShape shared, NamespaceContext names, EmitSettings settings)
    {
        DocumentationWriter.Write(w, shared.Shape.Documentation, XmlText.Code(shared.Name));
        w.Line(GeneratedFile.TypeAttribute);
        w.Line(settings.Accessibility, " partial interface ", SharedShape.InterfaceOf(shared.Name), Extended(shared.Shape.Bases, names));
        w.Open();
        foreach (var member in shared.Shape.Members)
        {
            DocumentationWriter.WriteMember(w, member, isSent: false);
            Obsolete(w, member);
            w.Line(MemberCode.Of(member, Place.Answer, names).TypeName, "? ", member.PropertyName, " { get; }");
        }

        w.Close();
    }

    private static string Extended(EquatableArray<string> bases, NamespaceContext names) => bases.IsEmpty ? "" : " : " + Interfaces(bases, names).Substring(2);

    /// <summary>The interfaces of the bases, each after a comma.</summary>
    public static string Interfaces(EquatableArray<string> bases, NamespaceContext names)
    {
        var text = "";
        foreach (var name in bases) text += ", " + names.Shared(SharedShape.InterfaceOf(name));
        return text;
    }

    /// <summary>A class that is no root.</summary>
    public static void Class(SourceWriter w, ObjectShape shape, Direction direction, NamespaceContext names, EmitSettings settings)
    {
        var readable = RuntimeNames.JsonReadable + "<" + names.Local(shape.TypeName) + ">";
        DocumentationWriter.Write(w, shape.Documentation, XmlText.Code(shape.TypeName));
        w.Line(GeneratedFile.TypeAttribute);
        w.Line(
            settings.Accessibility,
            " sealed partial class ",
            shape.TypeName,
            " : ",
            direction switch { Direction.Sent => RuntimeNames.JsonWritable, Direction.Received => readable, _ => RuntimeNames.JsonWritable + ", " + readable },
            Interfaces(shape.Bases, names));
        w.Open();

        // What is also read cannot insist on a member.
        var members = direction == Direction.Both ? WithoutRequired(shape.Members) : shape.Members;
        if (direction != Direction.Sent) ReadingConstructors(w, shape.TypeName, members, names);
        if (direction == Direction.Received) ReceivedProperties(w, members, names);
        if (direction != Direction.Received)
        {
            SentProperties(w, members, Place.JsonRequest, names);
            w.Line("void " + RuntimeNames.JsonWritable + ".Write(" + RuntimeNames.BodyWriter + " w)");
            w.Open();
            WriteStatements(w, members, Place.JsonRequest, names);
            w.Close();
        }

        w.Close();
    }

    private static EquatableArray<Member> WithoutRequired(EquatableArray<Member> members)
    {
        var result = new Member[members.Count];
        for (var i = 0; i < result.Length; i++) result[i] = members[i] with { IsRequired = false, PresetLiteral = null };
        return new(result);
    }

    private static string? Preset(Member member, MemberCode code)
    {
        if (member.PresetLiteral is not { } literal) return null;
        return code.Method switch
        {
            "Enumeration" => "new(" + CSharpText.Literal(literal) + ")",
            "Text" => CSharpText.Literal(literal),
            _ => null,
        };
    }

    private static void Obsolete(SourceWriter w, Member member)
    {
        if (member.Documentation.Deprecation is { } reason) w.Line(GeneratedFile.Obsolete(reason));
    }
}
