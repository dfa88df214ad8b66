using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>Where a name is looked up: a namespace block, and the arguments of the type parameters around.</summary>
internal sealed class Scope(NamespaceBlock block, IReadOnlyDictionary<string, BoundArgument>? arguments = null)
{
    public NamespaceBlock Block { get; } = block;

    public BoundArgument? Argument(string name)
        => arguments is not null && arguments.TryGetValue(name, out var argument) ? argument : null;
}

internal sealed record BoundArgument(TypeSyntax Type, Scope Scope);

/// <param name="Block">The block that declares it.</param>
internal sealed record Declared(DeclarationSyntax Syntax, NamespaceBlock Block);
