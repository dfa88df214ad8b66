using Microsoft.Extensions.DependencyInjection.Extensions;
using StackExchange.Redis;
using WeChatPay;
using WeChatPay.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Redis as the store of WeChat Pay's notifications.</summary>
public static class WeChatPayRedisServiceCollectionExtensions
{
    /// <summary>
    /// Remembers notifications in Redis instead of in memory, over the <see cref="IConnectionMultiplexer"/> that the application has registered. Before or after
    /// <c>AddWeChatPay</c>; one store serves all merchants.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="keyPrefix">What keys begin with. Instances of one application take the same, applications with handlers of their own another one.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWeChatPayRedisNotificationStore(this IServiceCollection services, string keyPrefix = RedisNotificationStore.DefaultKeyPrefix)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(keyPrefix);
        return services.Replace(ServiceDescriptor.Singleton<INotificationStore>(
            provider => new RedisNotificationStore(provider.GetRequiredService<IConnectionMultiplexer>(), keyPrefix)));
    }

    /// <summary>
    /// Remembers notifications in Redis instead of in memory, over a connection of its own that is made with the first notification and closed with the
    /// application. Redis may be down at the start: notifications are then answered with 503, and come again.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Where Redis is: <c>ConfigurationOptions.Parse("redis.example:6380,ssl=true,password=…")</c>.</param>
    /// <param name="keyPrefix">What keys begin with. Instances of one application take the same, applications with handlers of their own another one.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWeChatPayRedisNotificationStore(
        this IServiceCollection services, ConfigurationOptions options, string keyPrefix = RedisNotificationStore.DefaultKeyPrefix)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(keyPrefix);

        // A copy: what the caller changes later is no change of this connection.
        var own = options.Clone();
        services.Replace(ServiceDescriptor.Singleton(_ => new RedisConnection(own)));
        return services.Replace(ServiceDescriptor.Singleton<INotificationStore>(
            provider => new RedisNotificationStore(provider.GetRequiredService<RedisConnection>().GetDatabaseAsync, keyPrefix)));
    }
}
