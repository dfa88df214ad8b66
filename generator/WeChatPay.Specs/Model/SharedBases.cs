namespace WeChatPay.Specs.Model;

/// <summary>
/// Gives what extends a base the members of that base. Reading a file cannot, since it knows no other: <see cref="SpecFile"/> holds the names,
/// and whoever has all files calls this before looking at members.
/// </summary>
public static class SharedBases
{
    /// <summary>Said of a base of which <see cref="ExtendsItself"/> is true.</summary>
    public const string ExtendsItselfObjection = "which extends itself";

    /// <param name="file">As it was read.</param>
    /// <param name="find">The base of that name, or null; what is not found adds nothing.</param>
    public static SpecFile Resolve(SpecFile file, Func<string, SharedShape?> find)
    {
        if (!AnyOf(file)) return file;
        var operations = new Operation[file.Operations.Count];
        for (var i = 0; i < operations.Length; i++)
        {
            var operation = file.Operations[i];
            operations[i] = operation with { Response = operation.Response with { Members = Join(operation.Response.Members, operation.Response.Bases, find) } };
        }

        var notifications = new Notification[file.Notifications.Count];
        for (var i = 0; i < notifications.Length; i++)
        {
            var notification = file.Notifications[i];
            var variants = new NotificationVariant[notification.Variants.Count];
            for (var v = 0; v < variants.Length; v++) variants[v] = notification.Variants[v] with { Shape = Join(notification.Variants[v].Shape, find) };
            notifications[i] = notification with { Resource = Join(notification.Resource, find), Variants = new(variants) };
        }

        var shapes = new SharedShape[file.SharedShapes.Count];
        for (var i = 0; i < shapes.Length; i++) shapes[i] = Resolve(file.SharedShapes[i], find);
        return file with { Operations = new(operations), Notifications = new(notifications), SharedShapes = new(shapes) };
    }

    /// <summary>The base leads back to itself, directly or by others: neither would compile.</summary>
    /// <param name="shape">A base.</param>
    /// <param name="find">The base of that name, or null.</param>
    public static bool ExtendsItself(SharedShape shape, Func<string, SharedShape?> find)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(shape.Shape.Bases);
        while (open.Count > 0)
        {
            var name = open.Pop();
            if (name == shape.Name) return true;
            if (!seen.Add(name) || find(name) is not { } next) continue;
            foreach (var further in next.Shape.Bases) open.Push(further);
        }

        return false;
    }

    /// <summary>A base that extends another keeps to its own members, as its interface does.</summary>
    private static SharedShape Resolve(SharedShape shape, Func<string, SharedShape?> find)
    {
        if (!shape.IsBase) return shape with { Shape = Join(shape.Shape, find) };
        if (shape.Shape.Bases.IsEmpty) return shape;
        var inherited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in Join(EquatableArray<Member>.Empty, shape.Shape.Bases, find)) inherited.Add(member.WireName);
        var own = new List<Member>();
        foreach (var member in shape.Shape.Members)
        {
            if (!inherited.Contains(member.WireName)) own.Add(member);
        }

        return shape with { Shape = shape.Shape with { Members = new([.. own]) } };
    }

    private static bool AnyOf(SpecFile file)
    {
        foreach (var operation in file.Operations)
        {
            if (!operation.Response.Bases.IsEmpty) return true;
        }

        foreach (var shape in file.SharedShapes)
        {
            if (!shape.Shape.Bases.IsEmpty) return true;
        }

        foreach (var notification in file.Notifications)
        {
            if (!notification.Resource.Bases.IsEmpty) return true;
            foreach (var variant in notification.Variants)
            {
                if (!variant.Shape.Bases.IsEmpty) return true;
            }
        }

        return false;
    }

    private static ObjectShape Join(ObjectShape shape, Func<string, SharedShape?> find) => shape with { Members = Join(shape.Members, shape.Bases, find) };

    /// <summary>The members of the bases in their order, then its own. What it declares again keeps its own words and marks; its type is the base's.</summary>
    private static EquatableArray<Member> Join(EquatableArray<Member> own, EquatableArray<string> bases, Func<string, SharedShape?> find, HashSet<string>? above = null)
    {
        if (bases.IsEmpty) return own;
        var result = new List<Member>(own.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in bases)
        {
            if (find(name) is not { } @base) continue;
            var members = @base.Shape.Members;
            if (!@base.Shape.Bases.IsEmpty)
            {
                // Bases in a circle are refused elsewhere; nobody may hang because of them.
                above ??= new(StringComparer.Ordinal);
                if (!above.Add(name)) continue;
                members = Join(members, @base.Shape.Bases, find, above);
                above.Remove(name);
            }

            foreach (var member in members)
            {
                if (!taken.Add(member.WireName)) continue;
                var inherited = member with { Type = OfBase(member.Type) };
                foreach (var again in own)
                {
                    if (again.WireName == member.WireName) inherited = again with { PropertyName = member.PropertyName, Type = inherited.Type, Encryption = member.Encryption };
                }

                result.Add(inherited);
            }
        }

        foreach (var member in own)
        {
            if (taken.Add(member.WireName)) result.Add(member);
        }

        return new([.. result]);
    }

    /// <summary>What the base owns is named from outside of it.</summary>
    private static TypeReference OfBase(TypeReference type) => type switch
    {
        ListType list => new ListType(OfBase(list.Element)),
        ObjectType owned => new SharedType(owned.Shape.TypeName),
        EnumerationType owned => owned with { IsShared = true },
        _ => type,
    };
}
