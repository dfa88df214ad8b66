using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using WeChatPay.Generator;

namespace WeChatPay.Catalogue.Tests.Generation;

/// <summary>
/// The catalogue, generated and compiled without any warning. The whole of it on the oldest framework with the lowest language is
/// runtime/WeChatPay.Client, a project whose warnings are errors and without which these tests do not build: once compiled is enough.
/// </summary>
public sealed class CompileTests
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<MetadataReference>> LoadedReferences = new(StringComparer.Ordinal);

    [Fact]
    public void The_whole_catalogue_compiles_without_warnings_on_the_newest_framework()
        => Compile(LanguageVersion.Preview, "net10.0");

    /// <summary>Editing one family must not touch what another one generates, and taking one must not need another.</summary>
    [Theory]
    [InlineData("pay")]
    [InlineData("refund")]
    [InlineData("bill")]
    [InlineData("certificates")]
    [InlineData("merchant-service")]
    [InlineData("hk/transactions")]
    [InlineData("v2/pay")]
    public void A_family_compiles_alone(string family)
    {
        var files = Families.FilesOf(family).ToHashSet();
        Compile(LanguageVersion.CSharp12, "net8.0", files.Contains);
    }

    private static bool IsModel(CatalogueFile file) => file.Path.StartsWith("specs/models/", StringComparison.Ordinal);

    private static void Compile(LanguageVersion version, string framework, Func<CatalogueFile, bool>? filter = null)
    {
        var parse = CSharpParseOptions.Default.WithLanguageVersion(version).WithDocumentationMode(DocumentationMode.Diagnose);
        var files = SpecCatalogue.Files.Where(filter ?? (_ => true)).Select(f => new BundledFile(f)).ToList();
        var compilation = CSharpCompilation.Create(
            "Consumer",
            references: References(framework),
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

        var driver = CSharpGeneratorDriver.Create([new WeChatPayGenerator().AsSourceGenerator()], files, parse, new BundledOptions())
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics, TestContext.Current.CancellationToken);

        Assert.Empty(diagnostics.Select(d => d.ToString()));
        Assert.Null(Assert.Single(driver.GetRunResult().Results).Exception);
        Assert.NotEmpty(files);
        Assert.True(generated.SyntaxTrees.Count() > files.Count(f => !f.IsModel), "One file for each spec but unused shared shapes, and the client tree.");

        // Generated code has annotations without warnings about null, to be cheap to compile; that they are right is checked here.
        const string NoWarnings = "#nullable disable warnings";
        Assert.All(generated.SyntaxTrees, tree => Assert.Contains("#nullable enable annotations\n" + NoWarnings + "\n", tree.GetText().ToString(), StringComparison.Ordinal));
        var trees = generated.SyntaxTrees.Select(tree => tree.WithChangedText(SourceText.From(tree.GetText().ToString().Replace(NoWarnings, "#nullable enable warnings", StringComparison.Ordinal), Encoding.UTF8)));
        generated = generated.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);

        using var assembly = new MemoryStream();
        using var documentation = new MemoryStream();
        var result = generated.Emit(assembly, xmlDocumentationStream: documentation, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity != DiagnosticSeverity.Hidden).Take(10).Select(d => d.ToString()));
        Assert.True(result.Success);
    }

    /// <summary>Read once for all compilations against a framework.</summary>
    private static IReadOnlyList<MetadataReference> References(string framework)
        => LoadedReferences.GetOrAdd(framework, static name =>
        [
            .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, $"references.{name}.txt"))
                .Where(path => path.Length > 0)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ]);

    /// <summary>A file as it lies in the package.</summary>
    private sealed class BundledFile(CatalogueFile file) : AdditionalText
    {
        public bool IsModel { get; } = CompileTests.IsModel(file);

        private readonly SourceText _text = SourceText.From(file.Text, Encoding.UTF8);

        public override string Path { get; } = "/packages/wechatpay.generated/" + file.Path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class BundledOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(new()
        {
            ["build_property.ProjectDir"] = "/src/app/",
            ["build_property.RootNamespace"] = "Contoso.Shop",
        });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(new()
        {
            ["build_metadata.AdditionalFiles.WeChatPaySpec"] = "true",
            ["build_metadata.AdditionalFiles.WeChatPayOrigin"] = "catalogue",
        });

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
