using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace WeChatPay.Sandbox;

/// <summary>
/// Opens connections to merchants' addresses: to loopback and private addresses only, unless allowed. The check is made on the address that is
/// really connected to, so that a name which resolves differently the second time gains nothing.
/// </summary>
internal static class NotificationConnector
{
    public static HttpClient CreateClient(bool allowRemote)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // Every delivery on a connection of its own: listeners of tests come and go.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowRemote, cancellationToken),
        };

        // The time limit of a delivery is counted by the gateway's clock.
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 << 20 };
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowRemote, CancellationToken cancellationToken)
    {
        var resolved = await Dns.GetHostAddressesAsync(target.Host, cancellationToken).ConfigureAwait(false);
        var allowed = allowRemote ? resolved : resolved.Where(IsNear).ToArray();
        if (allowed.Length == 0)
            throw new NotificationRefusedException(target.Host);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Loopback and the private ranges of RFC 1918 and RFC 4193. Link-local is not among them: cloud metadata services live there.</summary>
    internal static bool IsNear(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        if (IPAddress.IsLoopback(address))
            return true;

        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31) || (bytes[0] == 192 && bytes[1] == 168)
            : (bytes[0] & 0xFE) == 0xFC;
    }
}

/// <summary>The address is neither loopback nor private.</summary>
internal sealed class NotificationRefusedException(string host) : IOException(
    $"The sandbox sends notifications to loopback and private addresses only; {host} is neither. Set SandboxOptions.AllowRemoteNotifications to allow it.");
