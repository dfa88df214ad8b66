using System.Collections.Immutable;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>
/// Settles who answers for a key or a name. The order is fixed and has nothing to do with the order in which the
/// compiler lists the files: the project's before the catalogue's, then by ordinal path.
/// </summary>
internal sealed class DirectoryBuilder
{
    private readonly Dictionary<string, Owner> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IndexEntry> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Owner> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Owner> _properties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Owner> _methods = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hints = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _twins = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DirectoryProblem> _problems = [];
    private readonly List<(Owner Owner, IndexEntry Entry)> _claimed = [];
    private readonly Dictionary<SpecIdentity, List<string>> _left = [];

    public static SpecDirectory Build(ImmutableArray<FileIndex> files, CancellationToken cancellationToken)
    {
        var ordered = new List<FileIndex>(files.Length);
        foreach (var file in files)
        {
            if (!file.Entries.IsEmpty) ordered.Add(file);
        }

        ordered.Sort(Compare);
        var builder = new DirectoryBuilder();
        foreach (var file in ordered)
        {
            if (!builder._hints.Add(file.Identity.HintName)) builder._twins.Add(file.Identity.HintName);
        }

        foreach (var file in ordered)
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Add(file);
        }

        builder.CheckShared();
        builder.LeaveUnusedShapes();
        return builder.Build(ordered);
    }

    private SpecDirectory Build(List<FileIndex> ordered)
    {
        var exclusions = new List<FileExclusions>();
        foreach (var file in ordered)
        {
            if (_left.TryGetValue(file.Identity, out var keys)) exclusions.Add(new(file.Identity, new([.. keys]), _twins.Contains(file.Identity.HintName)));
        }

        var operations = new List<IndexEntry>();
        var shapes = new List<string>();
        var bases = new List<SharedShape>();
        foreach (var (_, entry) in _claimed)
        {
            if (!entry.Route.IsEmpty) operations.Add(entry);
            if (IsShape(entry)) shapes.Add(entry.Key.Substring(SharedShape.KeyOf("").Length));
            if (entry.Base is { } @base) bases.Add(@base);
        }

        operations.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return new()
        {
            Exclusions = new([.. exclusions]),
            Problems = new([.. _problems]),
            Operations = new([.. operations]),
            Shapes = new([.. shapes]),
            Bases = new([.. bases]),
        };
    }

    private static int Compare(FileIndex left, FileIndex right)
    {
        var order = left.Identity.Origin.CompareTo(right.Identity.Origin);
        if (order == 0) order = string.CompareOrdinal(left.Identity.DisplayPath, right.Identity.DisplayPath);
        return order == 0 ? string.CompareOrdinal(left.Identity.Path, right.Identity.Path) : order;
    }

    private void Add(FileIndex file)
    {
        if (_twins.Contains(file.Identity.HintName))
        {
            // Steps see values, not items: two items of one file are equal in all that they see, so neither can be preferred.
            AddTwin(file.Identity);
            return;
        }

        foreach (var entry in file.Entries)
        {
            var claimant = new Owner(file.Identity, entry.Key);
            if (Claim(claimant, entry)) _claimed.Add((claimant, entry));
            else Leave(claimant);
        }
    }

    private void AddTwin(SpecIdentity file)
    {
        // The second of the two adds nothing.
        if (_left.ContainsKey(file)) return;
        var owner = new Owner(file, "");
        _left.Add(file, []);
        _problems.Add(Problem(DirectoryProblemKind.ListedTwice, owner, owner));
    }

    private void Leave(Owner owner)
    {
        if (!_left.TryGetValue(owner.File, out var keys)) _left.Add(owner.File, keys = []);
        keys.Add(owner.Key);
    }

    /// <summary>What names a shared shape that no file declares, or one that is not meant for it, would not compile, and neither would what names that.</summary>
    private void CheckShared()
    {
        for (var found = true; found;)
        {
            found = false;
            for (var i = _claimed.Count - 1; i >= 0; i--)
            {
                var (owner, entry) = _claimed[i];
                if (Unfit(entry) is not { } unfit) continue;
                found = true;
                _claimed.RemoveAt(i);
                _keys.Remove(entry.Key);
                _shapes.Remove(entry.Key);
                Leave(owner);
                _problems.Add(Problem(unfit.Objection is null ? DirectoryProblemKind.UnknownShape : DirectoryProblemKind.UnfitShape, owner, owner) with
                {
                    Name = unfit.Name,
                    Use = unfit.Use,
                    Objection = unfit.Objection ?? "",
                });
            }
        }
    }

    private (string Name, SharedUse Use, string? Objection)? Unfit(IndexEntry entry)
    {
        foreach (var (name, use) in entry.Uses)
        {
            if (!_shapes.TryGetValue(SharedShape.KeyOf(name), out var shape)) return (name, use, null);
            if (SharedShape.Objection(shape.Kind, shape.Direction, use) is { } objection) return (name, use, objection);
        }

        return entry.Base is { } @base && SharedBases.ExtendsItself(@base, FindBase) ? (@base.Name, SharedUse.Base, SharedBases.ExtendsItselfObjection) : null;
    }

    private SharedShape? FindBase(string name) => _shapes.TryGetValue(SharedShape.KeyOf(name), out var entry) ? entry.Base : null;

    /// <summary>A selection brings whole files of shared shapes of the catalogue; those that nothing names cost nothing.</summary>
    private void LeaveUnusedShapes()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<IndexEntry>();
        foreach (var (owner, entry) in _claimed)
        {
            if (!IsShape(entry) || owner.File.Origin == SpecOrigin.Project) open.Push(entry);
        }

        while (open.Count > 0)
        {
            foreach (var (name, _) in open.Pop().Uses)
            {
                var key = SharedShape.KeyOf(name);
                if (used.Add(key)) open.Push(_shapes[key]);
            }
        }

        foreach (var (owner, entry) in _claimed)
        {
            if (IsShape(entry) && owner.File.Origin == SpecOrigin.Catalogue && !used.Contains(entry.Key)) Leave(owner);
        }
    }

    private static bool IsShape(IndexEntry entry) => entry.Key.StartsWith(SharedShape.KeyOf(""), StringComparison.Ordinal);

    private bool Claim(Owner claimant, IndexEntry entry)
    {
        if (_keys.TryGetValue(entry.Key, out var owner))
        {
            var kind = owner.File.Origin == claimant.File.Origin ? DirectoryProblemKind.DeclaredTwice : DirectoryProblemKind.CatalogueReplaced;
            _problems.Add(Problem(kind, owner, claimant));
            return false;
        }

        if (Taken(entry) is { } collision)
        {
            _problems.Add(Problem(DirectoryProblemKind.NameCollision, collision.Owner, claimant) with { Name = collision.Name });
            return false;
        }

        _keys.Add(entry.Key, claimant);
        if (IsShape(entry)) _shapes.Add(entry.Key, entry);
        foreach (var name in entry.Names) _names[name] = claimant;
        foreach (var segment in entry.Route) Members(segment)[NodeName(segment)] = claimant;
        return true;
    }

    /// <summary>A name that is given already: a type, or a node that one path reaches by a property and another by a method.</summary>
    private (string Name, Owner Owner)? Taken(IndexEntry entry)
    {
        foreach (var name in entry.Names)
        {
            if (_names.TryGetValue(name, out var owner)) return (name, owner);
        }

        foreach (var segment in entry.Route)
        {
            var others = segment.IsParameter ? _properties : _methods;
            if (others.TryGetValue(NodeName(segment), out var owner)) return (NodeName(segment), owner);
        }

        return null;
    }

    private Dictionary<string, Owner> Members(RouteSegment segment) => segment.IsParameter ? _methods : _properties;

    private static string NodeName(RouteSegment segment) => segment.ResourceNamespace + "." + segment.ResourceTypeName;

    private static DirectoryProblem Problem(DirectoryProblemKind kind, Owner winner, Owner loser)
        => new() { Kind = kind, Winner = winner.File, WinnerKey = winner.Key, Loser = loser.File, LoserKey = loser.Key };

    private readonly record struct Owner(SpecIdentity File, string Key);
}
