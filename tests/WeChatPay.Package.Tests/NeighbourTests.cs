using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Threading.Tasks;

namespace WeChatPay.Package.Tests;

/// <summary>Beside another generator that brings another Markdig and another YamlDotNet, each has its own and both work.</summary>
[Trait("Category", "Slow")]
public sealed class NeighbourTests(Feed feed, Neighbours neighbours) : IClassFixture<Neighbours>
{
    private const string Pages = """<AdditionalFiles Include="*.page.md" />""";

    [Fact]
    public Task Beside_older_libraries() => BothWorkAsync(Neighbours.Older);

    [Fact]
    public Task Beside_the_very_versions_that_ours_are_made_from() => BothWorkAsync(Neighbours.Same);

    /// <summary>Shows that the trouble exists and that what the tests above look at would show it.</summary>
    [Fact]
    public async Task Two_generators_that_keep_the_names_of_their_libraries_get_the_newer_one()
    {
        var consumer = new Consumer(feed, "NeighboursOnly", items: Neighbours.Older.Reference + Neighbours.Same.Reference + Pages);
        consumer.CopyFrom("with-neighbour");
        consumer.Write("Program.cs", $"Console.WriteLine({Neighbours.Older.Id}.Page.Markdig);");

        (await consumer.BuildAsync("-p:UseSharedCompilation=false")).Succeeded();

        Assert.Equal([Neighbours.Same.MarkdigIdentity], (await consumer.RunAsync()).Succeeded().Lines);
    }

    private async Task BothWorkAsync(Neighbour neighbour)
    {
        Assert.NotNull(neighbours);
        var consumer = new Consumer(
            feed, "With." + neighbour.Id, "<GenerateDocumentationFile>true</GenerateDocumentationFile><NoWarn>CS1591</NoWarn>", neighbour.Reference + Pages);
        consumer.CopyFrom("with-neighbour");
        consumer.Write("Program.cs", consumer.Read("Program.cs").Replace("Neighbour.Page;", neighbour.Id + ".Page;", StringComparison.Ordinal));
        var ours = OurLibraries();

        foreach (var server in (bool[])[false, true])
        {
            var build = (await consumer.BuildAsync("-p:UseSharedCompilation=" + (server ? "true" : "false"), "--verbosity", "detailed")).Succeeded();

            Assert.Equal(server, build.Output.Contains("CompilerServer: server - server processed compilation", StringComparison.Ordinal));
            var lines = (await consumer.RunAsync()).Succeeded().Lines.ToList();
            Assert.Equal(["邻居", "table", neighbour.MarkdigIdentity, neighbour.YamlDotNetIdentity, lines[4], "ours", "True"], lines);

            // Ours were at work in the same process, at their own versions; the quotes of the front matter are what takes YamlDotNet.
            Assert.All(ours, library => Assert.Contains(library, lines[4].Split("; ")));

            // A link of the page, which Markdig finds, and a text of the front matter, which YamlDotNet reads.
            var documentation = consumer.Read($"bin/Debug/net10.0/With.{neighbour.Id}.xml");
            Assert.Contains("https://pay.example.com/orders?a=1&amp;b=2", documentation, StringComparison.Ordinal);
            Assert.Contains("Read from front matter beside another generator.", documentation, StringComparison.Ordinal);
        }
    }

    private IEnumerable<string> OurLibraries()
    {
        foreach (var name in (string[])["WeChatPay.Markdig", "WeChatPay.YamlDotNet"])
        {
            using var file = new PEReader(new MemoryStream(feed.Files("WeChatPay.Generated")[$"analyzers/dotnet/cs/{name}.dll"]));
            yield return name + " " + file.GetMetadataReader().GetAssemblyDefinition().Version;
        }
    }
}
