namespace WeChatPay.Specs.Model;

/// <summary>A shape that several operations use, declared in <c>models/&lt;name&gt;.md</c>.</summary>
public sealed record SharedShape
{
    public required string Name { get; init; }

    public required ObjectShape Shape { get; init; }

    /// <summary>Who may use it: <c>@sent</c>, <c>@received</c>, without a tag both.</summary>
    public SharedDirection Direction { get; init; }

    /// <summary>
    /// <c>@base</c>: what answers, notifications and other shared shapes have in common. They extend it and no member is of its type; in C# it is
    /// the interface that they implement.
    /// </summary>
    public bool IsBase { get; init; }

    /// <summary>The identity of a shared shape.</summary>
    public string Key => KeyOf(Name);

    public static string KeyOf(string name) => "model " + name;

    /// <summary>The C# name of a base.</summary>
    public static string InterfaceOf(string name) => "I" + name;

    /// <summary>Why the shape cannot be used so, or null if it can.</summary>
    public static string? Objection(SharedDirection direction, bool isBase, SharedUse use) => (use, direction) switch
    {
        (SharedUse.Base, _) => isBase ? null : "which is no @base, so that nothing can extend it",
        _ when isBase => "which is a @base, so that no member can be of its type",
        (SharedUse.Sent, SharedDirection.Received) => "which is @received only, in a request",
        (SharedUse.Received, SharedDirection.Sent) => "which is @sent only, in an answer or a notification",
        (SharedUse.Both, not SharedDirection.Both) => "which travels one way only, in a shape that travels both ways",
        _ => null,
    };
}

/// <summary>The ways that a shared shape travels; each costs code.</summary>
public enum SharedDirection
{
    Both,

    /// <summary>In requests.</summary>
    Sent,

    /// <summary>In answers and notifications.</summary>
    Received,
}

/// <summary>How a shared shape is used.</summary>
public enum SharedUse
{
    /// <summary>By a member of a shape that travels both ways.</summary>
    Both,

    /// <summary>By a member of what is sent.</summary>
    Sent,

    /// <summary>By a member of what is received.</summary>
    Received,

    /// <summary>Extended by an answer, a notification or another shared shape.</summary>
    Base,
}
