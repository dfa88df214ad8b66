using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.Text;

/// <summary>Members with what is nested in them: wire name (<c>*</c>: required), C# property, C# type, documentation.</summary>
internal sealed class MemberTable(Func<string, Enumeration?> shared)
{
    /// <summary>The values of an enumeration: text, C# constant, meaning.</summary>
    public static string Of(Enumeration enumeration)
    {
        var table = new TextTable();
        foreach (var literal in enumeration.Literals) table.Add("    '" + literal.WireValue + "'", literal.MemberName, TextTable.OneLine(literal.Description ?? ""));
        return table.ToString();
    }

    public void Append(StringBuilder text, string title, IReadOnlyList<Member> members)
    {
        if (members.Count == 0) return;
        var table = new TextTable();
        Add(table, members, "    ");
        text.Append("\n  ").Append(title).Append('\n').Append(table);
    }

    private void Add(TextTable table, IReadOnlyList<Member> members, string indentation)
    {
        foreach (var member in members)
        {
            table.Add(indentation + member.WireName + (member.IsRequired ? "*" : ""), member.PropertyName, CSharpNames.Of(member), Notes(member));
            if (Nested(member.Type) is { } shape) Add(table, shape.Members, indentation + "  ");
        }
    }

    public static ObjectShape? Nested(TypeReference type) => type switch
    {
        ObjectType { Shape: var shape } => shape,
        ListType list => Nested(list.Element),
        _ => null,
    };

    private string Notes(Member member)
    {
        var notes = new List<string>();
        if (member.Documentation.Title.Length > 0) notes.Add(TextTable.OneLine(member.Documentation.Title));
        if (member.Documentation.Description.Length > 0) notes.Add(TextTable.OneLine(member.Documentation.Description));
        if (Values(member.Type) is { Length: > 0 } values) notes.Add("[" + values + "]");
        if (member.Encryption != Encryption.None) notes.Add(member.Encryption == Encryption.Platform ? "[encrypted]" : "[encrypted with another key]");
        if (member.IsEcho) notes.Add("[compared with the request]");
        if (member.PresetLiteral is { } preset) notes.Add("[set to '" + preset + "']");
        if (member.Documentation.Deprecation is { } reason) notes.Add("[deprecated" + (reason.Length > 0 ? ": " + TextTable.OneLine(reason) : "") + "]");
        if (member.Constraints is { } constraints) notes.AddRange(Limits(constraints).Select(limit => "[" + TextTable.OneLine(limit) + "]"));
        return string.Join(' ', notes);
    }

    private string Values(TypeReference type) => type switch
    {
        ListType list => Values(list.Element),
        EnumerationType { Enumeration: var enumeration } => Values(enumeration),
        SharedEnumerationType { Name: var name } when shared(name) is { } enumeration => Values(enumeration),
        ScalarType { Kind: ScalarKind.Time } time => OpenApi.TypeSchemas.FormatOf(time.TimeFormat),
        _ => "",
    };

    private static string Values(Enumeration enumeration) => string.Join(" | ", enumeration.Literals.Select(literal => "'" + literal.WireValue + "'"));

    private static IEnumerable<string> Limits(MemberConstraints limits)
    {
        if (limits.MinLength is { } shortest) yield return "minimum length " + shortest.ToString(CultureInfo.InvariantCulture);
        if (limits.MaxLength is { } longest) yield return "maximum length " + longest.ToString(CultureInfo.InvariantCulture);
        if (limits.Minimum is { } minimum) yield return "from " + minimum;
        if (limits.Maximum is { } maximum) yield return "up to " + maximum;
        if (limits.Pattern is { } pattern) yield return "pattern " + pattern;
        if (limits.Default is { } value) yield return "default " + value;
        if (limits.Example is { } example) yield return "e.g. " + example;
    }
}
