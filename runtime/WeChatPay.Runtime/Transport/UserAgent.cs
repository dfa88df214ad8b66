using System.Runtime.InteropServices;

namespace WeChatPay.Transport;

/// <summary>The API may refuse requests without a <c>User-Agent</c>, and <see cref="System.Net.Http.HttpClient"/> sends none by itself.</summary>
internal static class UserAgent
{
    public static string Value { get; } =
        $"WeChatPay.Generated/{typeof(UserAgent).Assembly.GetName().Version?.ToString(3) ?? "0"} ({Platform}) {RuntimeInformation.FrameworkDescription.Replace(' ', '/')}";

    private static string Platform =>
        OperatingSystem.IsWindows() ? "windows"
        : OperatingSystem.IsMacOS() ? "macos"
        : OperatingSystem.IsLinux() ? "linux"
        : "other";
}
