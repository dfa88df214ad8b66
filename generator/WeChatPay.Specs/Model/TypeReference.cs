namespace WeChatPay.Specs.Model;

/// <summary>The C# side of a type. A closed hierarchy: emitters switch over it.</summary>
public abstract record TypeReference
{
    private protected TypeReference()
    {
    }
}

public enum ScalarKind
{
    /// <summary><c>string</c>.</summary>
    Text,

    /// <summary><c>string</c>, written and read as text; accepts a number on the wire.</summary>
    TextOrNumber,

    /// <summary><c>long</c>.</summary>
    Integer,

    /// <summary><c>ulong</c>.</summary>
    UnsignedInteger,

    /// <summary><c>decimal</c>.</summary>
    Decimal,

    /// <summary><c>bool</c>.</summary>
    Boolean,

    /// <summary><c>WeChatPayTime</c>; the format says how a <c>DateTimeOffset</c> is written.</summary>
    Time,

    /// <summary><c>JsonElement</c>: any value.</summary>
    Json,

    /// <summary>A stream: the file of a multipart request.</summary>
    Stream,
}

/// <summary>How a time is written when the caller gives a <c>DateTimeOffset</c> or a date.</summary>
public enum TimeFormat
{
    /// <summary><c>yyyy-MM-ddTHH:mm:sszzz</c>.</summary>
    DateTime,

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary><c>yyyyMMdd</c>.</summary>
    CompactDate,

    /// <summary><c>yyyyMMddHHmmss</c>, at +08:00.</summary>
    CompactDateTime,

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c>, at +08:00.</summary>
    SpacedDateTime,

    /// <summary>Seconds since 1970-01-01T00:00:00Z as a number in text.</summary>
    UnixSeconds,
}

public sealed record ScalarType(ScalarKind Kind) : TypeReference
{
    /// <summary>For <see cref="ScalarKind.Time"/> only.</summary>
    public TimeFormat TimeFormat { get; init; }

    /// <summary>For <see cref="ScalarKind.Time"/>: the spec types it as a number.</summary>
    public bool IsNumberOnWire { get; init; }
}

public sealed record ListType(TypeReference Element) : TypeReference;

/// <summary>A class of its own, in the namespace of the operation or notification that owns it.</summary>
public sealed record ObjectType(ObjectShape Shape) : TypeReference;

public sealed record EnumerationType(Enumeration Enumeration) : TypeReference
{
    /// <summary>It belongs to a base of <c>models/</c>, in whose namespace it is.</summary>
    public bool IsShared { get; init; }
}

/// <summary>A shape of <c>models/</c>, written by name without reading its file.</summary>
public sealed record SharedType(string Name) : TypeReference;

/// <summary>An enumeration of <c>models/</c>; the name tells by its namespace that it is one, so that no file has to be read for it either.</summary>
public sealed record SharedEnumerationType(string Name) : TypeReference;

public sealed record ObjectShape
{
    public required string TypeName { get; init; }

    public required Documentation Documentation { get; init; }

    public EquatableArray<Member> Members { get; init; }

    /// <summary>The bases of <c>models/</c> that a notification or a shared shape extends; their members are not among its own.</summary>
    public EquatableArray<string> Bases { get; init; }
}

/// <summary>An open enumeration over text.</summary>
public sealed record Enumeration
{
    public required string TypeName { get; init; }

    public required Documentation Documentation { get; init; }

    public EquatableArray<EnumerationLiteral> Literals { get; init; }
}

public sealed record EnumerationLiteral
{
    public required string WireValue { get; init; }

    public required string MemberName { get; init; }

    public string? Description { get; init; }
}
