namespace WeChatPay.Generator.Tests.Incremental;

/// <summary>Which sources a change emits again: those whose text is no longer the very object of before.</summary>
internal sealed class Emission(GeneratorHarness harness)
{
    /// <summary>The client tree as <see cref="Names"/> calls it.</summary>
    public const string Tree = "WeChatPayClient";

    private readonly Dictionary<string, object> _before = harness.Emitted.ToDictionary(source => source.HintName, object (source) => source.SourceText);

    /// <summary>The readable parts of all hint names, in order.</summary>
    public IEnumerable<string> Present => Names(harness.Emitted.Select(source => source.HintName));

    /// <summary>The sources that are new or were emitted again.</summary>
    public IEnumerable<string> Again => Names(harness.Emitted
        .Where(source => !_before.TryGetValue(source.HintName, out var old) || !ReferenceEquals(old, source.SourceText))
        .Select(source => source.HintName));

    /// <summary>The sources that are no more.</summary>
    public IEnumerable<string> Gone => Names(_before.Keys.Except(harness.Emitted.Select(source => source.HintName)));

    private static IEnumerable<string> Names(IEnumerable<string> hints)
        => hints.Select(name => name.LastIndexOf('-') is var hash and > 0 ? name[..hash] : name[..^".g.cs".Length]).Order(StringComparer.Ordinal);
}
