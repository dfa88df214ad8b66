using System.Text;
using WeChatPay.Generator.Emit;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Merges the routes of all operations into one tree. The result does not depend on the order of the files.</summary>
internal sealed class ClientTreeBuilder
{
    private const string Suffix = "Resource";

    private readonly SortedDictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TreeEnumeration> _enumerations = new(StringComparer.Ordinal);
    private readonly Node _root = new("", "", "");

    /// <summary>Builds the tree of a directory's operations.</summary>
    public static ClientTree Build(SpecDirectory directory, CancellationToken cancellationToken)
    {
        var builder = new ClientTreeBuilder();
        foreach (var operation in directory.Operations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Add(operation.Route, operation.Verb);
        }

        return builder.Build();
    }

    /// <summary>Adds an operation; they come ordered by key.</summary>
    private void Add(EquatableArray<RouteSegment> route, string verb)
    {
        var parent = _root;
        foreach (var segment in route)
        {
            var path = segment.IsVirtual ? parent.Path : parent.Path + "/" + (segment.IsParameter ? "{" + segment.Text + "}" : segment.Text);

            // A blank sorts before everything that stands in a name, so the types of one namespace stay together.
            var key = segment.ResourceNamespace + " " + segment.ResourceTypeName;
            if (!_nodes.TryGetValue(key, out var node)) _nodes.Add(key, node = new(segment.ResourceNamespace, segment.ResourceTypeName, path));
            parent.AddChild(Child(segment, node));
            parent = node;
        }

        parent.Verbs.Add(verb);
    }

    private ClientTree Build()
    {
        var nodes = new List<TreeNode>(_nodes.Count);
        foreach (var node in _nodes.Values) nodes.Add(node.Build());
        return new(_root.BuildChildren(), new([.. nodes]), new([.. _enumerations.Values]));
    }

    private TreeChild Child(RouteSegment segment, Node node) => new()
    {
        MemberName = segment.MemberName,
        Namespace = node.Namespace,
        TypeName = node.TypeName,
        Path = node.Path,
        Parameter = segment.IsParameter ? Parameter(segment, node) : null,
    };

    private TreeParameter Parameter(RouteSegment segment, Node node)
    {
        var name = segment.ArgumentName ?? "value";
        var description = segment.Description ?? "";
        switch (segment.ParameterType)
        {
            case ScalarType { Kind: ScalarKind.Integer }:
                return new(name, TreeParameterKind.Integer, "", description);
            case EnumerationType type:
                var enumeration = type.Enumeration with { TypeName = EnumerationName(node) };
                AddEnumeration(node.Namespace, enumeration);
                return new(name, TreeParameterKind.Enumeration, enumeration.TypeName, description);
            default:
                return new(name, TreeParameterKind.Text, "", description);
        }
    }

    /// <summary>
    /// Named after the node: operations share the node, and overloads by the enumeration of each would be ambiguous for a text.
    /// </summary>
    private static string EnumerationName(Node node) => node.TypeName.EndsWith(Suffix, StringComparison.Ordinal)
        ? node.TypeName.Substring(0, node.TypeName.Length - Suffix.Length) + "Value"
        : node.TypeName + "Value";

    private void AddEnumeration(string space, Enumeration enumeration)
    {
        var fullName = space + "." + enumeration.TypeName;
        if (!_enumerations.TryGetValue(fullName, out var known))
        {
            _enumerations.Add(fullName, new(space, enumeration));
            return;
        }

        // Two files may know different values of one parameter; the enumeration is open, so it can list them all.
        var literals = new List<EnumerationLiteral>(known.Type.Literals);
        foreach (var literal in enumeration.Literals)
        {
            if (!literals.Exists(item => item.MemberName == literal.MemberName)) literals.Add(literal);
        }

        if (literals.Count > known.Type.Literals.Count)
        {
            _enumerations[fullName] = known with { Type = known.Type with { Literals = new([.. literals]) } };
        }
    }

    private sealed class Node(string space, string typeName, string path)
    {
        private readonly SortedDictionary<string, TreeChild> _children = new(StringComparer.Ordinal);

        public string Namespace { get; } = space;

        public string TypeName { get; } = typeName;

        public string Path { get; } = path;

        public SortedSet<string> Verbs { get; } = new(StringComparer.Ordinal);

        /// <summary>One overload for each kind of argument: a further file with another kind must not break calls that compile.</summary>
        public void AddChild(TreeChild child)
        {
            var key = child.MemberName + " " + (child.Parameter is { } parameter ? parameter.Kind + parameter.EnumerationName : "");
            if (!_children.TryGetValue(key, out var known)) _children.Add(key, child);
            else if (known.Parameter is { Description: "" } && child.Parameter is { Description.Length: > 0 }) _children[key] = child;
        }

        public EquatableArray<TreeChild> BuildChildren() => new([.. _children.Values]);

        public TreeNode Build()
        {
            var verbs = new StringBuilder();
            foreach (var verb in Verbs) verbs.Append(verbs.Length == 0 ? "" : ", ").Append(verb);
            return new() { Namespace = Namespace, TypeName = TypeName, Path = Path, Verbs = verbs.ToString(), Children = BuildChildren() };
        }
    }
}
