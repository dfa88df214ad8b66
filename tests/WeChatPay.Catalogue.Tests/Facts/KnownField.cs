namespace WeChatPay.Catalogue.Tests.Facts;

/// <summary>One line of <c>operations.tsv</c>; the head of that file says what the columns mean.</summary>
internal sealed record KnownField(
    string Place, string Path, string Type, string KnownBy, string RequiredBy, bool IsRequired, string? Format, string? EncryptedWith)
{
    /// <summary>Members that a single SDK has because it shares a class between calls.</summary>
    public bool IsOneSdkOnly => KnownBy == "s";

    /// <summary>Rule 2 of the catalogue: the merged opinion and two independent sources.</summary>
    public bool MustBeRequired => IsRequired && RequiredBy.Length >= 2;

    public static KnownField Parse(string line)
    {
        var c = line.Split('\t');
        return new KnownField(c[0], c[1], c[2], c[3], Value(c[4]) ?? "", c[5] == "yes", Value(c[6]), Value(c[7]));
    }

    private static string? Value(string text) => text == "-" ? null : text;
}

internal sealed record KnownOperation(string Key, string AnswerKind, IReadOnlyList<KnownField> Fields);

internal sealed record KnownNotification(string Key, IReadOnlyList<string> OriginalTypes, IReadOnlyDictionary<string, string> Fields);

internal static class KnownFacts
{
    public static IReadOnlyList<KnownOperation> Operations { get; } =
    [
        .. Blocks("operations.tsv").Select(b => new KnownOperation(b.Head[0], b.Head[1], [.. b.Lines.Select(KnownField.Parse)])),
    ];

    public static IReadOnlyList<KnownNotification> Notifications { get; } =
    [
        .. Blocks("notifications.tsv").Select(b => new KnownNotification(
            b.Head[0], b.Head[1].Split(' '), b.Lines.Select(l => l.Split('\t')).ToDictionary(c => c[0], c => c[1], StringComparer.Ordinal))),
    ];

    public static KnownOperation? Operation(string key) => Operations.SingleOrDefault(o => o.Key == key);

    public static KnownNotification? Notification(string key) => Notifications.SingleOrDefault(n => n.Key == key);

    private static IEnumerable<(string[] Head, string[] Lines)> Blocks(string name)
        => File.ReadAllText(System.IO.Path.Combine(SpecCatalogue.RepositoryRoot, "tests/WeChatPay.Catalogue.Tests/Facts", name))
            .ReplaceLineEndings("\n").Split("\n\n").Skip(1)
            .Select(b => b.Trim('\n').Split('\n'))
            .Select(l => (l[0].Split('\t'), l[1..]));
}
