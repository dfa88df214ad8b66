using System.Text.Json;
using System.Text.Json.Nodes;

namespace WeChatPay.Catalogue.Tests.Calls;

/// <summary>
/// Values made from a member alone (headers, which have a hyphen, hold no other than ASCII), so that request and answer hold the same text under the same name: that is what a true echo does.
/// </summary>
internal static class Sample
{
    public const string Time = "2025-10-09T16:53:20+08:00";

    /// <summary>The value of a member as JSON; encrypted members as plain text.</summary>
    public static JsonNode Json(Member member) => Json(member.WireName, member.Type);

    public static JsonObject Json(IEnumerable<Member> members)
    {
        var result = new JsonObject();
        foreach (var member in members) result.Add(member.WireName, Json(member));
        return result;
    }

    /// <summary>The text of a path or query value.</summary>
    public static string Text(string name, TypeReference type)
        => Json(name, type) is var node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    public static JsonNode Json(string name, TypeReference type) => type switch
    {
        ListType list => new JsonArray(Json(name, list.Element), Json(name, list.Element)),
        ObjectType o => Json(o.Shape.Members),
        EnumerationType e => JsonValue.Create(e.Enumeration.Literals[^1].WireValue),
        ScalarType { Kind: ScalarKind.Integer or ScalarKind.UnsignedInteger } => JsonValue.Create(3_000_000_000L + name.Length),
        ScalarType { Kind: ScalarKind.Boolean } => JsonValue.Create(true),
        ScalarType { Kind: ScalarKind.Time } time => time.IsNumberOnWire ? JsonNode.Parse(Moment(time.TimeFormat))! : JsonValue.Create(Moment(time.TimeFormat)),
        ScalarType { Kind: ScalarKind.Json } => new JsonObject { [name] = true },
        ScalarType { Kind: ScalarKind.Text } => JsonValue.Create(name switch { "sign_type" => "MD5", _ when name.Contains('-', StringComparison.Ordinal) => name, _ => $"{name} 值/&" }),
        _ => throw new NotSupportedException($"No sample for {name}: {type}"),
    };

    private static string Moment(TimeFormat format) => format switch
    {
        TimeFormat.DateTime => Time,
        TimeFormat.Date => "2025-10-09",
        TimeFormat.CompactDate => "20251009",
        TimeFormat.CompactDateTime => "20251009165320",
        TimeFormat.SpacedDateTime => "2025-10-09 16:53:20",
        _ => "1760000000",
    };
}
