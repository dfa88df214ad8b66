using Microsoft.Extensions.Hosting;

namespace WeChatPay.Sandbox;

/// <summary>The gateway is a guest in somebody's process: it neither takes Ctrl+C nor writes to the console.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
