using System.Net;
using Microsoft.AspNetCore.Http;

namespace WeChatPay.Sandbox;

/// <summary>Keeps web pages of other sites, also with rebound names, away from a gateway on this machine.</summary>
internal static class HostGuard
{
    /// <summary>Why the request is not admitted; null if it is.</summary>
    public static string? Refusal(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address))
            return "The sandbox serves this machine only.";

        var own = OwnHosts(context.Connection.LocalPort);
        if (!own.Contains(context.Request.Headers.Host.ToString(), StringComparer.OrdinalIgnoreCase))
            return $"Host is '{context.Request.Headers.Host}', expected {own[0]}.";

        var origin = context.Request.Headers.Origin;
        return origin.Count == 0 || own.Any(h => string.Equals(origin.ToString(), $"http://{h}", StringComparison.OrdinalIgnoreCase))
            ? null
            : $"Origin is '{origin}': pages of other sites are not admitted.";
    }

    private static string[] OwnHosts(int port)
        => port == 80
            ? ["127.0.0.1", "localhost", "127.0.0.1:80", "localhost:80"]
            : [$"127.0.0.1:{port}", $"localhost:{port}"];
}
