using System.Net.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WeChatPay;
using WeChatPay.Hosting;
using WeChatPay.Telemetry;
using WeChatPay.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers clients of WeChat Pay. Generated code calls this for the generated client type.</summary>
public static class WeChatPayServiceCollectionExtensions
{
    /// <summary>
    /// Registers a client for one merchant as a singleton, with the HTTP client named <c>WeChatPay</c>. The options are validated when the
    /// host starts.
    /// </summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the merchant's options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWeChatPay<TClient>(this IServiceCollection services, Action<WeChatPayOptions> configure)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        AddMerchant(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(static provider => CreateCore(provider, Options.Options.DefaultName));
        services.TryAddSingleton(static provider => TClient.Create(provider.GetRequiredService<WeChatPayCore>()));
        return services;
    }

    /// <summary>
    /// Registers a client for one of several merchants as a keyed singleton, with the HTTP client named <c>WeChatPay:</c> and the name. Keys and
    /// connections of merchants are never shared.
    /// </summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The key: <c>[FromKeyedServices(name)] TClient client</c>.</param>
    /// <param name="configure">Sets the merchant's options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWeChatPay<TClient>(this IServiceCollection services, string name, Action<WeChatPayOptions> configure)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        AddMerchant(services, name, configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => CreateCore(provider, (string)key!));
        services.TryAddKeyedSingleton(name, static (provider, key) => TClient.Create(provider.GetRequiredKeyedService<WeChatPayCore>(key)));
        return services;
    }

    private static void AddMerchant(IServiceCollection services, string name, Action<WeChatPayOptions> configure)
    {
        services.AddOptions<WeChatPayOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WeChatPayOptions>, WeChatPayOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, WireGateFilter>());
        services.AddHttpClient(WireGateFilter.ClientName(name))
            .ConfigurePrimaryHttpMessageHandler(provider =>
            {
                var options = provider.GetRequiredService<IOptionsMonitor<WeChatPayOptions>>().Get(name);
                return Connections.CreateHandler(options.Proxy, options.ClientCertificate);
            })

            // The client is kept for the life of the process; DNS changes are noticed by PooledConnectionLifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)

            // The factory's own logs print addresses with their query and, at Trace, headers. Calls are logged by this library; who adds the
            // factory's logs back still gets no header values.
            .RemoveAllLoggers()
            .RedactLoggedHeaders(static _ => true);
    }

    private static WeChatPayCore CreateCore(IServiceProvider provider, string name) => WeChatPayCore.Create(
        provider.GetRequiredService<IOptionsMonitor<WeChatPayOptions>>().Get(name),
        provider.GetRequiredService<IHttpClientFactory>().CreateClient(WireGateFilter.ClientName(name)),
        provider.GetService<ILoggerFactory>()?.CreateLogger(Log.Category) ?? NullLogger.Instance);
}
