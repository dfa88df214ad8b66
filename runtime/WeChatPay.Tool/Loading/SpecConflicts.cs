using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.Loading;

/// <summary>
/// What only shows across files: two declarations of one thing or of one C# name, shared shapes that no file declares. The rules and
/// the ids are the generator's; the file whose path comes first is used.
/// </summary>
internal sealed class SpecConflicts
{
    private readonly Dictionary<string, LoadedSpec> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (LoadedSpec File, string Key)> _names = new(StringComparer.Ordinal);
    private readonly List<SpecProblem> _problems = [];

    public IReadOnlyList<SpecProblem> Problems => _problems;

    public static SpecConflicts Find(IReadOnlyList<LoadedSpec> files)
    {
        var conflicts = new SpecConflicts();
        foreach (var file in files)
        {
            foreach (var operation in file.File.Operations) conflicts.Claim(file, operation.Key, [operation.Names.Namespace + "." + operation.Names.TypePrefix]);
            foreach (var notification in file.File.Notifications)
            {
                conflicts.Claim(file, notification.Key, [.. NotificationShapes.Of(notification).Select(shape => notification.Namespace + "." + shape.Shape.TypeName)]);
            }

            foreach (var shape in file.File.SharedShapes) conflicts.Claim(file, shape.Key, ["Models." + (shape.IsBase ? SharedShape.InterfaceOf(shape.Name) : shape.Name)]);
        }

        conflicts.CheckShared(files);
        return conflicts;
    }

    /// <summary>The file's declaration of this key is the one that counts.</summary>
    public bool IsUsed(LoadedSpec file, string key) => _owners.TryGetValue(key, out var owner) && ReferenceEquals(owner, file);

    private void Claim(LoadedSpec file, string key, IReadOnlyList<string> names)
    {
        if (_owners.TryGetValue(key, out var owner))
        {
            if (!ReferenceEquals(owner, file)) AddPair(owner, key, file, key, "WXP0111", (self, other, verdict) => self + " is declared also at " + other + "; " + verdict + ". Remove one of them.");
            return;
        }

        foreach (var name in names)
        {
            if (!_names.TryGetValue(name, out var first)) continue;
            AddPair(first.File, first.Key, file, key, "WXP0112", (self, other, verdict) => self + " has the C# name " + name + ", as " + other + " has; " + verdict);
            return;
        }

        _owners.Add(key, file);
        foreach (var name in names) _names[name] = (file, key);
    }

    private void AddPair(LoadedSpec winner, string winnerKey, LoadedSpec loser, string loserKey, string id, Func<string, string, string, string> message)
    {
        var winnerRange = winner.RangeOf(winnerKey);
        var loserRange = loser.RangeOf(loserKey);
        var (first, second) = (SpecProblem.Place(winner.Path, winnerRange), SpecProblem.Place(loser.Path, loserRange));
        if (id == "WXP0112") (first, second) = (winnerKey + " at " + first, loserKey + " at " + second);
        _problems.Add(new(winner.Path, winnerRange, SpecSeverity.Warning, id, message(winnerKey, second, "this one is used")));
        _problems.Add(new(loser.Path, loserRange, SpecSeverity.Warning, id, message(loserKey, first, "that one is used, this one yields no code")));
    }

    /// <summary>What names an unknown shape is not generated, and neither is what names that.</summary>
    private void CheckShared(IReadOnlyList<LoadedSpec> files)
    {
        for (var found = true; found;)
        {
            found = false;
            foreach (var file in files)
            {
                foreach (var (key, uses) in Uses(file.File))
                {
                    if (!IsUsed(file, key) || Unfit(file.File, key, uses) is not var (name, id, message)) continue;
                    found = true;
                    _owners.Remove(key);
                    _problems.Add(new(file.Path, file.RangeOf(key), SpecSeverity.Error, id, string.Format(CultureInfo.InvariantCulture, message, key, name)));
                }
            }
        }
    }

    private (string Name, string Id, string Message)? Unfit(SpecFile file, string key, IReadOnlyList<(string Name, SharedUse Use)> uses)
    {
        foreach (var use in uses)
        {
            if (Objection(use) is var (id, message)) return (SharedShape.Qualified(use.Name, use.Use), id, message);
        }

        return file.SharedShapes.FirstOrDefault(shape => shape.IsBase && shape.Key == key) is { } @base && SharedBases.ExtendsItself(@base, FindBase)
            ? (SharedShape.Qualified(@base.Name, SharedUse.Base), "WXP0116", UnfitMessage(SharedBases.ExtendsItselfObjection))
            : null;
    }

    private SharedShape? FindBase(string name)
        => _owners.TryGetValue(SharedShape.KeyOf(name), out var owner) ? owner.File.SharedShapes.FirstOrDefault(shape => shape.Name == name && shape.IsBase) : null;

    private static string UnfitMessage(string objection) => "{0} uses WeChatPay.{1}, " + objection + "; no code is generated for it";

    private (string Id, string Message)? Objection((string Name, SharedUse Use) use)
    {
        if (!_owners.TryGetValue(SharedShape.KeyOf(use.Name), out var owner))
        {
            return ("WXP0115", "{0} names WeChatPay.{1}, which no spec file declares, so no code is generated for it: add the file models/<name>.md that declares it");
        }

        var shape = owner.File.SharedShapes.First(shared => shared.Name == use.Name);
        return SharedShape.Objection(shape.Kind, shape.Direction, use.Use) is { } objection
            ? ("WXP0116", UnfitMessage(objection))
            : null;
    }

    private static IEnumerable<(string Key, IReadOnlyList<(string Name, SharedUse Use)> Uses)> Uses(SpecFile file)
        => file.Operations.Select(operation => (operation.Key, SharedUses.Of(operation)))
            .Concat(file.Notifications.Select(notification => (notification.Key, SharedUses.Of(notification))))
            .Concat(file.SharedShapes.Select(shape => (shape.Key, SharedUses.Of(shape))));
}
