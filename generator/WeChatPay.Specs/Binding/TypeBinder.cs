using System.Globalization;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>Makes the C# side of a type. What has none becomes raw JSON, with a warning: nothing is dropped silently.</summary>
internal sealed class TypeBinder
{
    /// <summary>References can nest objects deeper than the text does.</summary>
    private const int DeepestObject = 64;

    private static readonly ScalarType Json = new(ScalarKind.Json);

    private readonly BindingContext _context;
    private readonly MemberBinder _members;
    private readonly UnionBinder _unions;
    private readonly HashSet<object> _open = new(ReferenceComparer.Instance);
    private int _depth;

    public TypeBinder(BindingContext context, MemberBinder members)
    {
        (_context, _members) = (context, members);
        _unions = new UnionBinder(context, this);
    }

    public TypeReference Bind(TypeSyntax type, Scope scope, Slot slot) => Bind(_context.Resolver.Resolve(type, scope), slot);

    public TypeReference Bind(ResolvedType type, Slot slot)
    {
        if (type.SharedName is { } shared) return new SharedType(shared);
        if (type.EnumerationName is { } enumeration) return new SharedEnumerationType(enumeration);
        switch (type.Syntax)
        {
            case NamedTypeSyntax named when type.Interface is null && !TypeResolver.IsSelection(type):
                return BindNamed(named, type.Scope, slot);
            case LiteralTypeSyntax or UnionTypeSyntax:
                return _unions.Bind(type, slot);
            case ArrayTypeSyntax array:
                return List(Bind(array.Element, type.Scope, slot), slot);
            case TupleTypeSyntax tuple:
                return BindTuple(tuple, type.Scope, slot);
            case OpaqueTypeSyntax:
                return Unsupported(type.Syntax, "Functions, 'keyof' and conditional types describe no data.");
            default:
                return BindObject(type, slot);
        }
    }

    /// <summary>Raw JSON, with a warning that names the type.</summary>
    public TypeReference Unsupported(TypeSyntax type, string fix)
    {
        _context.Sink.Report(SpecDiagnostics.UnsupportedType, type.Start, type.Length, "'" + _context.Source(type.Start, type.Length) + "'", fix);
        return Json;
    }

    /// <summary>A scalar with the member's <c>@format</c>.</summary>
    public ScalarType Scalar(ScalarKind kind, Slot slot)
    {
        var plain = new ScalarType(kind);
        if (slot.Comment.Find("format") is not { } tag) return plain;
        if (Formats.Find(tag.Text) is { } format && Formats.Apply(kind, format) is { } type) return type;
        var what = kind switch { ScalarKind.Integer => "a number", ScalarKind.Boolean => "a boolean", ScalarKind.Time => "a time", _ => "text" };
        _context.Sink.Report(SpecDiagnostics.UnknownFormat, tag.Start, tag.Length, tag.Text, what, Formats.Known);
        return plain;
    }

    private TypeReference BindNamed(NamedTypeSyntax named, Scope scope, Slot slot)
    {
        switch (named.FullName)
        {
            case "string":
                return Scalar(ScalarKind.Text, slot);
            case "number" or "bigint":
                return Scalar(ScalarKind.Integer, slot);
            case SampleTypes.Fraction:
                return new ScalarType(ScalarKind.Decimal);
            case "boolean":
                return Scalar(ScalarKind.Boolean, slot);
            case "Date":
                return Scalar(ScalarKind.Time, slot);
            case "any" or "unknown" or "object" or "Object" or "null" or "undefined" or "Record":
                return Json;
            case "ReadStream" or "Buffer" or "Blob" or "NodeJS.ReadableStream" or "Readable":
                return slot.Use.HasFiles ? new ScalarType(ScalarKind.Stream) : Unsupported(named, "Files travel in 'BinaryDataRequest' only.");
            case "Array" or "ReadonlyArray" or "Set" when named.Arguments.Count == 1:
                return List(Bind(named.Arguments[0], scope, slot), slot);
            case "Array" or "ReadonlyArray":
                return new ListType(Json);
            case "void" or "never" or "symbol" or "bool" or "int" or "integer" or "float" or "double" or "long" or "String" or "Number" or "Boolean":
                return BindMisnamed(named, slot);
            default:
                _context.Sink.Report(SpecDiagnostics.UnknownType, named.Start, named.Length, named.FullName, "raw JSON");
                return Json;
        }
    }

    /// <summary>Names of other languages that are plain enough to be understood, with the warning all the same.</summary>
    private ScalarType BindMisnamed(NamedTypeSyntax named, Slot slot)
    {
        ScalarKind? kind = named.FullName switch
        {
            "bool" or "Boolean" => ScalarKind.Boolean,
            "int" or "integer" or "long" or "Number" => ScalarKind.Integer,
            "String" => ScalarKind.Text,
            "float" or "double" => ScalarKind.Decimal,
            _ => null,
        };
        var used = kind switch { ScalarKind.Boolean => "'boolean'", ScalarKind.Integer => "'number'", ScalarKind.Text => "'string'", ScalarKind.Decimal => "'number' with '@format decimal'", _ => "raw JSON" };
        _context.Sink.Report(SpecDiagnostics.UnknownType, named.Start, named.Length, named.FullName, used);
        return kind is { } known ? Scalar(known, slot) : Json;
    }

    private ListType BindTuple(TupleTypeSyntax tuple, Scope scope, Slot slot)
    {
        // An empty tuple is how the documents write "a list of whatever".
        if (tuple.Elements.Count == 0) return new ListType(Json);
        var first = _context.Resolver.Resolve(tuple.Elements[0], scope);
        var same = tuple.Elements.Count == 1
            || (first.Syntax is NamedTypeSyntax { FullName: "string" or "number" or "boolean" } name
                && tuple.Elements.All(e => _context.Resolver.Resolve(e, scope).Syntax is NamedTypeSyntax other && other.FullName == name.FullName));
        return same ? List(Bind(first, slot), slot) : new ListType(Json);
    }

    /// <summary>A list of lists has no helper in the runtime and no use in the API: its elements stay raw.</summary>
    private ListType List(TypeReference element, Slot slot)
    {
        slot.SingleLiteral = null;
        if (element is not ListType) return new ListType(element);
        _context.Sink.Report(SpecDiagnostics.ListOfLists, slot.Start, slot.Length, slot.WireName);
        return new ListType(Json);
    }

    /// <summary>A class of its own, or raw JSON where no member is known.</summary>
    public TypeReference BindObject(ResolvedType type, Slot slot)
    {
        var identity = (object?)type.Interface ?? type.Syntax;
        if (_open.Contains(identity))
        {
            _context.Sink.Report(SpecDiagnostics.Recursive, type.Syntax.Start, type.Syntax.Length, _context.Source(type.Syntax.Start, type.Syntax.Length));
            return Json;
        }

        if (_depth >= DeepestObject)
        {
            _context.Sink.Report(SpecDiagnostics.TooDeep, type.Syntax.Start, type.Syntax.Length, DeepestObject.ToString(CultureInfo.InvariantCulture));
            return Json;
        }

        if (_context.Resolver.MembersOf(type) is not { } members) return Unsupported(type.Syntax, "Only object types can be joined by '&'.");
        if (members.TrueForAll(m => m.Syntax.Kind != MemberKind.Property)) return Json;

        _open.Add(identity);
        _depth++;
        try
        {
            var name = slot.Use.TypeNames.Claim(slot.TypeName, slot.WireName, slot.Start, slot.Length);
            return new ObjectType(new ObjectShape
            {
                TypeName = name,
                Documentation = slot.Documentation,
                Members = _members.Bind(members, name, slot.Use),
            });
        }
        finally
        {
            _depth--;
            _open.Remove(identity);
        }
    }

    /// <summary>Syntax nodes are records: comparing them by value would walk whole trees.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<object>
    {
        public static ReferenceComparer Instance { get; } = new();

        bool IEqualityComparer<object>.Equals(object? x, object? y) => ReferenceEquals(x, y);

        int IEqualityComparer<object>.GetHashCode(object obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
