using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>Finds in the namespaces of a file what it declares, and binds each.</summary>
internal sealed class FileBinder(BindingContext context, PageDocumentation page, SpecPath path, Func<(int Start, int Length), TextRange> range)
{
    private static readonly string[] OperationInterfaces = ["JsonDataRequest", "XmlDataRequest", "BinaryDataRequest", "RequestConfig", "WellformedResponse"];

    private readonly List<Operation> _operations = [];
    private readonly List<Notification> _notifications = [];
    private readonly List<SharedShape> _shapes = [];
    private readonly List<DeclarationSite> _sites = [];
    private readonly Dictionary<string, Declaration> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Declaration> _typeNames = new(StringComparer.Ordinal);

    public (SpecFile File, EquatableArray<DeclarationSite> Sites) Bind()
    {
        var members = new MemberBinder(context);
        var operations = new OperationBinder(context, members, page);
        var notifications = new NotificationBinder(context, members, page, path);
        foreach (var block in context.Table.Blocks)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (block.Path.Count < 2 || block.Path[0].Text != "WeChatPay") continue;
            switch (block.Path[1].Text)
            {
                case "OpenAPI" when IsOperation(block):
                    if (operations.ReadHead(block, path.UrlPath) is { } head && IsNew(head.Key, head.Names.Namespace + "." + head.Names.TypePrefix, block.NameRange))
                    {
                        WarnOfPlace(head.Route, block);
                        _operations.Add(operations.Bind(head));
                    }

                    break;
                case "OpenAPI":
                    WarnOfStray(block);
                    break;
                case "Webhook":
                    if (block.Path.Count > 2 && block.Declarations.Count > 0 && notifications.Bind(block) is { } notification
                        && IsNew(notification.Key, notification.Namespace + "." + notification.Resource.TypeName, block.NameRange))
                    {
                        _notifications.Add(notification);
                    }

                    break;
                case "Models" when block.Path.Count == 2:
                    BindShapes(block, members);
                    break;
                case "Enumerations" when block.Path.Count == 2:
                    BindEnumerations(block, members);
                    break;
                default:
                    if (block.Declarations.Count > 0) ReportUnknown(block, "'WeChatPay.OpenAPI', 'WeChatPay.Webhook', 'WeChatPay.Models' or 'WeChatPay.Enumerations'");
                    break;
            }
        }

        return (
            new SpecFile
            {
                Path = path.Text,
                Title = page.Title,
                MarksAreTrusted = context.MarksAreTrusted,
                Operations = new EquatableArray<Operation>([.. _operations]),
                Notifications = new EquatableArray<Notification>([.. _notifications]),
                SharedShapes = new EquatableArray<SharedShape>([.. _shapes]),
            },
            new EquatableArray<DeclarationSite>([.. _sites]));
    }

    private static bool IsOperation(NamespaceBlock block)
        => block.Path[block.Path.Count - 1].Text.EndsWith(OperationBinder.Suffix, StringComparison.Ordinal);

    private void BindShapes(NamespaceBlock block, MemberBinder members)
    {
        foreach (var declaration in block.Declarations)
        {
            // What continues another interface of its name has become a part of it.
            if (declaration is not InterfaceSyntax shape || !TypeResolver.IsShape(shape) || context.Table.FindIn(block, declaration.Name.Text)?.Syntax != declaration) continue;
            var name = declaration.Name;
            var typeName = NamingPolicy.Shared(name.Text);
            if (!IsNew(SharedShape.KeyOf(typeName), "Models." + typeName, (name.Start, name.Length))) continue;
            var type = new NamedTypeSyntax(name.Text, [], name.Start, name.Start + name.Length);
            var (views, bases) = context.Resolver.RootOf(context.Resolver.Resolve(type, new Scope(block)));
            var typeNames = new UniqueNames(context.Sink);
            typeNames.Reserve(typeName);
            var comment = context.Comment(declaration.Doc);
            var isBase = comment.Find("base") is not null;
            var direction = isBase || comment.Find("received") is not null ? SharedDirection.Received : comment.Find("sent") is not null ? SharedDirection.Sent : SharedDirection.Both;
            var role = direction == SharedDirection.Sent ? ShapeRole.Request : ShapeRole.Shared;
            _shapes.Add(new SharedShape
            {
                Name = typeName,
                Direction = direction,
                IsBase = isBase,
                Shape = new ObjectShape
                {
                    TypeName = typeName,
                    Bases = bases,
                    Documentation = Describe(name, comment),
                    Members = new EquatableArray<Member>([.. members.BindRoot(views ?? [], typeName, new ShapeUse(role, typeNames)).Select(m => m.Member)]),
                },
            });
        }
    }

    private void BindEnumerations(NamespaceBlock block, MemberBinder members)
    {
        foreach (var declaration in block.Declarations)
        {
            // The values of an 'enum' are declarations too, behind its name and a dot.
            if (declaration.Name.Text.Contains('.') || context.Table.FindIn(block, declaration.Name.Text)?.Syntax != declaration) continue;
            var name = declaration.Name;
            var typeName = NamingPolicy.Shared(name.Text);
            if (!IsNew(SharedShape.KeyOf(typeName), "Models." + typeName, (name.Start, name.Length))) continue;
            var comment = context.Comment(declaration.Doc);
            var documentation = Describe(name, comment);
            if (declaration is not AliasSyntax { Parameters.Count: 0 } alias
                || members.Types.Bind(alias.Type, new Scope(block), Slot(name, typeName, comment, documentation)) is not EnumerationType { Enumeration: var enumeration })
            {
                context.Sink.Report(SpecDiagnostics.NotEnumeration, name.Start, name.Length, name.Text);
                continue;
            }

            _shapes.Add(new SharedShape { Name = typeName, Enumeration = enumeration, Shape = new ObjectShape { TypeName = typeName, Documentation = documentation } });
        }
    }

    /// <summary>Its own comment, or else what the page says.</summary>
    private Documentation Describe(Name name, JsDoc.JsDocComment comment)
    {
        var own = Comments.Document(comment, context.Sink);
        return own.Title.Length == 0 ? page.Page(name.Start, JsDoc.JsDocComment.None) : own;
    }

    private Slot Slot(Name name, string typeName, JsDoc.JsDocComment comment, Documentation documentation) => new()
    {
        WireName = name.Text,
        TypeName = typeName,
        Comment = comment,
        Documentation = documentation,
        Start = name.Start,
        Length = name.Length,
        Use = new ShapeUse(ShapeRole.Shared, new UniqueNames(context.Sink)),
    };

    /// <summary>The first of equal keys and of equal type names wins; the clash is reported at both places.</summary>
    private bool IsNew(string key, string typeName, (int Start, int Length) place)
    {
        if (_keys.TryGetValue(key, out var first))
        {
            ReportBoth(SpecDiagnostics.Duplicate, first.Place, place, key);
            return false;
        }

        if (_typeNames.TryGetValue(typeName, out var other))
        {
            ReportBoth(SpecDiagnostics.SameTypeName, other.Place, place, other.Key, key, typeName);
            return false;
        }

        var declaration = new Declaration(key, place);
        _keys.Add(key, declaration);
        _typeNames.Add(typeName, declaration);
        _sites.Add(new DeclarationSite(key, range(place)));
        return true;
    }

    private void ReportBoth(SpecDiagnosticDescriptor descriptor, (int Start, int Length) first, (int Start, int Length) second, params string[] arguments)
    {
        context.Sink.Report(descriptor, first.Start, first.Length, [.. arguments, context.Sink.Place(second.Start)]);
        context.Sink.Report(descriptor, second.Start, second.Length, [.. arguments, context.Sink.Place(first.Start)]);
    }

    private void WarnOfPlace(Route route, NamespaceBlock block)
    {
        if (path.UrlPath is { } expected && !string.Equals(expected, route.Template, StringComparison.OrdinalIgnoreCase))
        {
            context.Sink.Report(SpecDiagnostics.PlaceDiffers, block.NameRange.Start, block.NameRange.Length, route.Template, expected);
        }
    }

    /// <summary>A namespace with the interfaces of an operation, but without a verb.</summary>
    private void WarnOfStray(NamespaceBlock block)
    {
        if (block.Declarations.Exists(d => Array.IndexOf(OperationInterfaces, d.Name.Text) >= 0)) ReportUnknown(block, "a name that ends in '<Verb>HttpMethod', e.g. 'PostHttpMethod'");
    }

    private void ReportUnknown(NamespaceBlock block, string expected)
        => context.Sink.Report(SpecDiagnostics.UnknownNamespace, block.NameRange.Start, block.NameRange.Length, block.FullName, expected);

    private sealed record Declaration(string Key, (int Start, int Length) Place);
}
