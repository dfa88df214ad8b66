namespace WeChatPay.Specs.TypeScript;

// The syntax of what a fence declares. Nodes live only while one file is read; nothing of them reaches the model.

internal readonly record struct Name(string Text, int Start, int Length);

/// <summary>A place of a <c>/** */</c> comment; a length of 0 is none.</summary>
internal readonly record struct DocPlace(int Start, int Length);

/// <summary>One block <c>namespace A.B.C { … }</c>, or the top level of the file with an empty path.</summary>
internal sealed class NamespaceBlock
{
    /// <summary>The whole path, also where blocks are nested.</summary>
    public required IReadOnlyList<Name> Path { get; init; }

    public required string FullName { get; init; }

    public DocPlace Doc { get; init; }

    public List<DeclarationSyntax> Declarations { get; } = [];

    /// <summary>Start and length of the name as it stands in the text.</summary>
    public required (int Start, int Length) NameRange { get; init; }

    /// <summary>The block was made of the typedefs of a notification: its event is that of the file.</summary>
    public bool IsOfTypedefs { get; init; }
}

internal abstract class DeclarationSyntax
{
    public required Name Name { get; init; }

    public DocPlace Doc { get; init; }
}

internal sealed class InterfaceSyntax : DeclarationSyntax
{
    public required IReadOnlyList<TypeParameterSyntax> Parameters { get; init; }

    public required List<TypeSyntax> Extends { get; init; }

    public required List<MemberSyntax> Members { get; init; }
}

internal sealed class AliasSyntax : DeclarationSyntax
{
    public required IReadOnlyList<TypeParameterSyntax> Parameters { get; init; }

    public required TypeSyntax Type { get; init; }
}

internal sealed class VariableSyntax : DeclarationSyntax
{
    public required TypeSyntax Type { get; init; }
}

internal sealed record TypeParameterSyntax(Name Name, TypeSyntax? Default);

internal enum MemberKind
{
    Property,

    /// <summary><c>name(…): T</c>.</summary>
    Method,

    /// <summary><c>(…): T</c>.</summary>
    Call,

    /// <summary><c>[key: string]: T</c>.</summary>
    Index,
}

internal sealed class MemberSyntax
{
    public required MemberKind Kind { get; init; }

    /// <summary>Empty for calls and index signatures.</summary>
    public required Name Name { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>The type of a property; null for methods, and where only the name matters.</summary>
    public TypeSyntax? Type { get; init; }

    public IReadOnlyList<ParameterSyntax> Parameters { get; init; } = [];

    public DocPlace Doc { get; init; }
}

internal sealed record ParameterSyntax(string Name, bool IsOptional, TypeSyntax? Type);

internal abstract record TypeSyntax(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>A keyword (<c>string</c>) or a name (<c>A.B</c>), perhaps with arguments.</summary>
internal sealed record NamedTypeSyntax(string FullName, IReadOnlyList<TypeSyntax> Arguments, int Start, int End) : TypeSyntax(Start, End);

internal enum LiteralKind
{
    Text,
    Number,
    Boolean,
}

internal sealed record LiteralTypeSyntax(LiteralKind Kind, string Value, int Start, int End) : TypeSyntax(Start, End)
{
    public DocPlace Doc { get; init; }
}

internal sealed record ArrayTypeSyntax(TypeSyntax Element, int Start, int End) : TypeSyntax(Start, End);

internal sealed record TupleTypeSyntax(IReadOnlyList<TypeSyntax> Elements, int Start, int End) : TypeSyntax(Start, End);

internal sealed record UnionTypeSyntax(IReadOnlyList<TypeSyntax> Types, int Start, int End) : TypeSyntax(Start, End)
{
    /// <summary>It stands nowhere: members of one name of several objects were joined.</summary>
    public bool IsJoined { get; init; }
}

internal sealed record IntersectionTypeSyntax(IReadOnlyList<TypeSyntax> Types, int Start, int End) : TypeSyntax(Start, End);

internal sealed record ObjectTypeSyntax(IReadOnlyList<MemberSyntax> Members, int Start, int End) : TypeSyntax(Start, End);

/// <summary><c>A['b']</c>.</summary>
internal sealed record IndexedTypeSyntax(TypeSyntax Object, TypeSyntax Index, int Start, int End) : TypeSyntax(Start, End);

/// <summary><c>typeof a.b</c>.</summary>
internal sealed record QueryTypeSyntax(string FullName, int Start, int End) : TypeSyntax(Start, End);

/// <summary>Legal TypeScript that says nothing about data: function types, <c>keyof</c>, conditional and mapped types.</summary>
internal sealed record OpaqueTypeSyntax(int Start, int End) : TypeSyntax(Start, End);
