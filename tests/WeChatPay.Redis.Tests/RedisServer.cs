using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(WeChatPay.Redis.Tests.RedisServer))]

namespace WeChatPay.Redis.Tests;

/// <summary>A Redis server of its own on a free port of loopback, which keeps nothing.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Process? _process;

    /// <summary>0 until it has been started; it keeps its port when it is started again.</summary>
    public int Port { get; private set; }

    public async ValueTask InitializeAsync() => await StartAsync();

    public async Task StartAsync()
    {
        // Between looking for a free port and taking it, somebody else may take it.
        for (var attempt = 1; ; attempt++)
        {
            var port = Port > 0 ? Port : FreePort();
            _process = Run(port);
            if (await IsReadyAsync(port))
            {
                Port = port;
                return;
            }

            var output = Stop();
            if (attempt == 5)
                throw new InvalidOperationException($"redis-server does not start: {output}");
        }
    }

    /// <summary>As a crash does it.</summary>
    public string Stop()
    {
        if (_process is not { } process)
            return "";
        _process = null;
        using (process)
        {
            if (!process.HasExited)
                process.Kill();
            process.WaitForExit();
            return process.StandardOutput.ReadToEnd();
        }
    }

    /// <summary>A connection such as a process of its own has one.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync() => ConnectionMultiplexer.ConnectAsync(Options());

    public ConfigurationOptions Options() => new() { EndPoints = { { IPAddress.Loopback, Port } }, AbortOnConnectFail = true, AllowAdmin = true, ConnectTimeout = 2000 };

    public ValueTask DisposeAsync()
    {
        Stop();
        return default;
    }

    private static Process Run(int port)
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in (string[])["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("These tests run against a real Redis, and there is no redis-server in PATH: install it (apt-get install redis-server).", e);
        }
    }

    private async Task<bool> IsReadyAsync(int port)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience && !_process!.HasExited)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port);
                await socket.GetStream().WriteAsync("PING\r\n"u8.ToArray());
                var answer = new byte[5];
                await socket.GetStream().ReadExactlyAsync(answer);
                if (answer.AsSpan().SequenceEqual("+PONG"u8))
                    return !_process.HasExited;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Not yet.
            }

            await Task.Delay(50);
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
