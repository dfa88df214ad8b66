using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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

    public static CompilationFacts Read((Compilation Compilation, ImmutableArray<ReferenceFacts> References) input, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var (compilation, references) = input;
        var version = (compilation as CSharpCompilation)?.LanguageVersion ?? LowestVersion;
        var hasRuntime = false;
        string? owner = null;
        var taken = "";
        foreach (var reference in references)
        {
            hasRuntime = hasRuntime || reference.HasRuntime;
            foreach (var type in reference.Taken)
            {
                if (owner is null && (type.IsPublic || IsFriend(compilation, reference.AssemblyName))) (owner, taken) = (reference.AssemblyName, type.Name);
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

    /// <summary>Whether this project sees the internal types of that assembly. Asked of the compilation, which knows the keys of both, and only where it decides.</summary>
    private static bool IsFriend(Compilation compilation, string assemblyName)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (string.Equals(assembly.Name, assemblyName, StringComparison.OrdinalIgnoreCase)) return assembly.GivesAccessTo(compilation.Assembly);
        }

        return false;
    }
}
