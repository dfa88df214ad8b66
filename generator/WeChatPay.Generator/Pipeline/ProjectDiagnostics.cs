using System.Collections.Immutable;
using WeChatPay.Generator.Diagnostics;
using WeChatPay.Generator.Emit;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Problems of the project as a whole: its properties and what it references.</summary>
internal static class ProjectDiagnostics
{
    public static ImmutableArray<ProblemInfo> Create((GeneratorOptions Options, CompilationFacts Facts) input, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var (options, facts) = input;
        var result = ImmutableArray.CreateBuilder<ProblemInfo>();
        foreach (var problem in options.Problems) result.Add(problem);
        if (!facts.HasRuntime) result.Add(ProblemInfo.Of(GeneratorDiagnostics.RuntimeMissing));
        if (facts.TooLowVersion is { } version) result.Add(ProblemInfo.Of(GeneratorDiagnostics.LanguageVersionTooLow, version));
        if (facts.ClientOwner is { } owner)
        {
            var root = options.ProjectRootNamespace.Length == 0 ? "MyCompany" : options.ProjectRootNamespace;
            result.Add(ProblemInfo.Of(GeneratorDiagnostics.ClientAlreadyDefined, facts.TakenType, owner, root + ".WeChatPay"));
        }

        return result.ToImmutable();
    }

    public static EmitSettings Settings((GeneratorOptions Options, CompilationFacts Facts) input, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var (options, facts) = input;
        return new()
        {
            RootNamespace = options.Namespace,
            ClientName = options.ClientName,
            IsPublic = options.IsPublic,
            IsEnabled = facts.HasRuntime && facts.TooLowVersion is null && facts.ClientOwner is null,
        };
    }
}
