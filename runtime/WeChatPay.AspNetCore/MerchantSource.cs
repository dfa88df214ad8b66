using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace WeChatPay.AspNetCore;

/// <summary>Which merchant an endpoint belongs to. One request has one merchant or none: keys are never tried in turn.</summary>
internal abstract class MerchantSource
{
    public static MerchantSource Default { get; } = new OneMerchant(null);

    public static MerchantSource Named(string name) => new OneMerchant(name);

    public static MerchantSource OfRoute(string parameter) => new MerchantOfRoute(parameter);

    /// <summary>The merchant's core, or null if the route names none that is registered, nor one of the factory.</summary>
    public abstract ValueTask<WeChatPayCore?> FindAsync(HttpContext context, CancellationToken cancellationToken);

    private sealed class OneMerchant(string? name) : MerchantSource
    {
        public override ValueTask<WeChatPayCore?> FindAsync(HttpContext context, CancellationToken cancellationToken) => new(name is null
            ? context.RequestServices.GetRequiredService<WeChatPayCore>()
            : context.RequestServices.GetRequiredKeyedService<WeChatPayCore>(name));
    }

    private sealed class MerchantOfRoute(string parameter) : MerchantSource
    {
        /// <summary>Anybody may send a name. A long one is nobody's, and need not be looked up.</summary>
        private const int LongestName = 128;

        public override async ValueTask<WeChatPayCore?> FindAsync(HttpContext context, CancellationToken cancellationToken)
        {
            if (context.GetRouteValue(parameter) is not string { Length: > 0 and <= LongestName } name)
            {
                return null;
            }

            var services = context.RequestServices;
            return services.GetKeyedService<WeChatPayCore>(name)
                ?? (services.GetService<WeChatPayClientFactory>() is { } factory ? await factory.FindCoreAsync(name, cancellationToken).ConfigureAwait(false) : null);
        }
    }
}
