using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace WeChatPay.Package.Tests;

/// <summary>What lies in the packages, before anybody builds with them.</summary>
public sealed class PackageContentTests(Feed feed)
{
    private const string Analyzers = "analyzers/dotnet/cs/";

    /// <summary>
    /// What the compiler of Visual Studio 17.8 (on .NET Framework) binds: Microsoft.CodeAnalysis 4.8.0 and the versions that it refers to itself.
    /// .NET hosts bind all of these too. A higher reference makes the generator fail there with CS8784 and nowhere else.
    /// </summary>
    private static readonly Dictionary<string, Version> s_oldestHost = new(StringComparer.Ordinal)
    {
        ["netstandard"] = new(2, 0, 0, 0),
        ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
        ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
        ["System.Collections.Immutable"] = new(7, 0, 0, 0),
        ["System.Reflection.Metadata"] = new(7, 0, 0, 0),
        ["System.Memory"] = new(4, 0, 1, 2),
        ["System.Buffers"] = new(4, 0, 3, 0),
        ["System.Numerics.Vectors"] = new(4, 1, 4, 0),
        ["System.Runtime.CompilerServices.Unsafe"] = new(6, 0, 0, 0),
        ["System.Threading.Tasks.Extensions"] = new(4, 2, 0, 1),
        ["System.Text.Encoding.CodePages"] = new(7, 0, 0, 0),
    };

    [Fact]
    public void The_generator_package_holds_what_it_needs_and_no_more()
    {
        var files = feed.Files("WeChatPay.Generated").Keys;
        var specs = Directory.EnumerateFiles(Repository.Path("specs"), "*.md", SearchOption.AllDirectories)
            .Select(f => "specs/" + Path.GetRelativePath(Repository.Path("specs"), f).Replace('\\', '/'));
        string[] expected =
        [
            Analyzers + "WeChatPay.Generator.dll",
            Analyzers + "WeChatPay.Markdig.dll",
            Analyzers + "WeChatPay.Specs.dll",
            Analyzers + "WeChatPay.YamlDotNet.dll",
            "build/WeChatPay.Generated.Families.props",
            "build/WeChatPay.Generated.props",
            "build/WeChatPay.Generated.targets",
            "buildTransitive/WeChatPay.Generated.targets",
            "lib/net8.0/_._",
            "LICENSE",
            "README.md",
            "THIRD-PARTY-NOTICES.txt",
            "WeChatPay.Generated.nuspec",
            .. specs,
        ];
        string[] container = ["_rels/.rels", "[Content_Types].xml"];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            files.Except(container).Where(f => !f.StartsWith("package/services/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_generator_package_brings_the_runtime_of_its_own_version_to_whoever_references_its_user()
    {
        var nuspec = feed.Nuspec("WeChatPay.Generated");
        var dependency = Assert.Single(nuspec.Descendants(), e => e.Name.LocalName == "dependency");
        Assert.Equal("WeChatPay.Runtime", dependency.Attribute("id")?.Value);
        Assert.Equal(feed.Version, dependency.Attribute("version")?.Value);
        Assert.DoesNotContain(nuspec.Descendants(), e => e.Name.LocalName == "developmentDependency" && e.Value == "true");
    }

    [Fact]
    public void The_compiled_client_brings_its_documentation_and_the_runtime_and_no_generator()
    {
        Assert.Equal(
            ["buildTransitive/WeChatPay.Client.targets", "lib/net8.0/WeChatPay.Client.dll", "lib/net8.0/WeChatPay.Client.xml"],
            feed.Files("WeChatPay.Client").Keys.Where(f => f.Contains('/', StringComparison.Ordinal) && !f.StartsWith("package/", StringComparison.Ordinal) && f != "_rels/.rels")
                .Order(StringComparer.Ordinal));
        var dependency = Assert.Single(feed.Nuspec("WeChatPay.Client").Descendants(), e => e.Name.LocalName == "dependency");
        Assert.Equal("WeChatPay.Runtime", dependency.Attribute("id")?.Value);
        Assert.Equal(feed.Version, dependency.Attribute("version")?.Value);
    }

    [Fact]
    public void All_packages_have_one_version_a_licence_and_a_description()
    {
        foreach (var id in new[] { "WeChatPay.Runtime", "WeChatPay.AspNetCore", "WeChatPay.Redis", "WeChatPay.ShangMi", "WeChatPay.Sandbox", "WeChatPay.Client", "WeChatPay.Generated" })
        {
            var nuspec = feed.Nuspec(id);
            Assert.Equal(feed.Version, Value("version"));
            Assert.Equal("MIT", Value("license"));
            Assert.NotEqual("Package Description", Value("description"));

            string? Value(string name) => nuspec.Descendants().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
        }
    }

    [Fact]
    public void The_oldest_supported_compiler_can_bind_every_reference()
    {
        var shipped = Assemblies();
        foreach (var (name, assembly) in shipped)
        {
            foreach (var reference in assembly.References)
            {
                if (shipped.TryGetValue(reference.Name!, out var neighbour))
                    Assert.Equal(neighbour.Identity.FullName, reference.FullName);
                else
                    Assert.True(
                        s_oldestHost.TryGetValue(reference.Name!, out var highest) && reference.Version <= highest,
                        $"{name} refers to {reference.FullName}, but the oldest host has {highest?.ToString() ?? "none"}.");
            }
        }
    }

    [Fact]
    public void No_assembly_has_a_name_that_another_generator_could_bring()
    {
        foreach (var (fileName, assembly) in Assemblies())
        {
            Assert.StartsWith("WeChatPay.", assembly.Identity.Name, StringComparison.Ordinal);
            Assert.Equal(fileName, assembly.Identity.Name);
        }
    }

    /// <summary>Types named in custom attributes and reflection are text, which renaming by metadata does not reach.</summary>
    [Theory]
    [InlineData("Markdig, ")]
    [InlineData("YamlDotNet, ")]
    public void No_text_in_an_assembly_names_a_library_by_its_old_identity(string identity)
    {
        foreach (var (path, bytes) in feed.Files("WeChatPay.Generated").Where(f => f.Key.StartsWith(Analyzers, StringComparison.Ordinal)))
        {
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
                Assert.True(bytes.AsSpan().IndexOf(encoding.GetBytes(identity + "Version=")) < 0, path);
        }
    }

    private Dictionary<string, ShippedAssembly> Assemblies()
        => feed.Files("WeChatPay.Generated")
            .Where(f => f.Key.StartsWith(Analyzers, StringComparison.Ordinal))
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f.Key), f => Read(f.Value), StringComparer.Ordinal);

    private static ShippedAssembly Read(byte[] bytes)
    {
        using var file = new PEReader(new MemoryStream(bytes));
        var metadata = file.GetMetadataReader();
        return new(
            metadata.GetAssemblyDefinition().GetAssemblyName(),
            [.. metadata.AssemblyReferences.Select(h => metadata.GetAssemblyReference(h).GetAssemblyName())]);
    }

    private sealed record ShippedAssembly(System.Reflection.AssemblyName Identity, IReadOnlyList<System.Reflection.AssemblyName> References);
}
