using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.OpenApi;

/// <summary>Members as properties of a schema, with their documentation and limits.</summary>
internal static class MemberSchemas
{
    /// <summary>Adds <c>properties</c>, <c>patternProperties</c> for families, and <c>required</c>.</summary>
    public static void AddTo(JsonObject schema, IReadOnlyList<Member> members, string space, TypeSchemas types)
    {
        var properties = new JsonObject();
        var families = new JsonObject();
        foreach (var member in members)
        {
            if (IsFamily(member)) families[FamilyPattern(member.WireName)] = Family(member, space, types);
            else properties[Json.Whole(member.WireName)] = Of(member, space, types);
        }

        if (properties.Count > 0) schema["properties"] = properties;
        if (families.Count > 0) schema["patternProperties"] = families;
        var required = members.Where(member => member.IsRequired && !IsFamily(member)).Select(member => member.WireName).ToArray();
        if (required.Length > 0) schema["required"] = Json.Array(required);
    }

    public static JsonObject Of(Member member, string space, TypeSchemas types)
    {
        // What is encrypted travels as text, whatever the spec says of its type.
        var type = member.Type;
        if (member.Encryption == Encryption.Platform) type = type is ListType ? new ListType(new ScalarType(ScalarKind.Text)) : new ScalarType(ScalarKind.Text);
        return Complete(types.Of(type, space), member, type);
    }

    public static string DescriptionOf(Documentation documentation)
        => documentation.Title.Length > 0 && documentation.Description.Length > 0
            ? documentation.Title + "\n\n" + documentation.Description
            : documentation.Title + documentation.Description;

    private static bool IsFamily(Member member) => member.Type is ListType && member.WireName.Contains("_$", StringComparison.Ordinal);

    /// <summary><c>coupon_id_$n</c> → <c>^coupon_id_[0-9]+$</c>.</summary>
    private static string FamilyPattern(string wireName)
        => "^" + string.Join('_', Json.Whole(wireName).Split('_').Select(part => part.StartsWith('$') ? "[0-9]+" : Regex.Escape(part))) + "$";

    private static JsonObject Family(Member member, string space, TypeSchemas types)
    {
        var type = member.Type;
        while (type is ListType list) type = list.Element;
        var schema = Complete(types.Of(type, space), member, type);
        schema.SetText(Extensions.Family, member.WireName);
        return schema;
    }

    private static JsonObject Complete(JsonObject schema, Member member, TypeReference type)
    {
        schema.SetText("description", DescriptionOf(member.Documentation));
        if (member.Documentation.Deprecation is { } reason)
        {
            schema["deprecated"] = true;
            schema.SetText(Extensions.Deprecation, reason);
        }

        if (member.Constraints is { } limits) AddLimits(schema, limits, type);
        schema.SetText(Extensions.Preset, member.PresetLiteral);
        if (member.Encryption != Encryption.None) schema[Extensions.Encrypted] = member.Encryption == Encryption.Platform ? "platform" : "other";
        if (member.IsEcho) schema[Extensions.Echo] = true;
        schema[Extensions.CSharpName] = member.PropertyName;
        return schema;
    }

    private static void AddLimits(JsonObject schema, MemberConstraints limits, TypeReference type)
    {
        // Times and large numbers have theirs from the type.
        if (limits.Format is { Length: > 0 } format && type is ScalarType { Kind: not ScalarKind.Time }) schema.SetText("format", format);
        if (limits.MinLength is { } shortest) schema["minLength"] = shortest;
        if (limits.MaxLength is { } longest) schema["maxLength"] = longest;
        AddNumber(schema, "minimum", Extensions.Minimum, limits.Minimum);
        AddNumber(schema, "maximum", Extensions.Maximum, limits.Maximum);
        if (limits.Pattern is { Length: > 0 } pattern) schema.SetText(IsExpression(pattern) ? "pattern" : Extensions.Pattern, pattern);
        if (limits.Default is { } value) schema["default"] = Value(value, type);
        if (limits.Example is { } example) schema["examples"] = new JsonArray(Value(example, type));
    }

    private static void AddNumber(JsonObject schema, string name, string extension, string? text)
    {
        if (text is null) return;
        if (decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)) schema[name] = number;
        else schema.SetText(extension, text);
    }

    /// <summary>As the type writes it, or else as text.</summary>
    private static JsonNode Value(string text, TypeReference type) => type switch
    {
        ScalarType { Kind: ScalarKind.Integer or ScalarKind.UnsignedInteger or ScalarKind.Decimal } or ScalarType { IsNumberOnWire: true }
            when decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        ScalarType { Kind: ScalarKind.Boolean } when text is "true" or "false" => JsonValue.Create(text == "true"),
        _ => Json.Text(text),
    };

    private static bool IsExpression(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.ECMAScript);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
