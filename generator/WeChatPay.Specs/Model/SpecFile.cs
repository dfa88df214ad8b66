namespace WeChatPay.Specs.Model;

/// <summary>
/// What one spec file says, bound: nothing in here refers to text, syntax or positions, so that a moved
/// line leaves it equal. Positions that later steps need for diagnostics are in <see cref="SpecReadResult"/>.
/// </summary>
public sealed record SpecFile
{
    /// <summary>The path as the caller gave it, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>The <c>title</c> of the front matter, or empty.</summary>
    public required string Title { get; init; }

    /// <summary>Request members without <c>?</c> are required; else nothing says for certain which are.</summary>
    public bool MarksAreTrusted { get; init; }

    public EquatableArray<Operation> Operations { get; init; }

    public EquatableArray<Notification> Notifications { get; init; }

    public EquatableArray<SharedShape> SharedShapes { get; init; }
}
