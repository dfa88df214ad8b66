using System.Linq;
using System.Net.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
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
public static partial class WeChatPayServiceCollectionExtensions
{
    /// <summary>
    /// Registers a client for one merchant as a singleton, with the HTTP client named <c>WeChatPay</c>. The options are validated when the
    /// host starts.
    /// </summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the merchant's options in code. Options that come from configuration have an overload of their own.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">A merchant is registered without a name already.</exception>
    public static IServiceCollection AddWeChatPay<TClient>(this IServiceCollection services, Action<WeChatPayOptions> configure)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return AddDefaultMerchant<TClient>(services, options => options.Configure(configure));
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
    /// <exception cref="InvalidOperationException">A merchant is registered under this name already.</exception>
    public static IServiceCollection AddWeChatPay<TClient>(this IServiceCollection services, string name, Action<WeChatPayOptions> configure)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return AddNamedMerchant<TClient>(services, name, options => options.Configure(configure));
    }

    /// <summary>Registers a further client type over the merchant without a name, with the same keys and connections.</summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="services">The services, to which the merchant was added with <c>AddWeChatPay</c>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWeChatPayClient<TClient>(this IServiceCollection services)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(static provider => TClient.Create(provider.GetRequiredService<WeChatPayCore>()));
        return services;
    }

    /// <summary>Registers a further client type over one of several merchants, with the same keys and connections.</summary>
    /// <typeparam name="TClient">The generated client type.</typeparam>
    /// <param name="services">The services, to which the merchant was added with <c>AddWeChatPay</c>.</param>
    /// <param name="name">The merchant's name.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWeChatPayClient<TClient>(this IServiceCollection services, string name)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        services.TryAddKeyedSingleton(name, static (provider, key) => TClient.Create(provider.GetRequiredKeyedService<WeChatPayCore>(key)));
        return services;
    }

    private static IServiceCollection AddDefaultMerchant<TClient>(IServiceCollection services, Action<OptionsBuilder<WeChatPayOptions>> configure)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        AddMerchant(services, Options.Options.DefaultName, configure);
        services.AddSingleton(static provider => CreateCore(provider, Options.Options.DefaultName));
        return services.AddWeChatPayClient<TClient>();
    }

    private static IServiceCollection AddNamedMerchant<TClient>(IServiceCollection services, string name, Action<OptionsBuilder<WeChatPayOptions>> configure)
        where TClient : WeChatPayClientBase, IWeChatPayClient<TClient>
    {
        AddMerchant(services, name, configure);
        services.AddKeyedSingleton(name, static (provider, key) => CreateCore(provider, (string)key!));
        return services.AddWeChatPayClient<TClient>(name);
    }

    private static void AddMerchant(IServiceCollection services, string name, Action<OptionsBuilder<WeChatPayOptions>> configure)
    {
        // Both delegates would set one options object, and the keys of two merchants would be mixed into one.
        if (services.Any(service => service.ServiceType == typeof(WeChatPayCore) && Equals(service.ServiceKey ?? "", name)))
        {
            throw new InvalidOperationException(
                (name.Length == 0 ? "A merchant is registered without a name already." : $"A merchant is registered under the name '{name}' already.")
                + " Give each merchant a name of its own: AddWeChatPay(\"shop\", options => …). To change the options of this one use services.Configure<WeChatPayOptions>(…);"
                + " for a further client type over it use AddWeChatPayClient<TClient>(…).");
        }

        services.AddSingleton(new MerchantRegistration(name));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MerchantStart>());
        AddShared(services);
        configure(services.AddOptions<WeChatPayOptions>(name).ValidateOnStart());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WeChatPayOptions>, WeChatPayOptionsValidator>());
        AddConnections(services, WireGateFilter.ClientName(name), provider =>
        {
            var options = provider.GetRequiredService<IOptionsMonitor<WeChatPayOptions>>().Get(name);
            return Connections.CreateHandler(options.Proxy, options.ClientCertificate);
        });
    }

    private static void AddShared(IServiceCollection services)
    {
        // For all merchants, whose keys in it differ. A store that the application registers comes before it.
        services.TryAddSingleton<INotificationStore>(static provider => new InMemoryNotificationStore(provider.GetService<TimeProvider>()));
        if (!services.Any(service => service.ImplementationType == typeof(WireGateFilter)))
        {
            // The first of the filters acts last: what it adds is below the handlers of all others, those that log among them.
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, WireGateFilter>());
        }
    }

    private static void AddConnections(IServiceCollection services, string clientName, Func<IServiceProvider, HttpMessageHandler> createHandler)
        => services.AddHttpClient(clientName)
            .ConfigurePrimaryHttpMessageHandler(createHandler)

            // The client is kept for the life of the process; DNS changes are noticed by PooledConnectionLifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)

            // The factory's own logs print addresses with their query and, at Trace, headers. Calls are logged by this library; who adds the
            // factory's logs back reads no header values, and a logger that takes them apart finds no signature.
            .RemoveAllLoggers()
            .RedactLoggedHeaders(static _ => true);

    private static ILogger LoggerOf(IServiceProvider provider) => provider.GetService<ILoggerFactory>()?.CreateLogger(Log.Category) ?? NullLogger.Instance;

    private static WeChatPayCore CreateCore(IServiceProvider provider, string name)
    {
        var logger = LoggerOf(provider);
        var core = WeChatPayCore.Create(
            provider.GetRequiredService<IOptionsMonitor<WeChatPayOptions>>().Get(name),
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(WireGateFilter.ClientName(name)),
            logger);
        foreach (var validator in provider.GetServices<IValidateOptions<WeChatPayOptions>>())
        {
            (validator as WeChatPayOptionsValidator)?.Started(name);
        }

        core.Reloading = new CredentialsReload(
            core,
            name,
            provider.GetRequiredService<IOptionsFactory<WeChatPayOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<WeChatPayOptions>>(),
            logger);
        return core;
    }
}
