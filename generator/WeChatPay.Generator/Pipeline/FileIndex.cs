using WeChatPay.Generator.Emit;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>What the other files and the client tree have to know of a file: keys, names and routes. No field of a model is in it.</summary>
internal sealed record FileIndex(SpecIdentity Identity, EquatableArray<IndexEntry> Entries)
{
    public static FileIndex Of(SpecModel model, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var entries = new List<IndexEntry>();
        foreach (var operation in model.File.Operations)
        {
            if (Support.IsGenerated(operation)) entries.Add(IndexEntry.Of(operation));
        }

        foreach (var notification in model.File.Notifications) entries.Add(IndexEntry.Of(notification));
        foreach (var shape in model.File.SharedShapes) entries.Add(IndexEntry.Of(shape));
        return new(model.Identity, new(entries.ToArray()));
    }
}

/// <summary>One operation, notification, shared shape or enumeration.</summary>
internal sealed record IndexEntry
{
    public required string Key { get; init; }

    /// <summary>The C# names, below the root namespace, that must not be given twice.</summary>
    public required EquatableArray<string> Names { get; init; }

    /// <summary>The shared shapes that it names, and how.</summary>
    public EquatableArray<(string Name, SharedUse Use)> Uses { get; init; }

    /// <summary>Of a shared shape: what it is.</summary>
    public SharedKind Kind { get; init; }

    /// <summary>Of a shared shape: who may use it.</summary>
    public SharedDirection Direction { get; init; }

    /// <summary>Of a shared shape that others extend: the whole of it, since its members become theirs.</summary>
    public SharedShape? Base { get; init; }

    /// <summary>Empty for anything but an operation.</summary>
    public EquatableArray<RouteSegment> Route { get; init; }

    public string Verb { get; init; } = "";

    public static IndexEntry Of(Operation operation) => new()
    {
        Key = operation.Key,
        Names = new([operation.Names.Namespace + "." + operation.Names.TypePrefix]),
        Route = operation.Route,
        Verb = operation.Verb,
        Uses = new([.. SharedUses.Of(operation)]),
    };

    public static IndexEntry Of(Notification notification)
    {
        var names = new List<string> { notification.Namespace + "." + notification.Resource.TypeName };
        foreach (var variant in notification.Variants) names.Add(notification.Namespace + "." + variant.Shape.TypeName);
        return new() { Key = notification.Key, Names = new(names.ToArray()), Uses = new([.. SharedUses.Of(notification)]) };
    }

    public static IndexEntry Of(SharedShape shape) => new()
    {
        Key = shape.Key,
        Names = new(["Models." + (shape.IsBase ? SharedShape.InterfaceOf(shape.Name) : shape.Name)]),
        Uses = new([.. SharedUses.Of(shape)]),
        Kind = shape.Kind,
        Direction = shape.Direction,
        Base = shape.IsBase ? shape : null,
    };
}
