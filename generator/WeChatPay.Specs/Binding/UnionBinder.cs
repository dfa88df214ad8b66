using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>Unions and literals: open enumerations, times, numbers, text that may be a number.</summary>
internal sealed class UnionBinder(BindingContext context, TypeBinder types)
{
    public TypeReference Bind(ResolvedType type, Slot slot)
    {
        var parts = new Parts();
        Collect(type, parts, 0);
        if (parts.Others.Count > 0)
        {
            if (parts is { Others.Count: 1, IsScalar: false }) return types.Bind(parts.Others[0], slot);
            return !parts.IsScalar && parts.Others.TrueForAll(context.Resolver.IsObject)
                ? types.BindObject(type, slot)
                : types.Unsupported(type.Syntax, "Unions are of texts, numbers, booleans, 'string | Date', of objects, or of one type with null.");
        }

        return parts switch
        {
            { HasBoolean: true } when parts.HasText || parts.HasNumber || parts.HasDate
                => types.Unsupported(type.Syntax, "A boolean has no common form with other types."),
            { HasBoolean: true } => types.Scalar(ScalarKind.Boolean, slot),
            { HasDate: true } => types.Scalar(ScalarKind.Time, slot),
            { HasText: true, HasNumber: true } => types.Scalar(ScalarKind.TextOrNumber, slot),
            { HasNumber: true } => Number(parts, slot),
            { Literals.Count: > 0 } => Enumeration(parts, slot),
            { HasText: true } => types.Scalar(ScalarKind.Text, slot),
            _ => new ScalarType(ScalarKind.Json),
        };
    }

    /// <summary>Tells whether a union lets the member be absent or null.</summary>
    public static bool IsNullable(TypeSyntax? type)
        => type is UnionTypeSyntax union && union.Types.Any(t => t is NamedTypeSyntax { FullName: "null" or "undefined" or "void" });

    private void Collect(ResolvedType type, Parts parts, int depth)
    {
        switch (type.Syntax)
        {
            case UnionTypeSyntax union:
                foreach (var part in union.Types)
                {
                    // Aliases of unions of aliases: bounded in depth and, by the shared budget, in total.
                    if (depth < Parser.DeepestType && context.Spend(part.Start, part.Length)) Collect(context.Resolver.Resolve(part, type.Scope), parts, depth + 1);
                }

                break;
            case LiteralTypeSyntax { Kind: LiteralKind.Text } literal:
                parts.HasText = true;
                parts.Literals.Add(literal);
                break;
            case LiteralTypeSyntax { Kind: LiteralKind.Number } number:
                parts.HasNumber = true;
                parts.Numbers.Add((number.Value + " " + Description(number)).TrimEnd());
                break;
            case LiteralTypeSyntax:
                parts.HasBoolean = true;
                break;
            case NamedTypeSyntax named when type is { Interface: null, SharedName: null, EnumerationName: null }:
                CollectNamed(named, type, parts);
                break;
            default:
                parts.Others.Add(type);
                break;
        }
    }

    private static void CollectNamed(NamedTypeSyntax named, ResolvedType type, Parts parts)
    {
        switch (named.FullName)
        {
            case "string":
                parts.HasText = parts.IsOpen = true;
                break;
            case "number" or "bigint":
                parts.HasNumber = true;
                break;
            case "boolean":
                parts.HasBoolean = true;
                break;
            case "Date":
                parts.HasDate = true;
                break;
            case "null" or "undefined" or "void" or "never":
                break;
            default:
                parts.Others.Add(type);
                break;
        }
    }

    /// <summary>A number has no open enumeration; its known values go to the documentation.</summary>
    private ScalarType Number(Parts parts, Slot slot)
    {
        slot.Numbers.AddRange(parts.Numbers);
        return types.Scalar(ScalarKind.Integer, slot);
    }

    private EnumerationType Enumeration(Parts parts, Slot slot)
    {
        var name = slot.Use.TypeNames.Claim(slot.TypeName, slot.WireName, slot.Start, slot.Length);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var literals = parts.Literals.Where(l => seen.Add(l.Value)).ToList();
        var names = new UniqueNames(context.Sink).ClaimAll(
            [.. literals.Select(l => new NameRequest(ReservedNames.Constant(NamingPolicy.Pascal(l.Value), name), l.Value, l.Start, l.Length))]);
        if (literals.Count == 1 && !parts.IsOpen) slot.SingleLiteral = literals[0].Value;
        return new EnumerationType(new Enumeration
        {
            TypeName = name,
            Documentation = slot.Documentation,
            Literals = new EquatableArray<EnumerationLiteral>([.. literals.Select((l, i) => new EnumerationLiteral
            {
                WireValue = l.Value,
                MemberName = names[i],
                Description = Description(l),
            })]),
        });
    }

    private string? Description(LiteralTypeSyntax literal)
        => context.Comment(literal.Doc) is { Summary.Length: > 0 } comment ? comment.Summary : null;

    private sealed class Parts
    {
        public List<LiteralTypeSyntax> Literals { get; } = [];

        public List<string> Numbers { get; } = [];

        public List<ResolvedType> Others { get; } = [];

        public bool HasText { get; set; }

        public bool HasNumber { get; set; }

        public bool HasBoolean { get; set; }

        public bool HasDate { get; set; }

        /// <summary>Plain <c>string</c> is among them.</summary>
        public bool IsOpen { get; set; }

        public bool IsScalar => HasText || HasNumber || HasBoolean || HasDate;
    }
}
