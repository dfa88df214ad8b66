using Microsoft.Extensions.Diagnostics.HealthChecks;
using WeChatPay;
using WeChatPay.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health check of WeChat Pay.</summary>
public static class WeChatPayHealthChecksBuilderExtensions
{
    private static readonly string[] DefaultTags = ["ready"];

    /// <summary>
    /// Adds one check of all merchants of this application, without any network: keys and certificates that end soon or have ended, platform certificates that
    /// could not be fetched for long, a clock that is off, replaced keys that have lapsed. Each of them is <see cref="HealthStatus.Degraded"/>.
    /// </summary>
    /// <remarks>
    /// That a merchant has no usable key of WeChat Pay at all is reported as <paramref name="failureStatus"/>. It is Degraded as well by default: each instance has
    /// the same keys, so taking one out helps nobody, and would stop its notification endpoint and all that has nothing to do with payments.
    /// </remarks>
    /// <param name="builder">What <c>services.AddHealthChecks()</c> returns.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What a merchant without any usable key of WeChat Pay is, and a check that fails itself.</param>
    /// <param name="tags">The tags; null: <c>ready</c>.</param>
    /// <param name="configure">Changes the thresholds; null: leaves them.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddWeChatPay(
        this IHealthChecksBuilder builder,
        string name = "wechatpay",
        HealthStatus failureStatus = HealthStatus.Degraded,
        IEnumerable<string>? tags = null,
        Action<WeChatPayHealthCheckOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var options = new WeChatPayHealthCheckOptions();
        configure?.Invoke(options);
        return builder.Add(new(name, provider => new WeChatPayHealthCheck(provider, options), failureStatus, tags ?? DefaultTags));
    }
}
