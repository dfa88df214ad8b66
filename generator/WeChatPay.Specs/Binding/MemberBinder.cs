using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

internal sealed record BoundMember(Member Member, MemberView View);

/// <summary>Binds the members of one class.</summary>
internal sealed class MemberBinder
{
    private readonly BindingContext _context;
    private readonly TypeBinder _types;

    public MemberBinder(BindingContext context)
    {
        _context = context;
        _types = new TypeBinder(context, this);
    }

    public TypeBinder Types => _types;

    /// <summary>The members of a nested object.</summary>
    public EquatableArray<Member> Bind(IReadOnlyList<MemberView> views, string typeName, ShapeUse use)
        => new([.. BindAll(views, typeName, use, isRoot: false).Select(m => m.Member)]);

    /// <summary>The members of a root: for requests all that travel, wherever, since they share one class.</summary>
    public List<BoundMember> BindRoot(IReadOnlyList<MemberView> views, string typeName, ShapeUse use)
        => BindAll(views, typeName, use, isRoot: true);

    private List<BoundMember> BindAll(IReadOnlyList<MemberView> views, string typeName, ShapeUse use, bool isRoot)
    {
        var data = Distinct(views);
        var requests = new List<NameRequest>(data.Count);
        foreach (var view in data)
        {
            var name = view.Syntax.Name;
            requests.Add(new NameRequest(ReservedNames.Property(NamingPolicy.Pascal(Families.Stem(name.Text)) + Families.Suffix(name.Text), typeName), name.Text, name.Start, name.Length));
        }

        var names = new UniqueNames(_context.Sink).ClaimAll(requests);
        var members = new List<BoundMember>(data.Count);
        for (var i = 0; i < data.Count; i++)
        {
            var name = data[i].Syntax.Name;
            if (!_context.Spend(name.Start, name.Length)) break;
            members.Add(new BoundMember(Bind(data[i], names[i], typeName, use, isRoot), data[i]));
        }

        return members;
    }

    /// <summary>Data members only, each wire name once for each way it can travel.</summary>
    private List<MemberView> Distinct(IReadOnlyList<MemberView> views)
    {
        var result = new List<MemberView>(views.Count);
        var first = new Dictionary<string, MemberView>(StringComparer.Ordinal);
        foreach (var view in views)
        {
            var name = view.Syntax.Name;
            if (view.Syntax.Kind != MemberKind.Property || view.Syntax.Type is null)
            {
                var shown = name.Text is { Length: > 0 } text ? text : "[…]";
                if (view.Syntax.Type is { } type) _context.Sink.Report(SpecDiagnostics.NotData, type.Start, type.Length, shown);
                else _context.Sink.Report(SpecDiagnostics.NotData, name.Start, name.Length, shown);
            }
            else if (first.TryGetValue(Key(view), out var other))
            {
                _context.Sink.Report(SpecDiagnostics.DuplicateMember, name.Start, name.Length, name.Text, _context.Sink.Place(other.Syntax.Name.Start));
            }
            else
            {
                first.Add(Key(view), view);
                result.Add(view);
            }
        }

        return result;

        static string Key(MemberView view) => view.Place switch
        {
            MemberPlace.Query => "?" + view.Syntax.Name.Text,
            MemberPlace.Header => ":" + view.Syntax.Name.Text,
            _ => "=" + view.Syntax.Name.Text,
        };
    }

    private Member Bind(MemberView view, string propertyName, string typeName, ShapeUse use, bool isRoot)
    {
        var name = view.Syntax.Name;
        var comment = _context.Comment(view.Syntax.Doc);
        var documentation = Comments.Document(comment, _context.Sink);
        var slot = new Slot
        {
            WireName = name.Text,
            TypeName = typeName + propertyName,
            Comment = comment,
            Documentation = documentation,
            Start = name.Start,
            Length = name.Length,
            Use = use,
        };
        var type = Fit(_types.Bind(view.Syntax.Type!, view.Scope, slot), view);
        for (var indexes = Math.Min(Families.Dimensions(name.Text), use.IsXml ? 2 : type is ListType ? 0 : 1); indexes > 0; indexes--)
        {
            type = new ListType(type);
            slot.SingleLiteral = null;
        }

        if (slot.Numbers.Count > 0) documentation = Comments.WithNumbers(documentation, slot.Numbers);
        var required = use.IsRequest && _context.MarksAreTrusted && !view.IsOptional && !UnionBinder.IsNullable(view.Syntax.Type);
        return new Member
        {
            WireName = name.Text,
            PropertyName = propertyName,
            Type = type,
            IsRequired = required,
            PresetLiteral = required && _context.MarksAreDeclared ? slot.SingleLiteral : null,
            Encryption = BindEncryption(comment, type, view, use),
            IsEcho = BindEcho(comment, name, use, isRoot),
            Documentation = documentation,
            Constraints = Comments.Constraints(comment, _context.Sink),
        };
    }

    /// <summary>Headers hold single values, queries also lists of them.</summary>
    private TypeReference Fit(TypeReference type, MemberView view)
    {
        var isSimple = (type is ListType list && view.Place == MemberPlace.Query ? list.Element : type)
            is ScalarType { Kind: ScalarKind.Text or ScalarKind.TextOrNumber or ScalarKind.Integer } or EnumerationType or SharedEnumerationType;
        var fits = view.Place switch
        {
            MemberPlace.Header => isSimple || type is ScalarType { Kind: ScalarKind.Boolean },
            MemberPlace.Query => isSimple || type is not ListType,
            _ => true,
        };
        if (fits) return type;

        var syntax = view.Syntax.Type!;
        _context.Sink.Report(
            SpecDiagnostics.UnfitType,
            syntax.Start,
            syntax.Length,
            _context.Source(syntax.Start, syntax.Length),
            view.Place == MemberPlace.Header ? "a header" : "the query");
        var text = new ScalarType(ScalarKind.Text);
        return view.Place == MemberPlace.Query ? new ListType(text) : text;
    }

    private Encryption BindEncryption(JsDocComment comment, TypeReference type, MemberView view, ShapeUse use)
    {
        if (comment.Find("encrypted") is not { } tag) return Encryption.None;
        var isText = type is ScalarType { Kind: ScalarKind.Text or ScalarKind.TextOrNumber } or ListType { Element: ScalarType { Kind: ScalarKind.Text } };
        if (!isText || view.Place == MemberPlace.Header)
        {
            _context.Sink.Report(SpecDiagnostics.EncryptedNotText, tag.Start, tag.Length, view.Syntax.Name.Text);
            return Encryption.None;
        }

        // A key of another kind, or another padding, is nothing that the platform's key can do.
        if (tag.Text.Length > 0) return Encryption.Other;
        use.HasEncrypted = true;
        return Encryption.Platform;
    }

    private bool BindEcho(JsDocComment comment, Name name, ShapeUse use, bool isRoot)
    {
        if (comment.Find("echo") is not { } tag) return false;
        if (use.IsAnswer && isRoot) return true;
        var reason = use.IsAnswer ? "only top-level members of an answer can be compared" : "it belongs to the member of the answer";
        _context.Sink.Report(SpecDiagnostics.Echo, tag.Start, tag.Length, name.Text, reason);
        return false;
    }
}
