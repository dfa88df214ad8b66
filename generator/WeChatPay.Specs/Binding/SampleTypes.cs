using WeChatPay.Specs.Samples;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>The types that a sample shows, as syntax that points at the sample.</summary>
internal static class SampleTypes
{
    /// <summary>A number that TypeScript has no word for: a sample shows digits behind the point.</summary>
    public const string Fraction = "#decimal";

    public static TypeSyntax Of(SampleNode node)
    {
        switch (node.Kind)
        {
            case SampleKind.Object:
                return new ObjectTypeSyntax([.. node.Members.Select(Member)], node.Start, node.End);
            case SampleKind.List when Merge(node.Elements) is { } element:
                return new ArrayTypeSyntax(Of(element), node.Start, node.End);
            case SampleKind.List:
                return new TupleTypeSyntax([], node.Start, node.End);
            default:
                return new NamedTypeSyntax(NameOf(node), [], node.Start, node.End);
        }
    }

    public static MemberSyntax Member(SampleMember member) => new()
    {
        Kind = MemberKind.Property,
        Name = new Name(member.Name, member.Start, member.Length),
        IsOptional = true,
        Type = Of(member.Value),
    };

    /// <summary>In words for a message.</summary>
    public static string Describe(SampleNode node) => node.Kind switch
    {
        SampleKind.Object => "an object",
        SampleKind.List => "a list",
        SampleKind.Number => "a number",
        SampleKind.Boolean => "a boolean",
        SampleKind.Null => "null",
        _ => "text",
    };

    public static bool IsFraction(SampleNode node) => node.Kind == SampleKind.Number && node.Text.IndexOfAny(['.', 'e', 'E']) >= 0;

    /// <summary>One element that has the members of all; null for an empty list.</summary>
    public static SampleNode? Merge(IReadOnlyList<SampleNode> nodes)
    {
        var known = nodes.Where(n => n.Kind != SampleKind.Null).ToList();
        if (known.Count == 0) return null;
        var first = known[0];
        if (known.Count == 1 || first.Kind is not (SampleKind.Object or SampleKind.List)) return first;
        known = known.FindAll(n => n.Kind == first.Kind);
        if (first.Kind == SampleKind.List) return new SampleNode(SampleKind.List, first.Start, first.End) { Elements = [.. known.SelectMany(n => n.Elements)] };
        var members = known.SelectMany(n => n.Members).GroupBy(m => m.Name, StringComparer.Ordinal)
            .Select(g => g.First() with { Value = Merge([.. g.Select(m => m.Value)]) ?? g.First().Value });
        return new SampleNode(SampleKind.Object, first.Start, first.End) { Members = [.. members] };
    }

    private static string NameOf(SampleNode node) => node.Kind switch
    {
        SampleKind.Number => IsFraction(node) ? Fraction : "number",
        SampleKind.Boolean => "boolean",
        SampleKind.Null => "any",
        _ => "string",
    };
}
