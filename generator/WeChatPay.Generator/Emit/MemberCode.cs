using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>Where a member travels; not every place carries every type.</summary>
internal enum Place
{
    JsonRequest,
    Query,
    Header,

    /// <summary>A part of a multipart body beside its file.</summary>
    Part,
    Answer,

    /// <summary>A body of APIv2: flat members, lists as numbered ones.</summary>
    Xml,

    /// <summary>The same in an answer.</summary>
    XmlAnswer,
}

/// <summary>The C# side of a member: its type, and the method of the runtime's writer or reader that carries it.</summary>
internal readonly record struct MemberCode
{
    /// <summary>Without <c>?</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>The writer's and the reader's method have the same name: <c>Text</c>, <c>Integers</c> …</summary>
    public required string Method { get; init; }

    public bool IsValueType { get; init; }

    /// <summary>The writer has a <c>Required…</c> method; numbers and booleans need none, they cannot be unset.</summary>
    public bool HasRequiredForm { get; init; }

    /// <summary>The type argument of the reader's method, or empty.</summary>
    public string ReadTypeArgument { get; init; }

    /// <summary>The writer's last argument, or empty.</summary>
    public string WriteArgument { get; init; }

    public static MemberCode Of(Member member, Place place, NamespaceContext names)
    {
        if (place is Place.Xml or Place.XmlAnswer) return XmlMembers.CodeOf(member, names, isRead: place == Place.XmlAnswer);
        if (member.Encryption == Encryption.Platform && place != Place.Header)
        {
            // What is encrypted travels as text, whatever the spec says of its type.
            return member.Type is ListType && place is not (Place.Query or Place.Part) ? TextList("Encrypteds", "Decrypteds", place) : Reference("string", Place.Answer == place ? "Decrypted" : "Encrypted");
        }

        return place switch
        {
            Place.Header => OfHeader(member.Type, names),
            Place.Query or Place.Part => OfQuery(member.Type, names),
            _ => member.Type is ListType list ? OfList(list.Element, names) : OfSingle(member.Type, names),
        };
    }

    public static MemberCode OfSingle(TypeReference type, NamespaceContext names) => type switch
    {
        ScalarType scalar => OfScalar(scalar),
        EnumerationType enumeration => OfEnumeration(enumeration.IsShared ? names.Shared(enumeration.Enumeration.TypeName) : names.Local(enumeration.Enumeration.TypeName)),
        ObjectType shape => OfObject(names.Local(shape.Shape.TypeName)),
        SharedType shared => OfObject(names.Shared(shared.Name)),
        SharedEnumerationType shared => OfEnumeration(names.Shared(shared.Name)),
        _ => Json,
    };

    private static MemberCode OfScalar(ScalarType type) => type.Kind switch
    {
        ScalarKind.Integer => Value("long", "Integer"),
        ScalarKind.UnsignedInteger => Value("ulong", "Unsigned"),
        ScalarKind.Decimal => Value("decimal", "Decimal"),
        ScalarKind.Boolean => Value("bool", "Boolean"),
        ScalarKind.Time => OfTime(type),
        ScalarKind.Json => Json,
        _ => Reference("string", "Text"),
    };

    private static MemberCode OfTime(ScalarType type)
    {
        var argument = RuntimeNames.TimeFormat + "." + type.TimeFormat;
        if (!IsDate(type.TimeFormat))
        {
            return new()
            {
                TypeName = RuntimeNames.Time,
                Method = type.IsNumberOnWire ? "TimeAsNumber" : "Time",
                IsValueType = true,
                HasRequiredForm = true,
                ReadTypeArgument = "",
                WriteArgument = argument,
            };
        }

        // 20240131 as a JSON number is a number.
        return type.IsNumberOnWire
            ? Value("long", "Integer")
            : new() { TypeName = RuntimeNames.Date, Method = "Date", IsValueType = true, HasRequiredForm = true, ReadTypeArgument = "", WriteArgument = argument };
    }

    private static MemberCode OfList(TypeReference element, NamespaceContext names)
    {
        var single = OfSingle(element, names);
        return single.Method switch
        {
            // The runtime keeps no list of unsigned numbers or numeric times: too rare to pay for.
            "Unsigned" => List(single with { TypeName = "decimal" }, "Decimals"),
            "TimeAsNumber" => List(single with { TypeName = "long", WriteArgument = "" }, "Integers"),
            "Json" => List(single, "JsonList"),
            _ => List(single, single.Method + "s"),
        };
    }

    private static MemberCode OfQuery(TypeReference type, NamespaceContext names)
    {
        if (type is ListType list)
        {
            return OfList(list.Element, names) is { Method: "Texts" or "Integers" or "Enumerations" } known ? known : List(Reference("string", "Text"), "Texts");
        }

        // A query has no JSON types: a time is written by its format, number or not.
        var code = OfSingle(type, names);
        return code.Method switch
        {
            "TimeAsNumber" => code with { Method = "Time" },
            "Json" => code with { HasRequiredForm = false },
            _ => code,
        };
    }

    private static MemberCode OfHeader(TypeReference type, NamespaceContext names)
        => OfSingle(type, names) is { Method: "Text" or "Integer" or "Boolean" or "Enumeration" } known ? known : Reference("string", "Text");

    private static MemberCode OfObject(string typeName) => Reference(typeName, "Object") with { ReadTypeArgument = typeName };

    private static MemberCode OfEnumeration(string typeName)
        => Reference(typeName, "Enumeration") with { ReadTypeArgument = typeName };

    private static MemberCode Json
        => new() { TypeName = FrameworkNames.JsonElement, Method = "Json", IsValueType = true, HasRequiredForm = true, ReadTypeArgument = "", WriteArgument = "" };

    public static MemberCode Reference(string typeName, string method)
        => new() { TypeName = typeName, Method = method, HasRequiredForm = true, ReadTypeArgument = "", WriteArgument = "" };

    private static MemberCode Value(string typeName, string method)
        => new() { TypeName = typeName, Method = method, IsValueType = true, ReadTypeArgument = "", WriteArgument = "" };

    public static MemberCode List(MemberCode element, string method) => element with
    {
        TypeName = FrameworkNames.ReadOnlyList + "<" + element.TypeName + ">",
        Method = method,
        IsValueType = false,
        HasRequiredForm = true,
    };

    private static MemberCode TextList(string written, string read, Place place)
        => List(Reference("string", "Text"), place == Place.Answer ? read : written);

    private static bool IsDate(TimeFormat format) => format is TimeFormat.Date or TimeFormat.CompactDate;
}

/// <summary>Turns type names of the model into full ones.</summary>
/// <param name="Root">The root namespace of the generated code.</param>
/// <param name="Namespace">The namespace of the operation or notification, with the root.</param>
internal readonly record struct NamespaceContext(string Root, string Namespace)
{
    public static NamespaceContext Of(string root, string below)
        => new(root, below.Length == 0 ? root : root + "." + below);

    /// <summary>A type of the same operation.</summary>
    public string Local(string typeName) => "global::" + Namespace + "." + typeName;

    public string Shared(string typeName) => "global::" + Root + ".Models." + typeName;
}
