using System.Text.Json.Nodes;
using WeChatPay.Specs.Model;
using WeChatPay.Tool.Text;

namespace WeChatPay.Tool.OpenApi;

/// <summary>Types of the model as JSON schemas.</summary>
internal sealed class TypeSchemas(ComponentSchemas components)
{
    /// <param name="type">The type.</param>
    /// <param name="space">The C# namespace of its owner, below the root.</param>
    public JsonObject Of(TypeReference type, string space) => type switch
    {
        ListType list => new() { ["type"] = "array", ["items"] = Of(list.Element, space) },
        ObjectType { Shape: var shape } => components.Reference(space + "." + shape.TypeName, () => Object(shape, space)),
        SharedType shared => ComponentSchemas.ReferenceTo("Models." + shared.Name),
        SharedEnumerationType shared => ComponentSchemas.ReferenceTo("Models." + shared.Name),
        EnumerationType { Enumeration: var enumeration, IsShared: var isShared } => Enumeration(enumeration, isShared ? "Models" : space),
        ScalarType scalar => Scalar(scalar),
        _ => [],
    };

    /// <summary>A reference to the members as a component of this name.</summary>
    public JsonObject Component(string space, string typeName, IReadOnlyList<Member> members, string? description = null)
        => components.Reference(space + "." + typeName, () => Object(space, typeName, members, description ?? ""));

    public JsonObject Object(ObjectShape shape, string space)
        => Object(space, shape.TypeName, shape.Members, MemberSchemas.DescriptionOf(shape.Documentation));

    private JsonObject Object(string space, string typeName, IReadOnlyList<Member> members, string description)
    {
        var schema = new JsonObject { ["type"] = "object" };
        schema.SetText("description", description);
        schema[Extensions.CSharpType] = CSharpNames.Type(space, typeName);
        MemberSchemas.AddTo(schema, members, space, this);
        return schema;
    }

    /// <summary>Everything that travels both ways or one way under one name.</summary>
    public JsonObject Shared(SharedShape shared) => shared.Enumeration is { } enumeration ? Enumeration(enumeration, "Models") : Object(shared.Shape, "Models");

    private static JsonObject Enumeration(Enumeration enumeration, string space)
    {
        var schema = new JsonObject { ["type"] = "string" };
        schema.SetText("description", MemberSchemas.DescriptionOf(enumeration.Documentation));

        // JSON Schema wants each value once.
        var literals = enumeration.Literals.DistinctBy(literal => Json.Whole(literal.WireValue)).ToArray();
        if (literals.Length > 0)
        {
            schema["enum"] = Json.Array(literals.Select(literal => literal.WireValue));
            schema["x-enum-varnames"] = Json.Array(literals.Select(literal => literal.MemberName));
            if (literals.Any(literal => literal.Description is { Length: > 0 })) schema["x-enum-descriptions"] = Json.Array(literals.Select(literal => literal.Description ?? ""));
        }

        schema[Extensions.OpenEnum] = true;
        schema[Extensions.CSharpType] = CSharpNames.Type(space, enumeration.TypeName);
        return schema;
    }

    private static JsonObject Scalar(ScalarType scalar) => scalar.Kind switch
    {
        ScalarKind.Text => new() { ["type"] = "string" },
        ScalarKind.TextOrNumber => new() { ["type"] = new JsonArray("string", "number") },
        ScalarKind.Integer => new() { ["type"] = "integer", ["format"] = "int64" },
        ScalarKind.UnsignedInteger => new() { ["type"] = "integer", ["format"] = "uint64", ["minimum"] = 0 },
        ScalarKind.Decimal => new() { ["type"] = "number", ["format"] = "decimal" },
        ScalarKind.Boolean => new() { ["type"] = "boolean" },
        ScalarKind.Time => new() { ["type"] = scalar.IsNumberOnWire ? "integer" : "string", ["format"] = FormatOf(scalar.TimeFormat) },
        ScalarKind.Stream => new() { ["type"] = "string", ["contentMediaType"] = "application/octet-stream" },
        _ => [],
    };

    /// <summary>The dialect's name of a time format.</summary>
    public static string FormatOf(TimeFormat format) => format switch
    {
        TimeFormat.Date => "date",
        TimeFormat.CompactDate => "yyyyMMdd",
        TimeFormat.CompactDateTime => "yyyyMMddHHmmss",
        TimeFormat.SpacedDateTime => "yyyy-MM-dd HH:mm:ss",
        TimeFormat.UnixSeconds => "unix-seconds",
        _ => "date-time",
    };
}
