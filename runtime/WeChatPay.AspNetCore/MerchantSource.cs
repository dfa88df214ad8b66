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

    /// <summary>The merchant's core, or null if the route names none that is registered.</summary>
    public abstract WeChatPayCore? Find(HttpContext context);

    private sealed class OneMerchant(string? name) : MerchantSource
    {
        public override WeChatPayCore Find(HttpContext context) => name is null
            ? context.RequestServices.GetRequiredService<WeChatPayCore>()
            : context.RequestServices.GetRequiredKeyedService<WeChatPayCore>(name);
    }

    private sealed class MerchantOfRoute(string parameter) : MerchantSource
    {
        public override WeChatPayCore? Find(HttpContext context)
            => context.GetRouteValue(parameter) is string { Length: > 0 } name
                ? context.RequestServices.GetKeyedService<WeChatPayCore>(name)
                : null;
    }
}
