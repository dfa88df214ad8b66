using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

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
    public List<(Member Member, MemberView View)> BindRoot(IReadOnlyList<MemberView> views, string typeName, ShapeUse use)
        => BindAll(views, typeName, use, isRoot: true);

    private List<(Member Member, MemberView View)> BindAll(IReadOnlyList<MemberView> views, string typeName, ShapeUse use, bool isRoot)
    {
        var data = Distinct(views);
        var names = new UniqueNames(_context.Sink).ClaimAll([.. data.Select(v =>
        {
            var name = v.Syntax.Name;
            return (ReservedNames.Property(NamingPolicy.Pascal(name.Text), typeName), name.Text, name.Start, name.Length);
        })]);
        var members = new List<(Member, MemberView)>(data.Count);
        for (var i = 0; i < data.Count; i++)
        {
            var name = data[i].Syntax.Name;
            if (!_context.Spend(name.Start, name.Length)) break;
            members.Add((Bind(data[i], names[i], typeName, use, isRoot), data[i]));
        }

        return members;
    }

    /// <summary>Data members only, each wire name once for each way it can travel.</summary>
    private List<MemberView> Distinct(IReadOnlyList<MemberView> views)
    {
        var result = new List<MemberView>(views.Count);
        var first = new Dictionary<(MemberPlace, string), int>();
        foreach (var view in views)
        {
            var name = view.Syntax.Name;
            if (view.Syntax.Kind != MemberKind.Property || view.Syntax.Type is null)
            {
                var shown = name.Text is { Length: > 0 } text ? text : "[…]";
                if (view.Syntax.Type is { } type) _context.Sink.Report(SpecDiagnostics.NotData, type.Start, type.Length, shown);
                else _context.Sink.Report(SpecDiagnostics.NotData, name.Start, name.Length, shown);
            }
            else if (first.TryGetValue((view.Place, name.Text), out var start))
            {
                _context.Sink.Report(SpecDiagnostics.DuplicateMember, name.Start, name.Length, name.Text, _context.Sink.Place(start));
            }
            else
            {
                first.Add((view.Place, name.Text), name.Start);
                result.Add(view);
            }
        }

        return result;
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
        var type = _types.Bind(view.Syntax.Type!, view.Scope, slot);
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
