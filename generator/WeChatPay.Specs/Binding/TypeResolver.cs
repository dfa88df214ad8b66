using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>A type behind all names that lead to it.</summary>
/// <param name="Syntax">Never an alias, a type parameter, an indexed type or a query.</param>
/// <param name="Scope">Where the names inside of it are looked up.</param>
internal sealed record ResolvedType(TypeSyntax Syntax, Scope Scope)
{
    /// <summary>The interface that the syntax names.</summary>
    public InterfaceSyntax? Interface { get; init; }

    /// <summary>Behind <c>Partial&lt;T&gt;</c>.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The name of a shape of <c>models/</c>.</summary>
    public string? SharedName { get; init; }

    /// <summary>The name of an enumeration of <c>models/</c>.</summary>
    public string? EnumerationName { get; init; }
}

/// <summary>A member of an object type with the place where its type is looked up.</summary>
internal sealed record MemberView(MemberSyntax Syntax, Scope Scope, bool IsOptional)
{
    public MemberPlace Place { get; init; }
}

internal enum MemberPlace
{
    Body,
    Query,
    Header,
}

/// <summary>Follows names to types and types to members. Bounded in steps, depth and total work.</summary>
internal sealed class TypeResolver(BindingContext context)
{
    private const string ModelsNamespace = "WeChatPay.Models";

    private const int MostSteps = 64;

    private static readonly string[] ModelsPrefixes = [ModelsNamespace + ".", "Models."];

    private const string EnumerationsNamespace = "WeChatPay.Enumerations";

    private static readonly string[] EnumerationsPrefixes = [EnumerationsNamespace + ".", "Enumerations."];

    /// <summary>Types of other packages that a spec extends without declaring them; they have no members of ours.</summary>
    private static readonly HashSet<string> KnownBases = new(StringComparer.Ordinal) 
    {
        "AxiosRequestConfig", "InternalAxiosRequestConfig", "RawAxiosRequestConfig", "AxiosRequestHeaders", "RawAxiosRequestHeaders", "AxiosHeaders",
        "ReadStream", "Object", "object", "Record", "any", "unknown",
    };

    private int _depth;

    private List<string>? _bases;

    public ResolvedType Resolve(TypeSyntax type, Scope scope)
    {
        var partial = false;
        var current = type;
        for (var step = 0; step < MostSteps; step++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            switch (current)
            {
                case IndexedTypeSyntax indexed:
                    (current, scope) = ResolveIndexed(indexed, scope);
                    continue;
                case QueryTypeSyntax query:
                    if (context.Table.Find(query.FullName, scope.Block) is not { Syntax: VariableSyntax variable } found) return Unknown(query, "typeof " + query.FullName, scope);
                    (current, scope) = (variable.Type, new Scope(found.Block));
                    continue;
                case IntersectionTypeSyntax intersection when ScalarOf(intersection, scope) is { } scalar:
                    (current, scope) = (scalar.Syntax, scalar.Scope);
                    continue;
                case NamedTypeSyntax { FullName: "Partial" or "Required" or "Readonly" or "NonNullable", Arguments.Count: 1 } wrapper:
                    partial |= wrapper.FullName == "Partial";
                    current = wrapper.Arguments[0];
                    continue;
                case NamedTypeSyntax named when scope.Argument(named.FullName) is { } argument:
                    (current, scope) = (argument.Type, argument.Scope);
                    continue;
                case NamedTypeSyntax named:
                    var declared = context.Table.Find(named.FullName, scope.Block);
                    if (NameBehind(EnumerationsPrefixes, named.FullName) is { } enumeration && IsEnumeration(named, declared)) return new ResolvedType(named, scope) { EnumerationName = enumeration };
                    if (NameBehind(ModelsPrefixes, named.FullName) is { } shared && IsShape(named, declared)) return new ResolvedType(named, scope) { SharedName = shared };
                    if (declared is null) return new ResolvedType(named, scope) { IsPartial = partial };
                    if (declared.Syntax is AliasSyntax alias)
                    {
                        (current, scope) = (alias.Type, Instantiate(declared, alias.Parameters, named, scope));
                        continue;
                    }

                    if (declared.Syntax is not InterfaceSyntax target) return new ResolvedType(named, scope) { IsPartial = partial };
                    return new ResolvedType(named, Instantiate(declared, target.Parameters, named, scope))
                    {
                        Interface = target,
                        IsPartial = partial,
                        SharedName = declared.Block.FullName == ModelsNamespace && IsShape(named, declared) ? NamingPolicy.Shared(target.Name.Text) : null,
                    };
                default:
                    return new ResolvedType(current, scope) { IsPartial = partial };
            }
        }

        context.Sink.Report(SpecDiagnostics.Recursive, type.Start, type.Length, context.Source(type.Start, type.Length));
        return new ResolvedType(new NamedTypeSyntax("any", [], type.Start, type.End), scope);
    }

    /// <summary>
    /// <c>string &amp; {}</c> keeps an editor's list of literals, <c>string &amp; { brand: 'x' }</c> marks a text: on the wire both are
    /// the text. Of several the one with literals says most.
    /// </summary>
    private ResolvedType? ScalarOf(IntersectionTypeSyntax intersection, Scope scope)
    {
        if (_depth >= MostSteps) return null;
        ResolvedType? found = null;
        _depth++;
        foreach (var part in intersection.Types)
        {
            if (!Spend(part)) break;
            var resolved = Resolve(part, scope);
            if (resolved.Syntax is LiteralTypeSyntax or UnionTypeSyntax && !IsObject(resolved)) found = resolved;
            else if (resolved is { Interface: null, SharedName: null, Syntax: NamedTypeSyntax { FullName: "string" or "number" or "boolean" or "bigint" or "Date" } }) found ??= resolved;
        }

        _depth--;
        return found;
    }

    /// <summary>An object type, or a union of such.</summary>
    public bool IsObject(ResolvedType type)
    {
        if (type.Syntax is UnionTypeSyntax union)
        {
            if (_depth >= MostSteps || !Spend(union)) return false;
            _depth++;
            var all = union.Types.All(t => Resolve(t, type.Scope) is var part && (IsNothing(part.Syntax) || IsObject(part)));
            _depth--;
            return all;
        }

        return type.SharedName is null && (type.Interface is not null || type.Syntax is ObjectTypeSyntax or IntersectionTypeSyntax || IsSelection(type));
    }

    /// <summary><c>Omit&lt;T, K&gt;</c> and <c>Pick&lt;T, K&gt;</c>.</summary>
    public static bool IsSelection(ResolvedType type)
        => type is { Interface: null, Syntax: NamedTypeSyntax { FullName: "Omit" or "Pick", Arguments.Count: 2 } };

    public static bool IsNothing(TypeSyntax type) => type is NamedTypeSyntax { FullName: "null" or "undefined" or "void" or "never" };

    /// <summary>The members of an object type, those of its bases last; null for anything else.</summary>
    public List<MemberView>? MembersOf(ResolvedType type)
    {
        var members = new List<MemberView>();
        return Collect(type, false, members, 0) ? members : null;
    }

    /// <summary>The members of an answer, a notification or a shared shape, which can also extend bases of <c>models/</c>: of those only the names are known.</summary>
    public (List<MemberView>? Members, EquatableArray<string> Bases) RootOf(ResolvedType type)
    {
        _bases = [];
        var members = MembersOf(type);
        var bases = new EquatableArray<string>([.. _bases]);
        _bases = null;
        return (members, bases);
    }

    private bool Collect(ResolvedType type, bool optional, List<MemberView> members, int depth)
    {
        if (depth > MostSteps || !context.Spend(type.Syntax.Start, type.Syntax.Length)) return true;
        optional |= type.IsPartial;
        switch (type)
        {
            case { Interface: { } target }:
                Add(target.Members, type.Scope, optional, members);
                foreach (var @base in target.Extends) CollectBase(@base, type.Scope, optional, members, depth);
                return true;
            case { Syntax: ObjectTypeSyntax literal }:
                Add(literal.Members, type.Scope, optional, members);
                return true;
            case { Syntax: IntersectionTypeSyntax intersection }:
                var all = true;
                foreach (var part in intersection.Types) all &= CollectPart(Resolve(part, type.Scope), optional, members, depth);
                return all;
            case { Syntax: UnionTypeSyntax union } when IsObject(type):
                CollectUnion(union, type.Scope, members, depth);
                return true;
            case { Syntax: NamedTypeSyntax selection } when IsSelection(type):
                return CollectSelection(selection, type.Scope, optional, members, depth);
            default:
                return false;
        }
    }

    /// <summary>A part of an intersection that another package declares has no members of ours.</summary>
    private bool CollectPart(ResolvedType part, bool optional, List<MemberView> members, int depth)
        => IsForeign(part) || Collect(part, optional, members, depth + 1);

    /// <summary>
    /// One of several objects: every member of any of them, none required. A member that they type differently is of one of those types.
    /// </summary>
    private void CollectUnion(UnionTypeSyntax union, Scope scope, List<MemberView> members, int depth)
    {
        foreach (var type in union.Types)
        {
            var part = new List<MemberView>();
            var resolved = Resolve(type, scope);
            if (IsNothing(resolved.Syntax) || !Collect(resolved, true, part, depth + 1)) continue;
            foreach (var member in part)
            {
                var at = members.FindIndex(m => m.Syntax.Kind == MemberKind.Property && m.Syntax.Name.Text == member.Syntax.Name.Text);
                if (at < 0) members.Add(member);
                else members[at] = Join(members[at], member);
            }
        }
    }

    private MemberView Join(MemberView first, MemberView second)
    {
        if (first.Syntax.Type is not { } one || second.Syntax.Type is not { } other || first.Scope.Block != second.Scope.Block || !Spend(other)) return first;
        if (context.Source(one.Start, one.Length) == context.Source(other.Start, other.Length)) return first;
        var types = one is UnionTypeSyntax { IsJoined: true } joined ? [.. joined.Types, other] : new List<TypeSyntax> { one, other };
        return first with
        {
            Syntax = new MemberSyntax
            {
                Kind = MemberKind.Property,
                Name = first.Syntax.Name,
                IsOptional = true,
                Doc = first.Syntax.Doc,
                Type = new UnionTypeSyntax(types, one.Start, one.End) { IsJoined = true },
            },
        };
    }

    private bool CollectSelection(NamedTypeSyntax selection, Scope scope, bool optional, List<MemberView> members, int depth)
    {
        var all = new List<MemberView>();
        var of = Resolve(selection.Arguments[0], scope);
        if (!CollectPart(of, optional, all, depth)) return false;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var names = Resolve(selection.Arguments[1], scope);
        foreach (var type in names.Syntax is UnionTypeSyntax union ? union.Types : [names.Syntax])
        {
            if (Resolve(type, names.Scope).Syntax is LiteralTypeSyntax { Kind: LiteralKind.Text } key) keys.Add(key.Value);
        }

        var isPick = selection.FullName == "Pick";
        members.AddRange(all.Where(m => m.Syntax.Kind == MemberKind.Property && keys.Contains(m.Syntax.Name.Text) == isPick));
        return true;
    }

    /// <summary>Declared elsewhere, or saying nothing: without members that could be known.</summary>
    public static bool IsForeign(ResolvedType type)
        => type is { Interface: null, SharedName: null, Syntax: NamedTypeSyntax { FullName: var name } } && KnownBases.Contains(name);

    private void CollectBase(TypeSyntax @base, Scope scope, bool optional, List<MemberView> members, int depth)
    {
        var inherited = new List<MemberView>();
        var resolved = Resolve(@base, scope);
        if (IsForeign(resolved)) return;
        if (depth == 0 && resolved.SharedName is { } shared && _bases is { } bases && (resolved.Interface is null || context.Comment(resolved.Interface.Doc).Find("base") is not null))
        {
            if (!bases.Contains(shared)) bases.Add(shared);
            return;
        }

        if (!Collect(resolved, optional, inherited, depth + 1))
        {
            context.Sink.Report(SpecDiagnostics.UnknownType, @base.Start, @base.Length, context.Source(@base.Start, @base.Length), "a type without members");
            return;
        }

        // What the interface declares itself overrides what it inherits.
        var own = new HashSet<string>(members.Select(m => m.Syntax.Name.Text), StringComparer.Ordinal);
        members.AddRange(inherited.Where(m => !own.Contains(m.Syntax.Name.Text)));
    }

    private void Add(IReadOnlyList<MemberSyntax> source, Scope scope, bool optional, List<MemberView> members)
    {
        foreach (var member in source)
        {
            if (!context.Spend(member.Name.Start, member.Name.Length)) return;
            members.Add(new MemberView(member, scope, optional || member.IsOptional));
        }
    }

    private (TypeSyntax Type, Scope Scope) ResolveIndexed(IndexedTypeSyntax indexed, Scope scope)
    {
        // An alias may lead back to the indexed type, so both the depth and the total are bounded.
        if (_depth < MostSteps && Spend(indexed))
        {
            _depth++;
            var target = Resolve(indexed.Object, scope);
            var index = Resolve(indexed.Index, scope).Syntax;
            _depth--;
            switch (index)
            {
                case LiteralTypeSyntax { Kind: LiteralKind.Text, Value: var key } when MembersOf(target) is { } members:
                    var member = members.Find(m => m.Syntax.Kind == MemberKind.Property && m.Syntax.Name.Text == key);
                    if (member is { Syntax.Type: { } type }) return (type, member.Scope);
                    break;
                case NamedTypeSyntax { FullName: "number" } when target.Syntax is ArrayTypeSyntax array:
                    return (array.Element, target.Scope);
            }
        }

        var unknown = Unknown(indexed, context.Source(indexed.Start, indexed.Length), scope);
        return (unknown.Syntax, unknown.Scope);
    }

    private bool Spend(TypeSyntax type) => context.Spend(type.Start, type.Length);

    private ResolvedType Unknown(TypeSyntax type, string name, Scope scope)
    {
        context.Sink.Report(SpecDiagnostics.UnknownType, type.Start, type.Length, name, "'string'");
        return new ResolvedType(new NamedTypeSyntax("string", [], type.Start, type.End), scope);
    }

    private static Scope Instantiate(Declared declared, IReadOnlyList<TypeParameterSyntax> parameters, NamedTypeSyntax use, Scope useScope)
    {
        if (parameters.Count == 0) return new Scope(declared.Block);
        var inner = new Scope(declared.Block);
        var arguments = new Dictionary<string, BoundArgument>(StringComparer.Ordinal);
        for (var i = 0; i < parameters.Count; i++)
        {
            var name = parameters[i].Name.Text;
            if (i < use.Arguments.Count) arguments[name] = new BoundArgument(use.Arguments[i], useScope);
            else if (parameters[i].Default is { } @default) arguments[name] = new BoundArgument(@default, inner);
        }

        return new Scope(declared.Block, arguments);
    }

    /// <summary>Declared as it is meant, not a pattern that each use fills in its own way; of other files only the name is known.</summary>
    private static bool IsShape(NamedTypeSyntax use, Declared? declared)
        => use.Arguments.Count == 0 && (declared?.Syntax is not InterfaceSyntax target || IsShape(target));

    /// <summary>Of other files only the name is known; what this file declares in another namespace is meant as it says.</summary>
    private static bool IsEnumeration(NamedTypeSyntax use, Declared? declared)
        => use.Arguments.Count == 0 && (declared is null || declared.Block.FullName == EnumerationsNamespace);

    /// <summary>An interface whose parameters have values by themselves, or that has none.</summary>
    public static bool IsShape(InterfaceSyntax declared) => declared.Parameters.All(parameter => parameter.Default is not null);

    private static string? NameBehind(string[] prefixes, string name)
    {
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name.IndexOf('.', prefix.Length) < 0) return NamingPolicy.Shared(name.Substring(prefix.Length));
        }

        return null;
    }
}
