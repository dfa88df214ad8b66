using System.Collections.Immutable;
using System.IO;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Selects spec files among the additional files.</summary>
internal static class SpecSelector
{
    /// <summary><c>true</c>: a spec; anything else but empty: none. The shipped targets set it.</summary>
    public const string SpecMetadata = "build_metadata.AdditionalFiles.WeChatPaySpec";

    /// <summary><c>catalogue</c> or <c>project</c>.</summary>
    public const string OriginMetadata = "build_metadata.AdditionalFiles.WeChatPayOrigin";

    public static ImmutableArray<SpecSource> Select((AdditionalText File, AnalyzerConfigOptionsProvider Options) input, CancellationToken cancellationToken)
    {
        var (file, provider) = input;
        var options = provider.GetOptions(file);
        if (!IsSpec(file.Path, options)) return ImmutableArray<SpecSource>.Empty;

        var origin = options.TryGetValue(OriginMetadata, out var value) && string.Equals(value, "catalogue", StringComparison.OrdinalIgnoreCase)
            ? SpecOrigin.Catalogue
            : SpecOrigin.Project;
        provider.GlobalOptions.TryGetValue(GeneratorOptions.ProjectDirectoryKey, out var projectDirectory);
        var display = SpecPaths.Display(file.Path, projectDirectory ?? "", origin);
        var identity = new SpecIdentity { Path = file.Path, DisplayPath = display, HintName = SpecPaths.Hint(display, origin), Origin = origin };
        return ImmutableArray.Create(new SpecSource(identity, Text(file, cancellationToken)));
    }

    private static SourceText? Text(AdditionalText file, CancellationToken cancellationToken)
    {
        try
        {
            return file.GetText(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or InvalidOperationException)
        {
            // The host's own way of reading failed; told as a file that cannot be read.
            return null;
        }
    }

    private static bool IsSpec(string path, AnalyzerConfigOptions options)
        => options.TryGetValue(SpecMetadata, out var value) && value.Length > 0
            ? string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)
            : SpecPaths.LooksLikeSpec(path);
}
