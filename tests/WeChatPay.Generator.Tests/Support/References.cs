using Microsoft.CodeAnalysis;

namespace WeChatPay.Generator.Tests.Support;

/// <summary>What user projects compile against.</summary>
internal static class References
{
    public static IReadOnlyList<MetadataReference> Net80 { get; } = [.. Read("net8.0")];

    public static IReadOnlyList<MetadataReference> Net100 { get; } = [.. Read("net10.0")];

    /// <summary>A project that lacks WeChatPay.Runtime.</summary>
    public static IReadOnlyList<MetadataReference> FrameworkOnly { get; } = [.. Read("net10.0").Where(item => !item.Display!.Contains("WeChatPay.Runtime", StringComparison.Ordinal))];

    private static IEnumerable<MetadataReference> Read(string framework)
        => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references." + framework + ".txt"))
            .Where(path => path.Length > 0)
            .Select(path => MetadataReference.CreateFromFile(path));
}
