using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WeChatPay.Generator.Diagnostics;
using WeChatPay.Specs;
using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Reads <see cref="GeneratorOptions"/> out of MSBuild properties.</summary>
internal static class GeneratorOptionsReader
{
    public static GeneratorOptions Read(AnalyzerConfigOptionsProvider provider, CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        var options = provider.GlobalOptions;
        var problems = new List<ProblemInfo>();
        var result = new GeneratorOptions();
        result = result with
        {
            Namespace = Valid(options, GeneratorOptions.NamespaceKey, result.Namespace, IsNamespace, "a namespace such as Contoso.WeChatPay", problems),
            ClientName = Valid(options, GeneratorOptions.ClientNameKey, result.ClientName, IsIdentifier, "a C# identifier", problems),
            IsPublic = OneOf(options, GeneratorOptions.AccessibilityKey, ["public", "internal"], problems) == 0,
            RequiredMembers = (RequiredMembers)OneOf(options, GeneratorOptions.RequiredMembersKey, ["declared", "all", "none"], problems),
            ProjectRootNamespace = Value(options, GeneratorOptions.RootNamespaceKey),
        };
        CheckFamilies(Value(options, GeneratorOptions.RequestedApisKey), Value(options, GeneratorOptions.KnownApisKey), problems);
        return result with { Problems = new(problems.ToArray()) };
    }

    /// <summary>Lists come joined by <c>|</c>: the compiler cuts a value at <c>;</c>.</summary>
    private static void CheckFamilies(string requested, string known, List<ProblemInfo> problems)
    {
        // Without the list of known names there is no catalogue to select from.
        var names = Split(known);
        if (names.Count == 0) return;
        foreach (var family in Split(requested))
        {
            if (names.Exists(name => string.Equals(name, family, StringComparison.OrdinalIgnoreCase))) continue;
            var advice = Suggestion.Closest(family, names) is { } close ? "did you mean '" + close + "'?" : "known are " + string.Join(", ", names);
            problems.Add(ProblemInfo.Of(GeneratorDiagnostics.UnknownFamily, family, advice));
        }
    }

    private static List<string> Split(string value)
    {
        var result = new List<string>();
        foreach (var part in value.Split('|', ';', ','))
        {
            if (part.Trim() is { Length: > 0 } name) result.Add(name);
        }

        return result;
    }

    private static string Valid(
        AnalyzerConfigOptions options, string key, string standard, Func<string, bool> isValid, string expected, List<ProblemInfo> problems)
    {
        var value = Value(options, key);
        if (value.Length == 0) return standard;
        if (isValid(value)) return value;
        problems.Add(ProblemInfo.Of(GeneratorDiagnostics.InvalidOption, value, PropertyName(key), expected, standard));
        return standard;
    }

    private static int OneOf(AnalyzerConfigOptions options, string key, string[] allowed, List<ProblemInfo> problems)
    {
        var value = Value(options, key);
        if (value.Length == 0) return 0;
        for (var i = 0; i < allowed.Length; i++)
        {
            if (string.Equals(value, allowed[i], StringComparison.OrdinalIgnoreCase)) return i;
        }

        problems.Add(ProblemInfo.Of(GeneratorDiagnostics.InvalidOption, value, PropertyName(key), string.Join(" or ", allowed), allowed[0]));
        return 0;
    }

    private static string Value(AnalyzerConfigOptions options, string key) => options.TryGetValue(key, out var value) ? value.Trim() : "";

    private static string PropertyName(string key) => key.Substring("build_property.".Length);

    private static bool IsIdentifier(string text) => SyntaxFacts.IsValidIdentifier(text) && SyntaxFacts.GetKeywordKind(text) == SyntaxKind.None;

    private static bool IsNamespace(string text)
    {
        foreach (var part in text.Split('.'))
        {
            if (!IsIdentifier(part)) return false;
        }

        return true;
    }
}
