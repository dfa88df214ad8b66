using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.Markdown;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.Samples;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>
/// Turns typedefs and samples into the form of our own, a namespace with the interfaces <c>Notification</c> and
/// <c>Resource</c>, so that everything behind knows one form only.
/// </summary>
internal sealed class TypedefNotification(SpecPath path, string text, SpecDocument document, DiagnosticSink sink)
{
    public NamespaceBlock ToBlock(IReadOnlyList<Typedef> declared)
    {
        var typedefs = new Typedefs(declared, text);
        var samples = NotificationSamples.Read(document, text, sink);
        var envelope = typedefs.Envelope;
        var head = CompleteHead(envelope?.Members ?? [], samples.Envelope);
        var isVersion2 = path.WebhookVersion is { } version ? version == 2 : typedefs.Find("XmlDataRequest") is not null;
        var isPlain = isVersion2 && Protections.Of([.. head.Select(m => m.Name.Text)]) == NotificationProtection.SignedPlain;
        var contents = isPlain && envelope is not null ? [envelope] : typedefs.Contents();
        var completion = new SampleCompletion(text, typedefs.Find, sink);
        var name = declared[0].Name;
        var block = new NamespaceBlock
        {
            Path = [name with { Text = "WeChatPay" }, name with { Text = "Webhook" }, name with { Text = isVersion2 ? "V2" : "V3" }, name with { Text = NamingPolicy.Pascal(path.EventType ?? "") }],
            FullName = "WeChatPay.Webhook." + (isVersion2 ? "V2." : "V3.") + NamingPolicy.Pascal(path.EventType ?? ""),
            NameRange = (name.Start, name.Length),
            IsOfTypedefs = true,
        };
        block.Declarations.Add(Interface((envelope?.Name ?? name) with { Text = "Notification" }, head));
        AddContents(block, contents, completion, isPlain ? samples.Envelope ?? samples.Content : samples.Content, isVersion2 ? null : name);
        if (!block.Declarations.Exists(d => d.Name.Text == "Resource"))
        {
            sink.Report(SpecDiagnostics.ContentUnknown, name.Start, name.Length, path.EventType ?? name.Text);
            block.Declarations.Add(Interface(name with { Text = "Resource" }, []));
        }

        foreach (var shape in typedefs.All) AddShape(block, shape);
        return block;
    }

    private static void AddShape(NamespaceBlock block, Typedefs.Shape shape)
    {
        if (shape.Alias is { } alias) block.Declarations.Add(new AliasSyntax { Name = shape.Name, Parameters = [], Type = alias });
        else block.Declarations.Add(Interface(shape.Name, shape.Members));
    }

    private static void AddContents(NamespaceBlock block, List<Typedefs.Shape> contents, SampleCompletion completion, SampleNode? sample, Name? place)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            var shape = contents[i];
            var name = i == 0 ? "Resource" : "Resource_" + Variant(shape.Name.Text);
            // The sample shows the first shape; what it has beside that may belong to another one.
            var members = i == 0 && sample is not null ? completion.Complete(shape.Members, sample) : shape.Members;
            block.Declarations.Add(Interface(shape.Name with { Text = name }, members));
        }

        if (contents.Count > 0 || sample is null) return;
        // No typedef of the content: the sample alone tells it.
        var at = place ?? new Name("", sample.Start, 1);
        block.Declarations.Add(Interface(at with { Text = "Resource" }, completion.Complete([], sample)));
    }

    private static InterfaceSyntax Interface(Name name, IReadOnlyList<MemberSyntax> members)
        => new() { Name = name, Parameters = [], Extends = [], Members = [.. members] };

    private static string Variant(string name)
    {
        foreach (var ending in new[] { "PlainObject", "Plain", "Object" })
        {
            if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal)) return name.Substring(0, name.Length - ending.Length);
        }

        return name;
    }

    /// <summary>The original type may stand in the sample alone.</summary>
    private static List<MemberSyntax> CompleteHead(List<MemberSyntax> head, SampleNode? sample)
    {
        if (sample is null) return head;
        var result = new List<MemberSyntax>(head);
        foreach (var member in sample.Members)
        {
            var at = result.FindIndex(m => m.Name.Text == member.Name);
            if (at < 0) result.Add(SampleTypes.Member(member));
            else if (member.Name == "resource" && member.Value.Find("original_type") is { Kind: SampleKind.Text } original && !HasLiteral(result[at].Type)) result[at] = WithOriginalType(result[at], original);
        }

        return result;
    }

    private static bool HasLiteral(TypeSyntax? resource)
        => resource is ObjectTypeSyntax { Members: var members } && members.Any(m => m.Name.Text == "original_type" && m.Type is LiteralTypeSyntax or UnionTypeSyntax);

    private static MemberSyntax WithOriginalType(MemberSyntax resource, SampleNode original) => new()
    {
        Kind = MemberKind.Property,
        Name = resource.Name,
        Type = new ObjectTypeSyntax(
            [new MemberSyntax
            {
                Kind = MemberKind.Property,
                Name = new Name("original_type", original.Start, 1),
                Type = new LiteralTypeSyntax(LiteralKind.Text, original.Text, original.Start, original.End),
            }],
            original.Start,
            original.End),
    };
}
