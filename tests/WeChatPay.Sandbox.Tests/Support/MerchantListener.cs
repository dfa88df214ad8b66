using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace WeChatPay.Sandbox.Tests;

/// <summary>A merchant's notification endpoint: a bare HTTP server that keeps what it gets.</summary>
internal sealed class MerchantListener : IAsyncDisposable
{
    private readonly WebApplication _application;

    private MerchantListener(WebApplication application) => _application = application;

    public ConcurrentQueue<Received> Requests { get; } = new();

    /// <summary>Answers with these statuses, one after the other; then with 204.</summary>
    public ConcurrentQueue<int> Statuses { get; } = new();

    public string Url { get; private set; } = string.Empty;

    public static async Task<MerchantListener> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var listener = new MerchantListener(application);
        application.Run(listener.HandleAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        listener.Url = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/notify";
        return listener;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new System.IO.MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Requests.Enqueue(new Received(
            context.Request.Method,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        context.Response.StatusCode = Statuses.TryDequeue(out var status) ? status : 204;
        if (context.Response.StatusCode == 302)
            context.Response.Headers.Location = Url;
    }
}

internal sealed record Received(string Method, Dictionary<string, string> Headers, byte[] Body);
