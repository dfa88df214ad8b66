namespace WeChatPay.Catalogue.Tests.Facts;

/// <summary>What is known of a field; the head of each file of facts says what its columns mean.</summary>
/// <param name="Place"><c>path</c>, <c>query</c>, <c>header</c>, <c>body</c> or <c>response</c>; <c>resource</c> of a notification.</param>
/// <param name="Path">E.g. <c>detail.goods_detail[].quantity</c>.</param>
/// <param name="Type"><c>s</c>, <c>i</c>, <c>n</c>, <c>b</c>, <c>o</c> or <c>f</c>, with <c>*</c> in front for a list.</param>
/// <param name="TimeFormat">How a time is written, or null.</param>
/// <param name="DecryptedBy">Whose key decrypts it, or null.</param>
/// <param name="IsEncryptionDoubtful">A single SDK is all that says that the field is encrypted.</param>
/// <param name="KnownBy">Of <c>d</c> (documents), <c>s</c> (an independent SDK) and <c>o</c> (official SDKs).</param>
/// <param name="RequiredBy">As <paramref name="KnownBy"/>.</param>
/// <param name="IsRequired">The merged opinion.</param>
/// <param name="IsAlternative">Another field beside it identifies the same thing.</param>
internal sealed record KnownField(
    string Place, string Path, string Type, string? TimeFormat, char? DecryptedBy, bool IsEncryptionDoubtful, string KnownBy, string RequiredBy, bool IsRequired, bool IsAlternative)
{
    /// <summary>Members that a single SDK has, mostly because it shares a class between calls.</summary>
    public bool IsOneSdkOnly => KnownBy == "s";

    public string Name => Path[(Path.LastIndexOf('.') + 1)..].TrimEnd('[', ']');

    public bool IsAtRoot => !Path.Contains('.', StringComparison.Ordinal);

    /// <summary>Rule 2 of the catalogue: the merged opinion and two independent sources; and rule 3.</summary>
    public bool MustBeRequired => IsRequired && RequiredBy.Length >= 2 && !IsAlternative;

    public static KnownField Parse(string place, string path, string[] columns)
    {
        var type = columns[1].Split('~');
        var format = type[0].Split(':', 2);
        var requires = columns.Length > 3 ? columns[3] : "";
        return new KnownField(
            place, path, format[0], format.Length > 1 ? format[1] : null, type.Length > 1 ? type[1][0] : null, type.Length > 1 && type[1].EndsWith('?'),
            columns[2], requires.TrimEnd('!', '/'), requires.Contains('!', StringComparison.Ordinal), requires.Contains('/', StringComparison.Ordinal));
    }
}

internal sealed record KnownOperation(string Key, string BodyKind, string AnswerKind, IReadOnlyList<string> Words, IReadOnlyList<KnownField> Fields)
{
    public bool IsVersion2 => !Key.Contains("/v3/", StringComparison.Ordinal);

    /// <summary>A single SDK is all that knows the operation, so what it says is taken.</summary>
    public bool IsOneSdkOnly => Words.Contains("sdkonly");
}

internal sealed record KnownNotification(string Key, IReadOnlyList<string> OriginalTypes, bool HasDocuments, IReadOnlyList<KnownField> Fields);

internal static class KnownFacts
{
    private static string Folder { get; } = Path.Combine(SpecCatalogue.RepositoryRoot, "tests/WeChatPay.Catalogue.Tests/Facts");

    public static IReadOnlyDictionary<string, KnownOperation> Operations { get; } =
        Directory.EnumerateFiles(Folder, "operations.*.tsv").Order(StringComparer.Ordinal).SelectMany(Blocks)
            .Select(b => new KnownOperation(b.Head[0], b.Head[1], b.Head[2], b.Head.Length > 3 ? b.Head[3].Split(' ') : [], [.. Fields(b.Lines)]))
            .ToDictionary(o => o.Key, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, KnownNotification> Notifications { get; } = Blocks(Path.Combine(Folder, "notifications.tsv"))
        .Select(b => new KnownNotification(b.Head[0], b.Head[1] == "-" ? [] : b.Head[1].Split(' '), b.Head.Length < 3, [.. Fields(b.Lines)]))
        .ToDictionary(n => n.Key, StringComparer.Ordinal);

    public static KnownOperation Operation(string key) => Operations[key];

    public static KnownNotification Notification(string key) => Notifications[key];

    private static IEnumerable<KnownField> Fields(IEnumerable<string> lines)
    {
        var place = "resource";
        var owners = new List<string>();
        foreach (var line in lines)
        {
            if (line[0] == '[')
            {
                place = line.Trim('[', ']');
                continue;
            }

            var depth = line.Length - line.TrimStart(' ').Length;
            var columns = line[depth..].Split('\t');
            owners.RemoveRange(depth, owners.Count - depth);
            var path = string.Concat(owners) + columns[0];
            owners.Add(columns[0] + (columns[1][0] == '*' ? "[]." : "."));
            yield return KnownField.Parse(place, path, columns);
        }
    }

    private static IEnumerable<(string[] Head, string[] Lines)> Blocks(string path)
        => File.ReadAllText(path)
            .ReplaceLineEndings("\n").Split("\n\n").Skip(1)
            .Select(b => b.Trim('\n').Split('\n'))
            .Select(l => (l[0].Split('\t'), l[1..]));
}
