namespace WeChatPay.Specs.Markdown;

/// <summary>What of a Markdown file a spec needs. Offsets are offsets into the text; lists are in order.</summary>
internal sealed class SpecDocument
{
    /// <summary>Where the YAML stands; it is read only where a fence is ours.</summary>
    public required (int Start, int End)? FrontMatter { get; init; }

    /// <summary>Where marks open front matter that nothing closes.</summary>
    public int? OpenFrontMatter { get; init; }

    public required IReadOnlyList<SpecHeading> Headings { get; init; }

    public required IReadOnlyList<SpecParagraph> Paragraphs { get; init; }

    public required IReadOnlyList<SpecFence> Fences { get; init; }

    public required IReadOnlyList<SpecBox> Boxes { get; init; }
}

/// <summary>The top-level scalars of the YAML block.</summary>
internal sealed class FrontMatter(Dictionary<string, FrontMatterValue> values)
{
    public static FrontMatter None { get; } = new([]);

    public string Text(string key) => values.TryGetValue(key, out var value) ? value.Text : "";

    public FrontMatterValue? Find(string key) => values.TryGetValue(key, out var value) ? value : null;
}

internal sealed record FrontMatterValue(string Text, int Start, int Length);

/// <param name="Id">Of <c>{#post}</c>, or empty.</param>
internal sealed record SpecHeading(int Level, string Id, int Start, IReadOnlyList<ProseRun> Runs);

/// <summary>A top-level paragraph.</summary>
internal sealed record SpecParagraph(int Start, IReadOnlyList<ProseRun> Runs);

/// <param name="Url">Where the text is a link.</param>
internal sealed record ProseRun(string Text, string? Url, int Start, int Length);

/// <param name="Start">The offset of the opening marks.</param>
/// <param name="ContentStart">The first character of the content.</param>
/// <param name="ContentEnd">Behind the last one.</param>
internal sealed record SpecFence(string Language, int Start, int ContentStart, int ContentEnd, bool IsClosed);

/// <summary>A container <c>::: danger … :::</c>, or an alert <c>&gt; [!IMPORTANT]</c>.</summary>
/// <param name="Kind">In lower case: <c>danger</c>, <c>important</c>.</param>
internal sealed record SpecBox(string Kind, string Text, int Start, int End, bool IsDeprecation);
