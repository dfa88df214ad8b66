using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The client, its nodes, and how it is registered: one file, emitted again only when names or routes change.</summary>
internal static class TreeEmitter
{
    public const string HintName = "WeChatPayClient.g.cs";

    public static string Emit(ClientTree tree, EmitSettings settings, CancellationToken cancellationToken)
    {
        var w = new SourceWriter();
        GeneratedFile.Header(w, source: null);
        w.Line("namespace ", settings.RootNamespace);
        w.Open();
        ClientEmitter.Emit(w, tree.Roots, settings);
        w.Close();

        // Ordered by namespace, so the types of one namespace stand together.
        string? current = null;
        foreach (var node in tree.Nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SwitchNamespace(w, ref current, NamespaceContext.Of(settings.RootNamespace, node.Namespace).Namespace);
            EmitNode(w, node, settings);
        }

        foreach (var enumeration in tree.Enumerations)
        {
            var names = NamespaceContext.Of(settings.RootNamespace, enumeration.Namespace);
            SwitchNamespace(w, ref current, names.Namespace);
            EnumerationEmitter.Emit(w, enumeration.Type, names.Local(enumeration.Type.TypeName), settings);
        }

        if (current is not null) w.Close();
        ClientEmitter.Registration(w, settings);
        return w.ToString();
    }

    /// <summary>The members that lead to the nodes below the client or a node.</summary>
    public static void Children(SourceWriter w, EquatableArray<TreeChild> children, EmitSettings settings)
    {
        foreach (var child in children)
        {
            var names = NamespaceContext.Of(settings.RootNamespace, child.Namespace);
            var type = names.Local(child.TypeName);
            w.Line("/// <summary>", XmlText.Code(child.Path.Length == 0 ? "/" : child.Path), "</summary>");
            if (child.Parameter is not { } parameter)
            {
                w.Line("public ", type, " ", child.MemberName, " => new(ResourceContext);");
                continue;
            }

            var (argumentType, add) = parameter.Kind switch
            {
                TreeParameterKind.Integer => ("long", "WithInteger(" + parameter.Name),
                TreeParameterKind.Enumeration => (names.Local(parameter.EnumerationName), "WithText(" + parameter.Name + "?.Value"),
                _ => ("string", "WithText(" + parameter.Name),
            };
            var documentedName = parameter.Name.TrimStart('@');
            DocumentationWriter.Parameter(w, documentedName, parameter.Description.Length == 0 ? "Sent as one segment of the path." : XmlText.Escape(parameter.Description));
            w.Line("public ", type, " ", child.MemberName, "(" + argumentType + " " + parameter.Name + ")", " => new(ResourceContext." + add + ", nameof(" + parameter.Name + ")));");
        }
    }

    private static void EmitNode(SourceWriter w, TreeNode node, EmitSettings settings)
    {
        w.Line("/// <summary>", XmlText.Code(node.Path.Length == 0 ? "/" : node.Path), node.Verbs.Length == 0 ? "" : ": " + node.Verbs, "</summary>");
        w.Line(GeneratedFile.TypeAttribute);
        w.Line(settings.Accessibility, " sealed partial class ", node.TypeName, " : " + RuntimeNames.Resource);
        w.Open();
        w.Line("internal ", node.TypeName, "(" + RuntimeNames.ResourceContext + " context) : base(context) { }");
        Children(w, node.Children, settings);
        w.Close();
    }

    private static void SwitchNamespace(SourceWriter w, ref string? current, string next)
    {
        if (current == next) return;
        if (current is not null) w.Close();
        current = next;
        w.Line("namespace ", next);
        w.Open();
    }
}
