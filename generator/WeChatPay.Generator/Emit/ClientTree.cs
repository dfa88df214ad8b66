using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The nodes below the client, one for each segment of a URL path.</summary>
/// <param name="Roots">The members of the client itself.</param>
/// <param name="Nodes">All node types, ordered by namespace and name.</param>
/// <param name="Enumerations">Types of path parameters, ordered by namespace and name.</param>
internal sealed record ClientTree(EquatableArray<TreeChild> Roots, EquatableArray<TreeNode> Nodes, EquatableArray<TreeEnumeration> Enumerations);

/// <summary>A node type.</summary>
internal sealed record TreeNode
{
    /// <summary>Below the root namespace.</summary>
    public required string Namespace { get; init; }

    public required string TypeName { get; init; }

    /// <summary>The URL path up to here.</summary>
    public required string Path { get; init; }

    /// <summary>What can be called here, for the documentation: <c>GET, POST</c>, or empty.</summary>
    public required string Verbs { get; init; }

    public EquatableArray<TreeChild> Children { get; init; }
}

/// <summary>A property or, for a parameter, a method that leads to a node.</summary>
internal sealed record TreeChild
{
    public required string MemberName { get; init; }

    /// <summary>Below the root namespace.</summary>
    public required string Namespace { get; init; }

    public required string TypeName { get; init; }

    public required string Path { get; init; }

    /// <summary>Null for a property.</summary>
    public TreeParameter? Parameter { get; init; }
}

/// <summary>The argument of a method that leads to a node.</summary>
/// <param name="Name">The C# name of the argument.</param>
/// <param name="Kind">How it is given.</param>
/// <param name="EnumerationName">The type name of an enumeration, in the namespace of the node; else empty.</param>
/// <param name="Description">For the documentation.</param>
internal sealed record TreeParameter(string Name, TreeParameterKind Kind, string EnumerationName, string Description);

internal enum TreeParameterKind
{
    Text,
    Integer,
    Enumeration,
}

/// <summary>The type of a path parameter with known values.</summary>
/// <param name="Namespace">Below the root namespace.</param>
/// <param name="Type">The enumeration, with the literals of all files that name it.</param>
internal sealed record TreeEnumeration(string Namespace, Enumeration Type);
