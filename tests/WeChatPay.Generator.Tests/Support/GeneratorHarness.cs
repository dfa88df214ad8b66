using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WeChatPay.Generator.Pipeline;

namespace WeChatPay.Generator.Tests.Support;

/// <summary>
/// A host of the generator. Every run happens twice, the second time on a changed compilation with the same files, and all steps
/// must then be cached: no test can pass while the caching is broken.
/// </summary>
internal sealed class GeneratorHarness
{
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;
    private ImmutableArray<AdditionalText> _files;

    private GeneratorHarness(IEnumerable<SpecText> files, TestOptions? options, LanguageVersion version, IReadOnlyList<MetadataReference>? references, string code)
    {
        _files = [.. files];
        var parse = CSharpParseOptions.Default.WithLanguageVersion(version).WithDocumentationMode(DocumentationMode.Diagnose);
        _compilation = CSharpCompilation.Create(
            "Contoso.Shop",
            [CSharpSyntaxTree.ParseText(code, parse, path: "/src/app/Program.cs", encoding: System.Text.Encoding.UTF8)],
            references ?? References.Net100,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));
        _driver = CSharpGeneratorDriver.Create(
            [new WeChatPayGenerator().AsSourceGenerator()],
            _files,
            parse,
            options ?? new TestOptions(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
    }

    /// <summary>The result of the last run that had something to do.</summary>
    public GeneratorRunResult Result { get; private set; }

    public IEnumerable<SpecText> Files => _files.Cast<SpecText>();

    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    /// <summary>Generated texts by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources => Result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>The generated text of one spec file.</summary>
    public string SourceOf(string readableName) => Result.GeneratedSources.Single(source => source.HintName.StartsWith(readableName + "-", StringComparison.Ordinal)).SourceText.ToString();

    public string Tree => Sources["WeChatPayClient.g.cs"];

    /// <summary>The project with the generated code in it.</summary>
    public CSharpCompilation Compiled
        => _compilation.AddSyntaxTrees(Result.GeneratedSources.Select(source => source.SyntaxTree));

    public static GeneratorHarness Run(
        IEnumerable<SpecText> files,
        TestOptions? options = null,
        LanguageVersion version = LanguageVersion.CSharp12,
        IReadOnlyList<MetadataReference>? references = null,
        string code = "class Program { }")
    {
        var harness = new GeneratorHarness(files, options, version, references, code);
        harness.RunTwice();
        return harness;
    }

    public static GeneratorHarness Run(params SpecText[] files) => Run((IEnumerable<SpecText>)files);

    /// <summary>The user types.</summary>
    public GeneratorHarness EditCode(string code)
    {
        var tree = _compilation.SyntaxTrees[0];
        _compilation = _compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(code, (CSharpParseOptions)tree.Options, tree.FilePath, System.Text.Encoding.UTF8));
        RunTwice();
        return this;
    }

    public GeneratorHarness Replace(SpecText old, SpecText changed)
    {
        _driver = _driver.ReplaceAdditionalText(old, changed);
        _files = _files.Replace(old, changed);
        RunTwice();
        return this;
    }

    public GeneratorHarness Add(SpecText file)
    {
        _driver = _driver.AddAdditionalTexts([file]);
        _files = _files.Add(file);
        RunTwice();
        return this;
    }

    public GeneratorHarness Remove(SpecText file)
    {
        _driver = _driver.RemoveAdditionalTexts([file]);
        _files = _files.Remove(file);
        RunTwice();
        return this;
    }

    public GeneratorHarness ReplaceAll(IEnumerable<SpecText> files)
    {
        _files = [.. files];
        _driver = _driver.ReplaceAdditionalTexts(_files);
        RunTwice();
        return this;
    }

    public GeneratorHarness SetOptions(TestOptions options)
    {
        _driver = _driver.WithUpdatedAnalyzerConfigOptions(options);
        RunTwice();
        return this;
    }

    /// <summary>Why the outputs of a step are what they are, counted: <c>1 Modified, 2 Cached</c>.</summary>
    public string Reasons(string step) => Describe(Outputs(Result, step).Select(output => output.Reason));

    public IEnumerable<object> Values(string step) => Outputs(Result, step).Select(output => output.Value);

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(GeneratorRunResult result, string step)
        => result.TrackedSteps.TryGetValue(step, out var steps) ? steps.SelectMany(item => item.Outputs) : [];

    private static string Describe(IEnumerable<IncrementalStepRunReason> reasons)
        => string.Join(", ", reasons.GroupBy(reason => reason).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"));

    private void RunTwice()
    {
        _driver = _driver.RunGenerators(_compilation);
        Result = Single(_driver);

        var again = Single(_driver.RunGenerators(_compilation.Clone()));
        foreach (var step in TrackingNames.All)
        {
            // The facts of a compilation are looked at again for each one; they must come out equal.
            Assert.All(Outputs(again, step), output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {output.Reason}"));
        }

        Assert.All(
            again.TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        Assert.Equal(Result.GeneratedSources.Length, again.GeneratedSources.Length);
    }

    private static GeneratorRunResult Single(GeneratorDriver driver)
    {
        var result = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(result.Exception);
        return result;
    }
}
