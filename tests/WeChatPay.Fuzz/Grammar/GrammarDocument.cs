namespace WeChatPay.Fuzz.Grammar;

/// <summary>A valid document, and what a reader must find in it.</summary>
internal sealed record GrammarDocument(string Path, string Text, IReadOnlyList<GrammarOperation> Operations, IReadOnlyList<GrammarShape> Notifications, IReadOnlyList<GrammarShape> Models);

/// <param name="Declaration">The namespace, as TypeScript.</param>
internal sealed record GrammarOperation(string Verb, string Template, string Declaration)
{
    public required GrammarBody Body { get; init; }

    public IReadOnlyList<GrammarMember> Query { get; init; } = [];

    public IReadOnlyList<GrammarMember> Headers { get; init; } = [];

    public required GrammarAnswer Answer { get; init; }

    /// <summary>Interfaces of the call, which do not stand in the operation's namespace.</summary>
    public string Chain { get; init; } = "";

    public bool RequiresClientCertificate { get; init; }

    public bool HasHost { get; init; }

    public string? IdempotentBy { get; init; }

    public string Key => Verb.ToUpperInvariant() + " " + Template;

    /// <summary>Equal for operations that would get one C# name.</summary>
    public string NameKey => (Verb + Template.TrimEnd('/')).Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}

internal sealed record GrammarBody(string Kind, IReadOnlyList<GrammarMember> Members, string Declaration, string Config);

internal sealed record GrammarAnswer(string Kind, IReadOnlyList<GrammarMember> Members, string Declaration, string Config);

/// <summary>A notification or a shared shape.</summary>
internal sealed record GrammarShape(string Key, IReadOnlyList<GrammarMember> Members);

/// <param name="Text">The member as TypeScript, with its comment.</param>
internal sealed record GrammarMember(string WireName, string Text, GrammarType Type);

/// <param name="Text">As TypeScript.</param>
/// <param name="Kind">The scalar kind, <c>Enumeration A|B</c>, <c>Object</c>, or one of these behind <c>List of </c>.</param>
/// <param name="Members">Of an object, or of the objects in a list.</param>
/// <param name="Declarations">What has to stand beside it in the namespace.</param>
internal sealed record GrammarType(string Text, string Kind, IReadOnlyList<GrammarMember> Members, string Declarations)
{
    public GrammarType(string text, string kind)
        : this(text, kind, [], "")
    {
    }

    public GrammarType List(string text) => this with { Text = text, Kind = "List of " + Kind };
}
