namespace WeChatPay.Specs.Model;

/// <summary>A shape or an enumeration that several operations use, declared in <c>models/&lt;name&gt;.md</c>.</summary>
public sealed record SharedShape
{
    public required string Name { get; init; }

    /// <summary>Of an enumeration: its documentation, without members.</summary>
    public required ObjectShape Shape { get; init; }

    /// <summary>Declared in <c>WeChatPay.Enumerations</c>; it travels both ways and names nothing. Null: a shape.</summary>
    public Enumeration? Enumeration { get; init; }

    /// <summary>Who may use it: <c>@sent</c>, <c>@received</c>, without a tag both.</summary>
    public SharedDirection Direction { get; init; }

    /// <summary>
    /// <c>@base</c>: what answers, notifications and other shared shapes have in common. They extend it and no member is of its type; in C# it is
    /// the interface that they implement.
    /// </summary>
    public bool IsBase { get; init; }

    public SharedKind Kind => Enumeration is not null ? SharedKind.Enumeration : IsBase ? SharedKind.Base : SharedKind.Shape;

    /// <summary>The identity of a shared shape or enumeration, which are types of one C# namespace.</summary>
    public string Key => KeyOf(Name);

    public static string KeyOf(string name) => "model " + name;

    /// <summary>The C# name of a base.</summary>
    public static string InterfaceOf(string name) => "I" + name;

    /// <summary>How a spec writes the name, behind <c>WeChatPay.</c>.</summary>
    public static string Qualified(string name, SharedUse use) => (use == SharedUse.Enumeration ? "Enumerations." : "Models.") + name;

    /// <summary>Why the shape cannot be used so, or null if it can.</summary>
    public static string? Objection(SharedKind kind, SharedDirection direction, SharedUse use) => (use, direction) switch
    {
        (SharedUse.Enumeration, _) => kind == SharedKind.Enumeration ? null : "which is no enumeration: WeChatPay.Models holds it",
        _ when kind == SharedKind.Enumeration => "which is an enumeration: WeChatPay.Enumerations holds it",
        (SharedUse.Base, _) => kind == SharedKind.Base ? null : "which is no @base, so that nothing can extend it",
        _ when kind == SharedKind.Base => "which is a @base, so that no member can be of its type",
        (SharedUse.Sent, SharedDirection.Received) => "which is @received only, in a request",
        (SharedUse.Received, SharedDirection.Sent) => "which is @sent only, in an answer or a notification",
        (SharedUse.Both, not SharedDirection.Both) => "which travels one way only, in a shape that travels both ways",
        _ => null,
    };
}

public enum SharedKind
{
    /// <summary>Members are of its type.</summary>
    Shape,

    /// <summary>Others extend it.</summary>
    Base,

    /// <summary>Values that members have, whichever way they travel.</summary>
    Enumeration,
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

    /// <summary>The type of a member, whichever way it travels.</summary>
    Enumeration,
}
