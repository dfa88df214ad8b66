using System;
using System.Collections.Generic;
using System.Linq;
using Markdig;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using YamlDotNet.Serialization;

namespace Neighbour;

/// <summary>Turns each <c>*.page.md</c> of a project into constants, with a Markdig and a YamlDotNet of its own under their own names.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PageGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var pages = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(".page.md", StringComparison.Ordinal))
            .Select((file, cancellationToken) => file.GetText(cancellationToken)!.ToString());
        context.RegisterSourceOutput(pages, (output, text) => output.AddSource("Page.g.cs", Write(text)));
    }

    private static string Write(string text)
    {
        var matter = new DeserializerBuilder().Build().Deserialize<Dictionary<string, string>>(text.Split(["---"], 3, StringSplitOptions.None)[1]);
        var html = Markdown.ToHtml(text, new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().Build());
        return "namespace " + typeof(PageGenerator).Assembly.GetName().Name + "\n{\n    internal static class Page\n    {\n"
            + Constant("Title", matter["title"])
            + Constant("Html", html)
            + Constant("Markdig", Identity(typeof(Markdown)))
            + Constant("YamlDotNet", Identity(typeof(DeserializerBuilder)))
            + Constant("Loaded", Loaded())
            + "    }\n}\n";
    }

    /// <summary>What of these libraries is in the process of the compiler, under whatever name.</summary>
    private static string Loaded() => string.Join("; ", AppDomain.CurrentDomain.GetAssemblies()
        .Select(assembly => assembly.GetName())
        .Where(name => name.Name.EndsWith("Markdig", StringComparison.Ordinal) || name.Name.EndsWith("YamlDotNet", StringComparison.Ordinal))
        .Select(name => name.Name + " " + name.Version)
        .Distinct()
        .OrderBy(name => name, StringComparer.Ordinal));

    private static string Identity(Type type) => type.Assembly.GetName().Name + " " + type.Assembly.GetName().Version;

    private static string Constant(string name, string value)
        => "        internal const string " + name + " = " + SymbolDisplay.FormatLiteral(value, quote: true) + ";\n";
}
