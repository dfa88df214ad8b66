using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WeChatPay.Generator.Tests.HelpPages;

/// <summary>The project that the blocks of a help page make, and what the compiler prints for it.</summary>
internal sealed class Example
{
    private const string ProjectDirectory = "/src/app/";

    /// <summary>Stands in a page for the folder of the package.</summary>
    private const string Catalogue = "catalogue/specs/";

    private static readonly string KnownApis = "all|bill|certificates|marketing|pay|payscore|refund";

    private readonly List<SpecText> _files = [];
    private readonly List<(string Name, string Value)> _properties = [];
    private IReadOnlyList<MetadataReference> _references = References.Net100;
    private LanguageVersion _language = LanguageVersion.CSharp12;

    public Example(HelpPage page)
    {
        var project = page.Files.FirstOrDefault(file => file.Name.EndsWith(".csproj", StringComparison.Ordinal)).Content;
        foreach (var (name, content) in page.Files.Where(file => file.Name.EndsWith(".md", StringComparison.Ordinal)))
        {
            _files.Add(
                name.StartsWith(Catalogue, StringComparison.Ordinal) ? SpecText.Catalogue(name[Catalogue.Length..], content)
                : name.StartsWith("specs/", StringComparison.Ordinal) ? SpecText.Project(name["specs/".Length..], content)
                : throw new InvalidOperationException(name + " is in no folder that the compiler looks into."));
        }

        if (project is not null) Read(XElement.Parse(project));
    }

    /// <summary>One line for each diagnostic, with paths as they are below the project.</summary>
    public IReadOnlyList<string> Run(IReadOnlyDictionary<string, ReportDiagnostic>? severities = null)
    {
        var parse = CSharpParseOptions.Default.WithLanguageVersion(_language);
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions(severities ?? ImmutableDictionary<string, ReportDiagnostic>.Empty);
        var compilation = CSharpCompilation.Create("Contoso.Shop", [CSharpSyntaxTree.ParseText("", parse)], _references, options);
        var driver = CSharpGeneratorDriver.Create([new WeChatPayGenerator().AsSourceGenerator()], _files, parse, new TestOptions([.. _properties]));
        var result = Assert.Single(driver.RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult().Results);
        Assert.Null(result.Exception);
        return [.. result.Diagnostics.Select(Print)];
    }

    public static string Print(Diagnostic diagnostic)
    {
        var message = $"{diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}: {diagnostic.Text()}";
        if (diagnostic.Location == Location.None) return "CSC : " + message;
        var span = diagnostic.Location.GetLineSpan();
        var path = span.Path.StartsWith(ProjectDirectory, StringComparison.Ordinal) ? span.Path[ProjectDirectory.Length..]
            : span.Path.IndexOf("/specs/", StringComparison.Ordinal) is var index and >= 0 ? Catalogue + span.Path[(index + "/specs/".Length)..]
            : span.Path;
        return string.Create(CultureInfo.InvariantCulture, $"{path}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1}): {message}");
    }

    private void Read(XElement project)
    {
        foreach (var property in project.Elements("PropertyGroup").Elements())
        {
            switch (property.Name.LocalName)
            {
                case "LangVersion":
                    Assert.True(LanguageVersionFacts.TryParse(property.Value, out _language));
                    break;
                case "WeChatPayApis":
                    // What the targets make of it on the way to the compiler.
                    _properties.Add(("WeChatPayRequestedApis", property.Value.Replace(';', '|')));
                    _properties.Add(("WeChatPayKnownApis", KnownApis));
                    break;
                default:
                    _properties.Add((property.Name.LocalName, property.Value));
                    break;
            }
        }

        foreach (var item in project.Elements("ItemGroup").Elements())
        {
            var include = item.Attribute("Include")!.Value;
            switch (item.Name.LocalName)
            {
                case "AdditionalFiles":
                    var path = ProjectDirectory + include;
                    _files.Add(new SpecText(path, _files.Find(file => file.Path == path)?.Content) { Metadata = { ["WeChatPaySpec"] = "true" } });
                    break;
                case "PackageReference" when item.Attribute("ExcludeAssets") is not null:
                    _references = References.FrameworkOnly;
                    break;
                case "ProjectReference":
                    var name = Path.GetFileNameWithoutExtension(include.Replace('\\', '/'));
                    var other = GeneratorHarness.Run([]).Compiled.WithAssemblyName(name);
                    _references = [.. _references, MetadataReference.CreateFromImage(other.EmitsClean())];
                    break;
            }
        }
    }
}
