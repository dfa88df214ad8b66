using System.Threading;
using System.Threading.Tasks;

namespace WeChatPay.Package.Tests;

/// <summary>
/// Packages of another generator that brings Markdig and YamlDotNet under their own names, as most do: once older ones than ours and once
/// the very versions that ours are made from.
/// </summary>
/// <remarks>Generators run in the order of their packages' names: after ours, these see what ours have loaded.</remarks>
public sealed class Neighbours(Feed feed) : IAsyncLifetime
{
    internal static Neighbour Older { get; } = new("YourNeighbour.Older", "0.31.0", "13.7.1");

    /// <summary>Also the newest that there are.</summary>
    internal static Neighbour Same { get; } = new("YourNeighbour.Same", "1.6.0", "18.1.0");

    public async ValueTask InitializeAsync()
    {
        foreach (var neighbour in (Neighbour[])[Older, Same])
        {
            var folder = Path.Combine(feed.Consumers, neighbour.Id + ".Source");
            Consumer.Copy("neighbour-generator", folder);
            (await Command.RunAsync(
                "dotnet",
                ["pack", "--output", feed.OtherPackages, $"-p:PackageId={neighbour.Id}", $"-p:MarkdigVersion={neighbour.Markdig}", $"-p:YamlDotNetVersion={neighbour.YamlDotNet}"],
                folder,
                feed.Environment,
                CancellationToken.None)).Succeeded();
        }
    }

    public ValueTask DisposeAsync() => default;
}

/// <param name="Id">Of the package, its assembly and the namespace of what it generates.</param>
internal sealed record Neighbour(string Id, string Markdig, string YamlDotNet)
{
    public string MarkdigIdentity => "Markdig " + Markdig + ".0";

    /// <summary>YamlDotNet's assemblies carry the major version only.</summary>
    public string YamlDotNetIdentity => "YamlDotNet " + YamlDotNet.Split('.')[0] + ".0.0.0";

    public string Reference => $"""<PackageReference Include="{Id}" Version="1.0.0" />""";
}
