using System.Globalization;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Samples;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>
/// Completes the members of a typedef by a sample: the typedef leads, but where it is opaque, contradicted or
/// incomplete, the sample shows what really travels. Each change is reported.
/// </summary>
internal sealed class SampleCompletion(string text, Func<string, Typedefs.Shape?> typedefs, DiagnosticSink sink)
{
    public List<MemberSyntax> Complete(IReadOnlyList<MemberSyntax> declared, SampleNode sample)
    {
        var members = new List<MemberSyntax>(declared.Count);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in declared)
        {
            known.Add(member.Name.Text);
            var shown = sample.Find(member.Name.Text);
            members.Add(shown is null || member.Type is null ? member : With(member, Complete(member.Type, shown, member.Name.Text)));
        }

        foreach (var added in sample.Members)
        {
            var name = FamilyOf(added.Name, known);
            if (!known.Add(name)) continue;
            sink.Report(SpecDiagnostics.CompletedBySample, added.Start, added.Length, added.Name, "nothing", SampleTypes.Describe(added.Value));
            members.Add(SampleTypes.Member(added with { Name = name }));
        }

        return members;
    }

    /// <summary><c>coupon_id_0</c> of a sample belongs to the family <c>coupon_id_$n</c>.</summary>
    private static string FamilyOf(string name, HashSet<string> known)
    {
        var pattern = Families.PatternOf(name);
        if (pattern is null || known.Contains(name)) return name;
        return known.Contains(pattern) || name.EndsWith("_0", StringComparison.Ordinal) ? pattern : name;
    }

    private static MemberSyntax With(MemberSyntax member, TypeSyntax type)
        => ReferenceEquals(type, member.Type)
            ? member
            : new MemberSyntax { Kind = member.Kind, Name = member.Name, IsOptional = member.IsOptional, Doc = member.Doc, Type = type };

    private TypeSyntax Complete(TypeSyntax type, SampleNode sample, string name)
    {
        if (sample.Kind == SampleKind.Null) return type;
        if (type is UnionTypeSyntax union && WithoutNull(union) is { } single) return Complete(single, sample, name);
        if (MembersOf(type) is { } members) return CompleteObject(type, members, sample, name);
        if (ElementOf(type) is { } element) return CompleteList(type, element, sample, name);
        if (IsOpaque(type)) return Replace(type, sample, name, "an unknown type");
        return CompleteScalar(type, sample, name);
    }

    private TypeSyntax CompleteObject(TypeSyntax type, IReadOnlyList<MemberSyntax> members, SampleNode sample, string name)
    {
        switch (sample.Kind)
        {
            case SampleKind.Object when members.Count == 0:
                return sample.Members.Count == 0 ? type : Replace(type, sample, name, "an object without members");
            case SampleKind.Object:
                return new ObjectTypeSyntax(Complete(members, sample), type.Start, type.End);
            case SampleKind.List:
                Report(type, name, "an object", "a list");
                var inner = SampleTypes.Merge(sample.Elements);
                return new ArrayTypeSyntax(inner is { Kind: SampleKind.Object } ? CompleteObject(type, members, inner, name) : type, type.Start, type.End);
            default:
                return Replace(type, sample, name, "an object");
        }
    }

    private TypeSyntax CompleteList(TypeSyntax type, TypeSyntax element, SampleNode sample, string name)
    {
        if (sample.Kind == SampleKind.List)
        {
            if (SampleTypes.Merge(sample.Elements) is not { } shown) return type;
            var completed = Complete(element, shown, name);
            return ReferenceEquals(completed, element) ? type : new ArrayTypeSyntax(completed, type.Start, type.End);
        }

        if (sample.Kind != SampleKind.Object) return Replace(type, sample, name, "a list");
        Report(type, name, "a list", "an object");
        return Complete(element, sample, name);
    }

    private TypeSyntax CompleteScalar(TypeSyntax type, SampleNode sample, string name)
    {
        var said = type is NamedTypeSyntax { FullName: var full } ? full : type is LiteralTypeSyntax { Kind: LiteralKind.Text } ? "string" : "";
        var contradicts = sample.Kind switch
        {
            SampleKind.Object or SampleKind.List => sample.Members.Count + sample.Elements.Count > 0 || said.Length > 0,
            SampleKind.Boolean => said is "string" or "number",
            SampleKind.Number when said == "number" => SampleTypes.IsFraction(sample),
            SampleKind.Number => false,
            // Digits in quotes are read as a number all the same.
            SampleKind.Text when said == "number" => sample.Text.Length > 0 && !decimal.TryParse(sample.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            _ => false,
        };
        if (contradicts) return Replace(type, sample, name, "'" + text.Substring(type.Start, type.Length) + "'");
        if (sample.Kind != SampleKind.Number || type is not NamedTypeSyntax { FullName: "string" }) return type;
        Report(type, name, "'string'", "a number");
        return new UnionTypeSyntax([type, new NamedTypeSyntax("number", [], type.Start, type.End)], type.Start, type.End);
    }

    private TypeSyntax Replace(TypeSyntax type, SampleNode sample, string name, string said)
    {
        Report(type, name, said, SampleTypes.Describe(sample));
        return SampleTypes.Of(sample);
    }

    private void Report(TypeSyntax type, string name, string said, string shown)
        => sink.Report(SpecDiagnostics.CompletedBySample, type.Start, Math.Max(1, type.Length), name, said, shown);

    /// <summary>The members of an object type or of another typedef; null for anything else.</summary>
    private IReadOnlyList<MemberSyntax>? MembersOf(TypeSyntax type) => type switch
    {
        ObjectTypeSyntax literal => literal.Members,
        NamedTypeSyntax { Arguments.Count: 0, FullName: var name } => typedefs(name)?.Members,
        _ => null,
    };

    private static TypeSyntax? ElementOf(TypeSyntax type) => type switch
    {
        ArrayTypeSyntax array => array.Element,
        NamedTypeSyntax { FullName: "Array" or "ReadonlyArray", Arguments: { Count: 1 } arguments } => arguments[0],
        NamedTypeSyntax { FullName: "Array" or "ReadonlyArray" } or TupleTypeSyntax { Elements.Count: 0 } => new NamedTypeSyntax("any", [], type.Start, type.End),
        _ => null,
    };

    private static bool IsOpaque(TypeSyntax type)
        => type is NamedTypeSyntax { FullName: "any" or "unknown" or "object" or "Object" or "Record" or "JSON" or "json" };

    private static TypeSyntax? WithoutNull(UnionTypeSyntax union)
    {
        var parts = union.Types.Where(t => t is not NamedTypeSyntax { FullName: "null" or "undefined" }).ToList();
        return parts.Count == 1 ? parts[0] : null;
    }
}
