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

        foreach (var notification in model.File.Notifications)
        {
            if (Support.IsGenerated(notification)) entries.Add(IndexEntry.Of(notification));
        }

        return new(model.Identity, new(entries.ToArray()));
    }
}

/// <summary>One operation or notification.</summary>
internal sealed record IndexEntry
{
    public required string Key { get; init; }

    /// <summary>The C# names, below the root namespace, that must not be given twice.</summary>
    public required EquatableArray<string> Names { get; init; }

    /// <summary>Empty for a notification.</summary>
    public EquatableArray<RouteSegment> Route { get; init; }

    public string Verb { get; init; } = "";

    public static IndexEntry Of(Operation operation) => new()
    {
        Key = operation.Key,
        Names = new([operation.Names.Namespace + "." + operation.Names.TypePrefix]),
        Route = operation.Route,
        Verb = operation.Verb,
    };

    public static IndexEntry Of(Notification notification)
    {
        var names = new List<string> { notification.Namespace + "." + notification.Resource.TypeName };
        foreach (var variant in notification.Variants) names.Add(notification.Namespace + "." + variant.TypeName);
        return new() { Key = notification.Key, Names = new(names.ToArray()) };
    }
}
