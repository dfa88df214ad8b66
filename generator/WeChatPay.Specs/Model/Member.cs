namespace WeChatPay.Specs.Model;

/// <summary>A member of a request, an answer, a notification or a nested object.</summary>
public sealed record Member
{
    /// <summary>The name on the wire, literally.</summary>
    public required string WireName { get; init; }

    /// <summary>The C# property, unique within its class and not equal to it.</summary>
    public required string PropertyName { get; init; }

    public required TypeReference Type { get; init; }

    /// <summary>
    /// Must be set by the caller. Already decided by the file's <c>optionality</c> and the reader's options;
    /// never true for answers and notifications.
    /// </summary>
    public bool IsRequired { get; init; }

    /// <summary>The one literal that a required member of a file with declared optionality is pre-set to, or null.</summary>
    public string? PresetLiteral { get; init; }

    public Encryption Encryption { get; init; }

    public bool IsEcho { get; init; }

    public required Documentation Documentation { get; init; }

    public MemberConstraints? Constraints { get; init; }
}

/// <summary>How a sensitive member travels.</summary>
public enum Encryption
{
    None,

    /// <summary>Requests: under the platform's key. Answers: under the merchant's certificate. RSAES-OAEP (SM2 in 国密 mode).</summary>
    Platform,

    /// <summary>Encrypted by the named key of another kind; documented, carried as text.</summary>
    Other,
}

/// <summary>Limits for the documentation; the client never enforces a rule of the server.</summary>
public sealed record MemberConstraints
{
    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    public string? Pattern { get; init; }

    public string? Default { get; init; }

    public string? Example { get; init; }

    public string? Format { get; init; }
}

/// <summary>Plain text; escaping is the emitter's work.</summary>
public sealed record Documentation
{
    public static Documentation None { get; } = new();

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    public EquatableArray<DocumentationLink> Links { get; init; }

    /// <summary>Null: not deprecated. Empty: deprecated without a reason.</summary>
    public string? Deprecation { get; init; }
}

public sealed record DocumentationLink
{
    public required string Text { get; init; }

    public required string Url { get; init; }
}
