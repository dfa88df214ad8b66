namespace WeChatPay.Specs.Samples;

internal enum SampleKind
{
    Text,
    Number,
    Boolean,
    Null,
    Object,
    List,
}

/// <summary>A value of a sample, with its place in the file.</summary>
internal sealed class SampleNode(SampleKind kind, int start, int end)
{
    public SampleKind Kind { get; } = kind;

    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>The text of a scalar.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<SampleMember> Members { get; init; } = [];

    public IReadOnlyList<SampleNode> Elements { get; init; } = [];

    public SampleNode? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name) return member.Value;
        }

        return null;
    }
}

/// <param name="Start">Where the name stands.</param>
internal sealed record SampleMember(string Name, int Start, int Length, SampleNode Value);
