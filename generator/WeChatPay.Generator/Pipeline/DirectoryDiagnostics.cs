using System.Collections.Immutable;
using WeChatPay.Generator.Diagnostics;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Gives the conflicts between files their places.</summary>
internal static class DirectoryDiagnostics
{
    public static ImmutableArray<ProblemInfo> Create((SpecDirectory Directory, ImmutableArray<SpecSites> Sites) input, CancellationToken cancellationToken)
    {
        if (input.Directory.Problems.IsEmpty) return ImmutableArray<ProblemInfo>.Empty;
        var sites = new Dictionary<SpecIdentity, SpecSites>();
        foreach (var site in input.Sites) sites[site.Identity] = site;
        var result = ImmutableArray.CreateBuilder<ProblemInfo>();
        foreach (var problem in input.Directory.Problems)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (problem.Kind is DirectoryProblemKind.UnknownShape or DirectoryProblemKind.UnfitShape) result.Add(Shape(problem, input.Directory, Range(sites, problem.Loser, problem.LoserKey)));
            else Add(result, problem, Range(sites, problem.Winner, problem.WinnerKey), Range(sites, problem.Loser, problem.LoserKey));
        }

        return result.ToImmutable();
    }

    private static void Add(ImmutableArray<ProblemInfo>.Builder result, DirectoryProblem problem, TextRange winnerRange, TextRange loserRange)
    {
        var winner = problem.Winner.Path;
        var loser = problem.Loser.Path;
        var winnerPlace = ProblemInfo.Place(problem.Winner.DisplayPath, winnerRange);
        var loserPlace = ProblemInfo.Place(problem.Loser.DisplayPath, loserRange);
        switch (problem.Kind)
        {
            case DirectoryProblemKind.CatalogueReplaced:
                result.Add(ProblemInfo.At(GeneratorDiagnostics.CatalogueReplaced, winner, winnerRange, problem.WinnerKey, loserPlace));
                break;
            case DirectoryProblemKind.DeclaredTwice:
                result.Add(ProblemInfo.At(GeneratorDiagnostics.DeclaredTwice, winner, winnerRange, problem.WinnerKey, loserPlace, "this one is used"));
                result.Add(ProblemInfo.At(GeneratorDiagnostics.DeclaredTwice, loser, loserRange, problem.LoserKey, winnerPlace, "that one is used, this one yields no code"));
                break;
            case DirectoryProblemKind.NameCollision:
                var other = problem.LoserKey + " at " + loserPlace;
                var first = problem.WinnerKey + " at " + winnerPlace;
                result.Add(ProblemInfo.At(GeneratorDiagnostics.NameCollision, winner, winnerRange, problem.WinnerKey, problem.Name, other, "this one is used"));
                result.Add(ProblemInfo.At(GeneratorDiagnostics.NameCollision, loser, loserRange, problem.LoserKey, problem.Name, first, "that one is used, this one yields no code"));
                break;
            case DirectoryProblemKind.ListedTwice:
                result.Add(ProblemInfo.At(GeneratorDiagnostics.ListedTwice, loser, TextRange.None, problem.Loser.DisplayPath));
                break;
        }
    }

    private static ProblemInfo Shape(DirectoryProblem problem, SpecDirectory directory, TextRange range)
    {
        var name = SharedShape.Qualified(problem.Name, problem.Use);
        if (problem.Kind == DirectoryProblemKind.UnfitShape) return ProblemInfo.At(GeneratorDiagnostics.UnfitShape, problem.Loser.Path, range, problem.LoserKey, name, problem.Objection);
        var advice = Suggestion.Closest(problem.Name, directory.Shapes) is { } close
            ? "did you mean " + close + "?"
            : "add the file models/<name>.md that declares it";
        return ProblemInfo.At(GeneratorDiagnostics.UnknownShape, problem.Loser.Path, range, problem.LoserKey, name, advice);
    }

    private static TextRange Range(Dictionary<SpecIdentity, SpecSites> sites, SpecIdentity file, string key)
    {
        if (!sites.TryGetValue(file, out var known)) return TextRange.None;
        foreach (var site in known.Declarations)
        {
            if (string.Equals(site.Key, key, StringComparison.Ordinal)) return site.Range;
        }

        return TextRange.None;
    }
}
