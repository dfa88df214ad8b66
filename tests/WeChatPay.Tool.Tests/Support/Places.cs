using System.Runtime.CompilerServices;

namespace WeChatPay.Tool.Tests.Support;

/// <summary>Folders of the repository.</summary>
internal static class Places
{
    public static string Catalogue { get; } = Path.Combine(Project(), "..", "..", "specs");

    /// <summary>A folder of few files that hold a bit of everything.</summary>
    public static string Samples { get; } = Path.Combine(Project(), "Samples", "specs");

    public static string Sample(params string[] path) => Path.Combine([Samples, .. path]);

    private static string Project([CallerFilePath] string file = "") => Path.GetDirectoryName(Path.GetDirectoryName(file))!;
}
