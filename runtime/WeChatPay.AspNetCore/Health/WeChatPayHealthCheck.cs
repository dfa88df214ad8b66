using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WeChatPay.Hosting;

namespace WeChatPay.AspNetCore;

/// <summary>One check of all merchants. Reads what the clients know already; nothing is sent and no vault is asked.</summary>
internal sealed class WeChatPayHealthCheck(IServiceProvider provider, WeChatPayHealthCheckOptions options) : IHealthCheck
{
    /// <summary>A monitor is no place for a thousand lines.</summary>
    private const int MostProblems = 10;

    /// <summary>So many merchants are described although they are well.</summary>
    private const int MostDescribed = 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var merchants = new List<MerchantHealth>();
        foreach (var merchant in provider.GetServices<MerchantRegistration>())
        {
            merchants.Add(MerchantHealth.Of(merchant.CoreIn(provider), options));
        }

        // Of those that are known only at run time, the ones that somebody has asked for.
        foreach (var core in provider.GetService<WeChatPayClientFactory>()?.Cores ?? [])
        {
            merchants.Add(MerchantHealth.Of(core, options));
        }

        var status = HealthStatus.Healthy;
        var problems = new List<string>();
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var merchant in merchants)
        {
            var own = merchant.HasNoKey ? context.Registration.FailureStatus : merchant.Problems.Count > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
            status = own < status ? own : status;
            problems.AddRange(merchant.Problems);
            if (own == HealthStatus.Healthy && merchants.Count > MostDescribed)
            {
                continue;
            }

            foreach (var (key, value) in merchant.Data)
            {
                data[key] = value;
            }
        }

        data["merchants"] = merchants.Count;
        return Task.FromResult(new HealthCheckResult(status, Describe(problems), data: data));
    }

    private static string? Describe(List<string> problems) => problems.Count switch
    {
        0 => null,
        <= MostProblems => string.Join(' ', problems),
        _ => $"{string.Join(' ', problems.GetRange(0, MostProblems))} And {problems.Count - MostProblems} more.",
    };
}
