using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace WeChatPay.Benchmarks;

/// <summary>Files of the size and the make of the documents: the operations of the catalogue, each under many paths.</summary>
internal static class TypicalSpecs
{
    public static IReadOnlyList<(string Path, string Text)> Make(int count, string catalogue)
    {
        var folder = Path.Combine(catalogue, "openapi", "v3");
        var files = Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Place: Path.GetRelativePath(folder, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
            .Where(file => file.Text.Contains("HttpMethod", StringComparison.Ordinal)).ToArray();
        return [.. Enumerable.Range(0, count).Select(index => Copy(files[index % files.Length], index))];
    }

    /// <summary>What those operations name and other files declare.</summary>
    public static IReadOnlyList<(string Path, string Text)> Models(string catalogue)
        => [.. Directory.EnumerateFiles(Path.Combine(catalogue, "models"), "*.md").Order(StringComparer.Ordinal).Select(path => ("/src/app/specs/models/" + Path.GetFileName(path), File.ReadAllText(path)))];

    /// <summary>Another path and so another place in the tree, and the file at the place that mirrors it; all else stays.</summary>
    private static (string Path, string Text) Copy((string Place, string Text) file, int index)
    {
        var number = index.ToString("0000", CultureInfo.InvariantCulture);
        return ($"/src/app/specs/openapi/v3/a{number}/{file.Place}", file.Text.Replace("WeChatPay.OpenAPI.V3.", $"WeChatPay.OpenAPI.V3.A{number}.", StringComparison.Ordinal));
    }
}

/// <summary>An additional file as a host hands it over.</summary>
internal sealed class SpecText(string path, string content) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(content, Encoding.UTF8);

    public override string Path { get; } = path;

    public string Content { get; } = content;

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
