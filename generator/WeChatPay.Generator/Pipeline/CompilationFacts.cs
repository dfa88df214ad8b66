using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WeChatPay.Generator.Emit;

namespace WeChatPay.Generator.Pipeline;

/// <summary>
/// The little that is asked of the compilation, which changes with every key stroke: this record hardly ever
/// does, and nothing else in the pipeline sees a compilation.
/// </summary>
internal sealed record CompilationFacts
{
    private const LanguageVersion LowestVersion = LanguageVersion.CSharp12;

    /// <summary>The project's C# version if it is too low, or null.</summary>
    public string? TooLowVersion { get; init; }

    public bool HasRuntime { get; init; }

    /// <summary>The referenced assembly that defines the client type already, or null.</summary>
    public string? ClientOwner { get; init; }

    public static CompilationFacts Read((Compilation Compilation, GeneratorOptions Options) input, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var (compilation, options) = input;
        var version = (compilation as CSharpCompilation)?.LanguageVersion ?? LowestVersion;
        return new()
        {
            TooLowVersion = version < LowestVersion ? version.ToDisplayString() : null,
            HasRuntime = compilation.GetTypesByMetadataName(RuntimeNames.MarkerMetadataName).Length > 0,
            ClientOwner = Owner(compilation, options.Namespace + "." + options.ClientName),
        };
    }

    private static string? Owner(Compilation compilation, string typeName)
    {
        foreach (var type in compilation.GetTypesByMetadataName(typeName))
        {
            var assembly = type.ContainingAssembly;
            if (SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly)) continue;
            if (type.DeclaredAccessibility == Accessibility.Public || assembly.GivesAccessTo(compilation.Assembly)) return assembly.Name;
        }

        return null;
    }
}
