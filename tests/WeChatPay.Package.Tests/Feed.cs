using System.IO.Compression;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(WeChatPay.Package.Tests.Feed))]

namespace WeChatPay.Package.Tests;

/// <summary>
/// The packages under test in a local feed, and an empty package cache beside it. They are packed once for all tests, unless the
/// environment variable <c>WECHATPAY_PACKAGES</c> names a folder of packages, such as <c>artifacts/packages</c> after <c>bash build/pack.sh</c>.
/// </summary>
public sealed class Feed : IAsyncLifetime
{
    private const string OurPackages = "WeChatPay.";

    private readonly string _root = Path.Combine(Path.GetTempPath(), "wechatpay-package-tests", Guid.NewGuid().ToString("N"));

    internal string Packages { get; private set; } = "";

    internal string Cache => Path.Combine(_root, "cache");

    internal string Version { get; private set; } = "";

    /// <summary>A second source, for packages that tests make of other people.</summary>
    internal string OtherPackages => Path.Combine(_root, "others");

    /// <summary>The folder whose nuget.config adds the feed to the sources of this machine.</summary>
    internal string Consumers => Path.Combine(_root, "consumers");

    internal IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["NUGET_PACKAGES"] = Cache };

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Consumers);
        Directory.CreateDirectory(OtherPackages);
        Packages = System.Environment.GetEnvironmentVariable("WECHATPAY_PACKAGES") is { Length: > 0 } given ? Path.GetFullPath(given) : await PackAsync();
        Version = Nuspec("WeChatPay.Generated").Descendants().Single(e => e.Name.LocalName == "version").Value;

        XElement fallback = new("fallbackPackageFolders");
        if (ThirdPartyFolder() is { } folder)
            fallback.Add(Add("third-party", folder));
        new XElement(
            "configuration",
            new XElement("packageSources", Add("under-test", Packages), Add("others", OtherPackages)),
            fallback).Save(Path.Combine(Consumers, "nuget.config"));

        static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // A compiler server may still hold a file open on Windows; the temporary folder is cleared by the system.
        }

        return default;
    }

    internal string PackageFile(string id)
        => Directory.GetFiles(Packages, id + ".*.nupkg").Single(f => char.IsAsciiDigit(Path.GetFileName(f)[id.Length + 1]));

    /// <summary>What an installed package says about where it came from; empty if it is not in the cache.</summary>
    internal string Origin(string id)
    {
#pragma warning disable CA1308 // NuGet's folders are lower case.
        var metadata = Path.Combine(Cache, id.ToLowerInvariant(), Version, ".nupkg.metadata");
#pragma warning restore CA1308
        return File.Exists(metadata) ? File.ReadAllText(metadata) : "";
    }

    internal IReadOnlyDictionary<string, byte[]> Files(string id)
    {
        using var archive = ZipFile.OpenRead(PackageFile(id));
        return archive.Entries.ToDictionary(e => Uri.UnescapeDataString(e.FullName), Read, StringComparer.Ordinal);

        static byte[] Read(ZipArchiveEntry entry)
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }

    internal XElement Nuspec(string id)
    {
        using var stream = new MemoryStream(Files(id)[id + ".nuspec"]);
        return XElement.Load(stream);
    }

    private async Task<string> PackAsync()
    {
        var output = Path.Combine(_root, "feed");
        var result = await Command.RunAsync(
            "bash", [Repository.Path("build", "pack.sh"), "--output", output], Repository.Root, new Dictionary<string, string>(), CancellationToken.None);
        result.Succeeded();
        return output;
    }

    /// <summary>
    /// Saves the download of other people's packages. A cache that holds one of ours is not used at all:
    /// ours must come out of the feed, or the tests would pass with yesterday's.
    /// </summary>
    private static string? ThirdPartyFolder()
    {
        var folder = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(folder)
            && !Directory.EnumerateDirectories(folder).Any(d => Path.GetFileName(d).StartsWith(OurPackages, StringComparison.OrdinalIgnoreCase))
            ? folder
            : null;
    }
}
