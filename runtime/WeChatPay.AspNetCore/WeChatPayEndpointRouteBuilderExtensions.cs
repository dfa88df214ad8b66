using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WeChatPay;
using WeChatPay.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps endpoints for WeChat Pay's notifications.</summary>
public static class WeChatPayEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the address that orders name as <c>notify_url</c>, for the merchant registered without a name. Add handlers to what this returns:
    /// <c>app.MapWeChatPayNotifications("/wechatpay/notify").On&lt;TransactionSuccess&gt;(async (n, ct) => …)</c>.
    /// </summary>
    /// <remarks>
    /// The endpoint verifies the signature over the raw bytes, decrypts, and refuses what belongs to another merchant. It takes POST bodies up to 1 MB, needs
    /// no login, no antiforgery token, and is never cached. Nothing may read or change the body before it.
    /// </remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route. WeChat Pay calls it without a query.</param>
    /// <exception cref="InvalidOperationException">No client is registered without a name (<c>AddWeChatPay</c>).</exception>
    public static WeChatPayNotificationEndpointBuilder MapWeChatPayNotifications(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (!IsRegistered(endpoints.ServiceProvider, null))
        {
            throw new InvalidOperationException(
                "No WeChat Pay client is registered without a name: call builder.Services.AddWeChatPay(options => …) first, or name the merchant whose notifications come here.");
        }

        return WeChatPayNotificationEndpointBuilder.Map(endpoints, pattern, MerchantSource.Default);
    }

    /// <summary>Maps the notifications of one of several merchants, registered under a name.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, one of its own for each merchant.</param>
    /// <param name="merchant">The name given to <c>AddWeChatPay</c>.</param>
    /// <exception cref="InvalidOperationException">No client is registered under this name.</exception>
    public static WeChatPayNotificationEndpointBuilder MapWeChatPayNotifications(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string merchant)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentException.ThrowIfNullOrEmpty(merchant);
        if (!IsRegistered(endpoints.ServiceProvider, merchant))
        {
            throw new InvalidOperationException(
                $"No WeChat Pay client is registered under the name '{merchant}': call builder.Services.AddWeChatPay(\"{merchant}\", options => …) first.");
        }

        return WeChatPayNotificationEndpointBuilder.Map(endpoints, pattern, MerchantSource.Named(merchant));
    }

    /// <summary>
    /// Maps the notifications of all merchants that are registered under names, and of those of <see cref="WeChatPayClientFactory"/> where that is registered, each at an
    /// address of its own: the route holds the name, and an unknown one is answered with 404. Each notification is verified and opened with the keys of that one merchant only.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route with a parameter, e.g. <c>/wechatpay/{merchant}/notify</c>.</param>
    /// <param name="routeParameter">The parameter's name, e.g. <c>merchant</c>.</param>
    /// <exception cref="ArgumentException">The route has no such parameter.</exception>
    public static WeChatPayNotificationEndpointBuilder MapWeChatPayNotificationsByRoute(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string routeParameter)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentException.ThrowIfNullOrEmpty(routeParameter);
        if (Routing.Patterns.RoutePatternFactory.Parse(pattern).GetParameter(routeParameter) is null)
            throw new ArgumentException($"The route '{pattern}' has no parameter '{routeParameter}' that could name the merchant.", nameof(routeParameter));
        return WeChatPayNotificationEndpointBuilder.Map(endpoints, pattern, MerchantSource.OfRoute(routeParameter));
    }

    // Asked without making the client: whoever builds the application only to describe it has no secrets at hand.
    private static bool IsRegistered(IServiceProvider services, string? merchant)
        => services.GetService<IServiceProviderIsKeyedService>() is not { } known
            || (merchant is null ? known.IsService(typeof(WeChatPayCore)) : known.IsKeyedService(typeof(WeChatPayCore), merchant));
}
