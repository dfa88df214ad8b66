using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>Binds one namespace <c>WeChatPay.Webhook.V3.&lt;Name&gt;</c> with its interfaces Notification, Resource and Resource_Variant.</summary>
internal sealed class NotificationBinder(BindingContext context, MemberBinder members, PageDocumentation page, SpecPath path)
{
    private const string VariantPrefix = "Resource_";

    /// <summary>Null after a problem was reported.</summary>
    public Notification? Bind(NamespaceBlock block)
    {
        if (block.Path.Count != 4 || block.Path[2].Text is not ("V2" or "V3"))
        {
            context.Sink.Report(
                SpecDiagnostics.UnknownNamespace,
                block.NameRange.Start,
                block.NameRange.Length,
                block.FullName,
                "'WeChatPay.Webhook.V3.<Name>' or 'WeChatPay.Webhook.V2.<Name>'");
            return null;
        }

        var head = context.Table.FindIn(block, "Notification")?.Syntax;
        var (eventType, eventPlace) = Literal(block, head, "event_type");
        var literal = eventType;
        // Authors of typedefs copy whole files: there the name of the file is the truth.
        eventType = block.IsOfTypedefs ? path.EventType ?? eventType : eventType ?? path.EventType;
        var (originalType, _) = Literal(block, head, "resource", "original_type");
        if (string.IsNullOrEmpty(eventType))
        {
            context.Sink.Report(SpecDiagnostics.NoEventType, block.NameRange.Start, block.NameRange.Length, block.Path[3].Text);
            return null;
        }

        if (path.EventType is { } expected && eventPlace is { } at && expected != literal)
        {
            context.Sink.Report(SpecDiagnostics.EventTypeDiffers, at.Start, at.Length, literal!, expected, block.IsOfTypedefs ? "The name of the file" : "The notification");
        }

        if (context.Table.FindIn(block, "Resource") is not { } resource)
        {
            context.Sink.Report(SpecDiagnostics.NoResource, block.NameRange.Start, block.NameRange.Length, block.Path[3].Text);
            return null;
        }

        var documentation = page.Page(block.NameRange.Start, context.Comment(block.Doc));
        var isVersion2 = block.Path[2].Text == "V2";
        var typeName = NamingPolicy.Notification(eventType!, isVersion2);
        var typeNames = new UniqueNames(context.Sink);
        var variants = block.Declarations.Where(d => d.Name.Text.StartsWith(VariantPrefix, StringComparison.Ordinal) && d.Name.Text.Length > VariantPrefix.Length).ToList();
        var shapes = new List<(DeclarationSyntax Syntax, string Name)> { (resource.Syntax, typeName) };
        shapes.AddRange(variants.Select(v => (v, typeName + NamingPolicy.Pascal(v.Name.Text.Substring(VariantPrefix.Length)))));
        var views = shapes.ConvertAll(s => Views(s.Syntax, block));
        var claimed = shapes.ConvertAll(s => typeNames.Claim(s.Name, s.Syntax.Name.Text, s.Syntax.Name.Start, s.Syntax.Name.Length));
        var bound = shapes.Select((s, i) => Shape(s.Syntax, views[i].Members, views[i].Bases, claimed[i], block, typeNames, documentation)).ToList();
        var protection = isVersion2 ? ProtectionOf(block, head) : NotificationProtection.AeadResource;
        var telling = views.ConvertAll(v => protection == NotificationProtection.SignedPlain ? new EquatableArray<string>([.. TellingMembers.Of(v.Members, context)]) : default);
        return new Notification
        {
            Version = isVersion2 ? 2 : 3,
            EventType = eventType!,
            OriginalType = originalType,
            Namespace = "Webhook." + block.Path[2].Text,
            Resource = bound[0],
            TellingMembers = telling[0],
            Variants = new EquatableArray<NotificationVariant>([.. bound.Skip(1).Select((s, i) => new NotificationVariant { Shape = s, OriginalType = OriginalTypeOf(variants[i], block), TellingMembers = telling[i + 1] })]),
            Protection = protection,
            WireFormat = isVersion2 ? NotificationWireFormat.Xml : NotificationWireFormat.Json,
            Documentation = documentation,
        };
    }

    /// <summary><c>Notification_Variant</c> beside <c>Resource_Variant</c>.</summary>
    private string? OriginalTypeOf(DeclarationSyntax variant, NamespaceBlock block)
        => Literal(block, context.Table.FindIn(block, "Notification_" + variant.Name.Text.Substring(VariantPrefix.Length))?.Syntax, "resource", "original_type").Value;

    /// <summary>By the members of the envelope, which no two kinds have in common.</summary>
    private NotificationProtection ProtectionOf(NamespaceBlock block, DeclarationSyntax? head)
    {
        if (head is null) return NotificationProtection.SignedPlain;
        var type = new NamedTypeSyntax(head.Name.Text, [], head.Name.Start, head.Name.Start + head.Name.Length);
        var names = context.Resolver.MembersOf(context.Resolver.Resolve(type, new Scope(block)))?.ConvertAll(m => m.Syntax.Name.Text) ?? [];
        return Protections.Of(names);
    }

    private (List<MemberView> Members, EquatableArray<string> Bases) Views(DeclarationSyntax syntax, NamespaceBlock block)
    {
        var type = new NamedTypeSyntax(syntax.Name.Text, [], syntax.Name.Start, syntax.Name.Start + syntax.Name.Length);
        var (members, bases) = context.Resolver.RootOf(context.Resolver.Resolve(type, new Scope(block)));
        if (members is not null) return (members, bases);
        context.Sink.Report(SpecDiagnostics.NoObject, type.Start, type.Length, syntax.Name.Text, "another type");
        return ([], default);
    }

    private ObjectShape Shape(DeclarationSyntax syntax, List<MemberView> views, EquatableArray<string> bases, string name, NamespaceBlock block, UniqueNames typeNames, Documentation documentation)
    {
        var own = Comments.Document(context.Comment(syntax.Doc), context.Sink);
        return new ObjectShape
        {
            TypeName = name,
            Bases = bases,
            Documentation = own == Documentation.None ? documentation : own,
            Members = new EquatableArray<Member>([.. members.BindRoot(views, name, new ShapeUse(ShapeRole.Notification, typeNames) { IsXml = block.Path[2].Text == "V2" }).Select(m => m.Member)]),
        };
    }

    /// <summary>The one literal that a member of the envelope is typed as.</summary>
    private (string? Value, (int Start, int Length)? Place) Literal(NamespaceBlock block, DeclarationSyntax? head, params string[] names)
    {
        if (head is null) return (null, null);
        TypeSyntax type = new NamedTypeSyntax(head.Name.Text, [], head.Name.Start, head.Name.Start + head.Name.Length);
        var resolved = context.Resolver.Resolve(type, new Scope(block));
        foreach (var name in names)
        {
            var member = context.Resolver.MembersOf(resolved)?.Find(m => m.Syntax.Kind == MemberKind.Property && m.Syntax.Name.Text == name);
            if (member?.Syntax.Type is null) return (null, null);
            resolved = context.Resolver.Resolve(member.Syntax.Type, member.Scope);
        }

        return resolved.Syntax is LiteralTypeSyntax { Kind: LiteralKind.Text } literal ? (literal.Value, (literal.Start, literal.Length)) : (null, null);
    }
}
