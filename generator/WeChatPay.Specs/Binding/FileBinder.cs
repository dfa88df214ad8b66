using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>Finds in the namespaces of a file what it declares, and binds each.</summary>
internal sealed class FileBinder(BindingContext context, PageDocumentation page, SpecPath path)
{
    private static readonly string[] OperationInterfaces = ["JsonDataRequest", "XmlDataRequest", "BinaryDataRequest", "RequestConfig", "WellformedResponse"];

    private readonly List<Operation> _operations = [];
    private readonly List<Notification> _notifications = [];
    private readonly List<SharedShape> _shapes = [];
    private readonly List<DeclarationSite> _sites = [];
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Key, int Start)> _typeNames = new(StringComparer.Ordinal);

    public (SpecFile File, EquatableArray<DeclarationSite> Sites) Bind(Func<(int Start, int Length), TextRange> range)
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
                    if (operations.ReadHead(block) is { } head && IsNew(head.Key, block, head.Names.Namespace + "." + head.Names.TypePrefix, range))
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
                        && IsNew(notification.Key, block, notification.Namespace + "." + notification.Resource.TypeName, range))
                    {
                        _notifications.Add(notification);
                    }

                    break;
                case "Models" when block.Path.Count == 2:
                    BindShapes(block, members, range);
                    break;
                default:
                    if (block.Declarations.Count > 0) ReportUnknown(block, "'WeChatPay.OpenAPI', 'WeChatPay.Webhook' or 'WeChatPay.Models'");
                    break;
            }
        }

        return (
            new SpecFile
            {
                Path = path.Text,
                Title = page.Title,
                Operations = new EquatableArray<Operation>([.. _operations]),
                Notifications = new EquatableArray<Notification>([.. _notifications]),
                SharedShapes = new EquatableArray<SharedShape>([.. _shapes]),
            },
            new EquatableArray<DeclarationSite>([.. _sites]));
    }

    private static bool IsOperation(NamespaceBlock block)
        => block.Path[block.Path.Count - 1].Text.EndsWith(OperationBinder.Suffix, StringComparison.Ordinal);

    private void BindShapes(NamespaceBlock block, MemberBinder members, Func<(int Start, int Length), TextRange> range)
    {
        foreach (var declaration in block.Declarations)
        {
            if (declaration is not InterfaceSyntax) continue;
            var name = declaration.Name;
            if (!IsNew("model " + name.Text, block, "Models." + name.Text, range, (name.Start, name.Length))) continue;
            var type = new NamedTypeSyntax(name.Text, [], name.Start, name.Start + name.Length);
            var views = context.Resolver.MembersOf(context.Resolver.Resolve(type, new Scope(block))) ?? [];
            var typeNames = new UniqueNames(context.Sink);
            typeNames.Reserve(name.Text);
            _shapes.Add(new SharedShape
            {
                Name = name.Text,
                Shape = new ObjectShape
                {
                    TypeName = name.Text,
                    Documentation = page.Page(name.Start, context.Comment(declaration.Doc)),
                    Members = new EquatableArray<Member>([.. members.BindRoot(views, name.Text, new ShapeUse(ShapeRole.Shared, typeNames)).Select(m => m.Member)]),
                },
            });
        }
    }

    /// <summary>The first of equal keys and of equal type names wins; the other is reported at its own place.</summary>
    private bool IsNew(string key, NamespaceBlock block, string typeName, Func<(int Start, int Length), TextRange> range, (int Start, int Length)? place = null)
    {
        var (start, length) = place ?? block.NameRange;
        if (_keys.TryGetValue(key, out var first))
        {
            context.Sink.Report(SpecDiagnostics.Duplicate, start, length, key, context.Sink.Place(first));
            return false;
        }

        _keys.Add(key, start);
        if (_typeNames.TryGetValue(typeName, out var other))
        {
            context.Sink.Report(SpecDiagnostics.SameTypeName, start, length, other.Key, key, typeName, context.Sink.Place(other.Start));
            return false;
        }

        _typeNames.Add(typeName, (key, start));
        _sites.Add(new DeclarationSite(key, range((start, length))));
        return true;
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
}
