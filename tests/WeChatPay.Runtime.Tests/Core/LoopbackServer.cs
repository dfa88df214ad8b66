using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>A request with its request line and headers exactly as they came over a socket.</summary>
internal sealed record WireRequest(string RequestLine, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>The least HTTP server that shows what is really on the wire.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<WireRequest> _requests = [];
    private readonly Func<WireRequest, byte[]> _answer;
    private readonly Task _accepting;

    public LoopbackServer(Func<WireRequest, byte[]> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public IReadOnlyList<WireRequest> Requests => _requests;

    public int Connections { get; private set; }

    /// <summary>An address at which nobody listens.</summary>
    public static Uri DeadAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    public static byte[] Signed(string body, int status = 200)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes(body);
        return Raw(
            $"HTTP/1.1 {status} X\r\nContent-Length: {bytes.Length}\r\nRequest-ID: 08X-0\r\nWechatpay-Timestamp: {timestamp}\r\nWechatpay-Nonce: N\r\n"
                + $"Wechatpay-Serial: {TestMerchant.PublicKeyId}\r\nWechatpay-Signature: {TestMerchant.Sign(timestamp, "N", bytes)}\r\n\r\n",
            bytes);
    }

    public static byte[] Raw(string head, byte[]? body = null) => [.. Encoding.ASCII.GetBytes(head), .. body ?? []];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            Connections++;
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            await using var stream = client.GetStream();
            while (await ReadAsync(stream) is { } request)
            {
                lock (_requests)
                {
                    _requests.Add(request);
                }

                var answer = _answer(request);
                if (answer.Length == 0)
                {
                    return;
                }

                await stream.WriteAsync(answer, _stop.Token);
            }
        }
    }

    private async Task<WireRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            try
            {
                if (await stream.ReadAsync(one, _stop.Token) == 0)
                {
                    return null;
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines[1..].ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return new(lines[0], headers, body);
    }
}
