using System.Text.Json;
using System.Threading.Tasks;

namespace WeChatPay.Package.Tests;

/// <summary>A project of a user: a folder of its own with a reference to a package and nothing of this repository around it.</summary>
internal sealed class Consumer
{
    private readonly Feed _feed;

    public Consumer(Feed feed, string name, string properties = "", string items = "", string package = "WeChatPay.Generated")
    {
        _feed = feed;
        Folder = Path.Combine(feed.Consumers, name);
        Directory.CreateDirectory(Folder);
        Write(
            name + ".csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{feed.Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    public string Folder { get; }

    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>Copies a folder of <c>consumers/</c> into the project.</summary>
    public void CopyFrom(string name) => Copy(name, Folder);

    /// <summary>Copies a folder of <c>consumers/</c> to somewhere.</summary>
    public static void Copy(string name, string target)
    {
        var source = Repository.Path("tests", "WeChatPay.Package.Tests", "consumers", name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    public Task<CommandResult> DotnetAsync(params string[] arguments)
        => Command.RunAsync("dotnet", arguments, Folder, _feed.Environment, TestContext.Current.CancellationToken);

    /// <summary>Compiles the project itself anew, whatever was built before.</summary>
    public Task<CommandResult> BuildAsync(params string[] arguments) => DotnetAsync(["build", "--no-incremental", .. arguments]);

    public Task<CommandResult> RunAsync(params string[] arguments) => DotnetAsync(["run", "--no-build", "--", .. arguments]);

    /// <summary>The spec files that the compiler would get, and their origin, as evaluated: without a target, as an editor sees them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SpecsAsync(params string[] arguments)
    {
        var result = await DotnetAsync(["msbuild", "-getItem:AdditionalFiles", .. arguments]);
        using var json = JsonDocument.Parse(result.Succeeded().Output);
        var specs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in json.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray())
        {
            var path = item.GetProperty("FullPath").GetString()!.Replace('\\', '/');
            Assert.Equal("true", item.GetProperty("WeChatPaySpec").GetString());

            // Add throws on a file that is there twice.
            specs.Add(path[(path.LastIndexOf("/specs/", StringComparison.Ordinal) + "/specs/".Length)..], item.GetProperty("WeChatPayOrigin").GetString()!);
        }

        return specs;
    }
}
