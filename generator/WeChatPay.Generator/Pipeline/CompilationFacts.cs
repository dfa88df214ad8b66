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

    /// <summary>The referenced assembly that defines types of generated code already, or null.</summary>
    public string? ClientOwner { get; init; }

    /// <summary>Which of them was found there.</summary>
    public string TakenType { get; init; } = "";

    public static CompilationFacts Read((Compilation Compilation, GeneratorOptions Options) input, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var (compilation, options) = input;
        var version = (compilation as CSharpCompilation)?.LanguageVersion ?? LowestVersion;
        // The node of APIv3 as well: a client of another name beside one in the same namespace shares all nodes and models with it.
        string[] names = [options.Namespace + "." + options.ClientName, options.Namespace + ".V3Resource"];
        var hasRuntime = false;
        string? owner = null;
        var taken = "";

        // The referenced assemblies only: asking the compilation itself would make it look through the user's source at every key stroke.
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            hasRuntime = hasRuntime || assembly.GetTypeByMetadataName(RuntimeNames.MarkerMetadataName) is not null;
            foreach (var name in names)
            {
                if (owner is null && assembly.GetTypeByMetadataName(name) is { } type && IsVisible(type, assembly, compilation)) (owner, taken) = (assembly.Name, name);
            }
        }

        return new()
        {
            TooLowVersion = version < LowestVersion ? version.ToDisplayString() : null,
            HasRuntime = hasRuntime,
            ClientOwner = owner,
            TakenType = taken,
        };
    }

    private static bool IsVisible(INamedTypeSymbol type, IAssemblySymbol assembly, Compilation compilation)
        => type.DeclaredAccessibility == Accessibility.Public || assembly.GivesAccessTo(compilation.Assembly);
}
