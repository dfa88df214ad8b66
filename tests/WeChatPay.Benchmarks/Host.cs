using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace WeChatPay.Benchmarks;

/// <summary>A host that runs one generator again and again, as an editor does.</summary>
internal sealed class Host
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "WeChatPay.Runtime.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;
    private SpecText _file;
    private int _edits;

    public Host(IIncrementalGenerator generator, IReadOnlyList<(string Path, string Text)> files)
    {
        var texts = files.Select(file => new SpecText(file.Path, file.Text)).ToArray();
        _file = texts[texts.Length / 2];
        _compilation = CSharpCompilation.Create("Contoso.Shop", [Code(0)], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], texts, CSharpParseOptions.Default, new Options()).RunGenerators(_compilation);
    }

    public ImmutableArray<GeneratedSourceResult> Sources => _driver.GetRunResult().Results.Single().GeneratedSources;

    /// <summary>CPU milliseconds of a run after a key stroke in a C# file.</summary>
    public double Type()
    {
        var tree = _compilation.SyntaxTrees[0];
        _compilation = _compilation.ReplaceSyntaxTree(tree, Code(++_edits));
        return Run();
    }

    /// <summary>CPU milliseconds of a run after a member was added to a spec.</summary>
    public double EditSpec()
    {
        var at = _file.Content.IndexOf("{\n", _file.Content.IndexOf("interface WellformedResponse", StringComparison.Ordinal), StringComparison.Ordinal) + 2;
        var changed = new SpecText(_file.Path, _file.Content.Insert(at, "    added_" + ++_edits + "?: string\n"));
        _driver = _driver.ReplaceAdditionalText(_file, changed);
        _file = changed;
        return Run();
    }

    /// <summary>CPU time, as the driver works on this thread: what else the machine runs counts less.</summary>
    private double Run()
    {
        var begun = Environment.CpuUsage.TotalTime;
        _driver = _driver.RunGenerators(_compilation);
        return (Environment.CpuUsage.TotalTime - begun).TotalMilliseconds;
    }

    private static SyntaxTree Code(int edit) => CSharpSyntaxTree.ParseText("class Program { int F" + edit + "; }", path: "/src/app/Program.cs");

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new None();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class None : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }
    }
}
