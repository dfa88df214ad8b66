namespace WeChatPay.Specs.Model;

/// <summary>Which shared shapes and enumerations are named, and how: each once for each way.</summary>
public static class SharedUses
{
    public static IReadOnlyList<(string Name, SharedUse Use)> Of(Operation operation)
    {
        var uses = new List<(string, SharedUse)>();
        Add(operation.Response.Bases, uses);
        Add(operation.Query, SharedUse.Sent, uses);
        Add(operation.Headers, SharedUse.Sent, uses);
        Add(operation.Body.Members, SharedUse.Sent, uses);
        Add(operation.Response.Members, SharedUse.Received, uses);
        return uses;
    }

    public static IReadOnlyList<(string Name, SharedUse Use)> Of(Notification notification)
    {
        var uses = new List<(string, SharedUse)>();
        Add(notification.Resource.Bases, uses);
        Add(notification.Resource.Members, SharedUse.Received, uses);
        foreach (var variant in notification.Variants)
        {
            Add(variant.Shape.Bases, uses);
            Add(variant.Shape.Members, SharedUse.Received, uses);
        }

        return uses;
    }

    public static IReadOnlyList<(string Name, SharedUse Use)> Of(SharedShape shape)
    {
        var uses = new List<(string, SharedUse)>();
        Add(shape.Shape.Bases, uses);
        Add(shape.Shape.Members, shape.Direction switch { SharedDirection.Sent => SharedUse.Sent, SharedDirection.Received => SharedUse.Received, _ => SharedUse.Both }, uses);
        return uses;
    }

    private static void Add(EquatableArray<string> bases, List<(string, SharedUse)> uses)
    {
        foreach (var name in bases) Add(name, SharedUse.Base, uses);
    }

    private static void Add(EquatableArray<Member> members, SharedUse use, List<(string, SharedUse)> uses)
    {
        foreach (var member in members)
        {
            var type = member.Type;
            while (type is ListType list) type = list.Element;
            if (type is SharedType shared) Add(shared.Name, use, uses);
            else if (type is SharedEnumerationType enumeration) Add(enumeration.Name, SharedUse.Enumeration, uses);
            else if (type is ObjectType nested) Add(nested.Shape.Members, use, uses);
        }
    }

    private static void Add(string name, SharedUse use, List<(string, SharedUse)> uses)
    {
        if (!uses.Contains((name, use))) uses.Add((name, use));
    }
}
