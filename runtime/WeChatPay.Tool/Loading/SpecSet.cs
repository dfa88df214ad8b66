using WeChatPay.Specs;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Tool.Loading;

/// <summary>A file as the generator's reader understood it.</summary>
internal sealed record LoadedSpec(FoundSpec Found, SpecReadResult Result)
{
    public string Path => Found.DisplayPath;

    public SpecFile File => Result.File;

    public TextRange RangeOf(string key) => Result.Declarations.FirstOrDefault(site => site.Key == key)?.Range ?? TextRange.None;
}

/// <summary>Something that a file declares: an operation, a notification or a shared shape.</summary>
internal sealed record Declared<T>(LoadedSpec Source, T Item);

/// <summary>All that was read, with what each declaration won or lost against others already settled.</summary>
internal sealed class SpecSet
{
    private readonly Dictionary<string, Enumeration> _enumerations;

    private SpecSet(IReadOnlyList<LoadedSpec> files, IReadOnlyList<SpecProblem> problems, SpecConflicts conflicts)
    {
        Files = files;
        Problems = problems;
        SharedShapes = [.. Declarations(files, conflicts, file => file.SharedShapes, item => item.Key).OrderBy(found => found.Item.Key, StringComparer.Ordinal)];
        _enumerations = SharedShapes.Where(shape => shape.Item.Enumeration is not null).ToDictionary(shape => shape.Item.Name, shape => shape.Item.Enumeration!, StringComparer.Ordinal);
        var bases = SharedShapes.Where(shape => shape.Item.IsBase).ToDictionary(shape => shape.Item.Name, shape => shape.Item, StringComparer.Ordinal);
        Operations =
        [
            .. Declarations(files, conflicts, file => Resolved(file).Operations, item => item.Key)
                .OrderBy(found => found.Item.PathTemplate, StringComparer.Ordinal).ThenBy(found => found.Item.Verb, StringComparer.Ordinal),
        ];
        Notifications = [.. Declarations(files, conflicts, file => Resolved(file).Notifications, item => item.Key).OrderBy(found => found.Item.Key, StringComparer.Ordinal)];

        SpecFile Resolved(SpecFile file) => SharedBases.Resolve(file, name => bases.GetValueOrDefault(name));
    }

    public IReadOnlyList<LoadedSpec> Files { get; }

    /// <summary>In the order of files and lines.</summary>
    public IReadOnlyList<SpecProblem> Problems { get; }

    /// <summary>By path, then verb.</summary>
    public IReadOnlyList<Declared<Operation>> Operations { get; }

    public IReadOnlyList<Declared<Notification>> Notifications { get; }

    public IReadOnlyList<Declared<SharedShape>> SharedShapes { get; }

    /// <summary>The enumeration of this name, or null.</summary>
    public Enumeration? FindEnumeration(string name) => _enumerations.GetValueOrDefault(name);

    public bool HasErrors => Problems.Any(problem => problem.Severity == SpecSeverity.Error);

    /// <exception cref="Cli.ToolException">A path does not exist.</exception>
    public static SpecSet Load(IReadOnlyList<string> paths, SpecReaderOptions options)
    {
        var files = new List<LoadedSpec>();
        var problems = new List<SpecProblem>();
        foreach (var found in SpecPathFinder.Find(paths))
        {
            if (ReadText(found, problems) is not { } text) continue;
            var result = SpecReader.Read(found.PlacePath, text, options);
            files.Add(new(found, result));
            problems.AddRange(result.Diagnostics.Select(diagnostic => SpecProblem.Of(diagnostic, found.DisplayPath)));
        }

        var conflicts = SpecConflicts.Find(files);
        problems.AddRange(conflicts.Problems);
        var ordered = problems.OrderBy(problem => problem.Path, StringComparer.Ordinal).ThenBy(problem => problem.Range.Start).ThenBy(problem => problem.Id, StringComparer.Ordinal);
        return new([.. files], [.. ordered], conflicts);
    }

    private static string? ReadText(FoundSpec found, List<SpecProblem> problems)
    {
        try
        {
            return File.ReadAllText(found.FullPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(found.DisplayPath, TextRange.None, SpecSeverity.Error, "WXP0102", "'" + found.DisplayPath + "' could not be read: " + exception.Message));
            return null;
        }
    }

    private static IEnumerable<Declared<T>> Declarations<T>(
        IReadOnlyList<LoadedSpec> files, SpecConflicts conflicts, Func<SpecFile, IEnumerable<T>> items, Func<T, string> key)
        => files.SelectMany(file => items(file.File).Where(item => conflicts.IsUsed(file, key(item))).Select(item => new Declared<T>(file, item)));
}
