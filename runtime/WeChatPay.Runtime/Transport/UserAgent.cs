using System.Runtime.InteropServices;

namespace WeChatPay.Transport;

/// <summary>The API may refuse requests without a <c>User-Agent</c>, and <see cref="System.Net.Http.HttpClient"/> sends none by itself.</summary>
internal static class UserAgent
{
    /// <summary>How the value begins, in every version.</summary>
    public const string Product = "WeChatPay.Generated/";

    public static string Value { get; } =
        $"{Product}{typeof(UserAgent).Assembly.GetName().Version?.ToString(3) ?? "0"} ({Platform}) {RuntimeInformation.FrameworkDescription.Replace(' ', '/')}";

    private static string Platform =>
        OperatingSystem.IsWindows() ? "windows"
        : OperatingSystem.IsMacOS() ? "macos"
        : OperatingSystem.IsLinux() ? "linux"
        : "other";
}
