using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WeChatPay.Keys;
using WeChatPay.Transport;

namespace WeChatPay.Hosting;

/// <summary>A merchant that was registered.</summary>
/// <param name="Name">The name; empty for the one without.</param>
internal sealed record MerchantRegistration(string Name)
{
    /// <summary>The merchant's core, which is made if it is not there yet.</summary>
    public WeChatPayCore CoreIn(IServiceProvider provider)
        => Name.Length == 0 ? provider.GetRequiredService<WeChatPayCore>() : provider.GetRequiredKeyedService<WeChatPayCore>(Name);
}

/// <summary>
/// Makes the clients' cores when the host starts, so that what is wrong shows then and changed options are watched from then on. A merchant without any
/// usable key of WeChat Pay gets its certificates first: if WeChat Pay has none for it, the host does not start; if it cannot be asked just now, calls
/// will ask again.
/// </summary>
internal sealed class MerchantStart(IServiceProvider provider, IEnumerable<MerchantRegistration> merchants) : IHostedService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // As in the schedule: a thousand merchants must not all ask in the same moment.
        using var turns = new SemaphoreSlim(RefreshSchedule.MostAtOnce);
        var waits = new List<Task>();
        foreach (var merchant in merchants)
        {
            var core = merchant.CoreIn(provider);
            if (!core.Keyring.IsReady)
            {
                waits.Add(FetchAsync(core, turns, cancellationToken));
            }
        }

        await Task.WhenAll(waits).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task FetchAsync(WeChatPayCore core, SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(LongestWait, core.Credentials.Clock, cancellationToken);
        try
        {
            await turns.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                await core.Keyring.MakeReadyAsync(limit.Token).ConfigureAwait(false);
            }
            finally
            {
                turns.Release();
            }
        }
        catch (WeChatPaySignatureException e) when (MerchantKeyring.SaysThatThereIsNone(e))
        {
            throw new InvalidOperationException($"Merchant {core.Credentials.MerchantId}: {e.BaseMessage}", e);
        }
        catch (Exception e) when (e is WeChatPayException || (e is OperationCanceledException && limit.EndedByTime))
        {
            // Logged by the refresh. A start must not depend on WeChat Pay being up.
        }
    }
}
