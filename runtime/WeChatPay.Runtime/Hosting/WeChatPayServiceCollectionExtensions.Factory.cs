using System.Net.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WeChatPay;
using WeChatPay.Telemetry;
using WeChatPay.Transport;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class WeChatPayServiceCollectionExtensions
{
    /// <summary>Registers <see cref="WeChatPayClientFactory"/> as a singleton: the clients of merchants that are known only while the process runs.</summary>
    /// <param name="services">The services.</param>
    /// <param name="find">
    /// Returns the options of a merchant by the name under which the application knows it, or null for a name that it does not know. It is called once for each
    /// merchant, outside of the request that asks, since several may wait for it, and again by <see cref="WeChatPayClientFactory.RefreshAsync"/>; each time with a service
    /// scope of its own. What it throws reaches those who wait, and the next one asks again. A name may come out of the address of a notification, so from anybody.
    /// </param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">A factory is registered already.</exception>
    public static IServiceCollection AddWeChatPayClientFactory(
        this IServiceCollection services, Func<IServiceProvider, string, CancellationToken, ValueTask<WeChatPayOptions?>> find)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(find);
        foreach (var service in services)
        {
            if (service.ServiceType == typeof(WeChatPayClientFactory))
            {
                throw new InvalidOperationException("A factory of WeChat Pay clients is registered already; one serves all merchants and client types.");
            }
        }

        AddShared(services);
        AddConnections(services, WeChatPayClientFactory.HttpClientName, static _ => Connections.CreateHandler(proxy: null));
        return services.AddSingleton(provider => CreateFactory(provider, find));
    }

    private static WeChatPayClientFactory CreateFactory(
        IServiceProvider provider, Func<IServiceProvider, string, CancellationToken, ValueTask<WeChatPayOptions?>> find)
    {
        var logger = LoggerOf(provider);
        var scopes = provider.GetRequiredService<IServiceScopeFactory>();
        var shared = HttpSender.Over(provider.GetRequiredService<IHttpClientFactory>().CreateClient(WeChatPayClientFactory.HttpClientName), isWatched: true);
        return new(
            async (merchant, cancellationToken) =>
            {
                var scope = scopes.CreateAsyncScope();
                await using (scope.ConfigureAwait(false))
                {
                    return await find(scope.ServiceProvider, merchant, cancellationToken).ConfigureAwait(false);
                }
            },
            settings => WeChatPayCore.CreateShared(settings, settings.Proxy is null && settings.ClientCertificate is null ? shared : HttpSender.OverOwnConnections(settings), logger));
    }
}
