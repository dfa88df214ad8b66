using Microsoft.Extensions.Http;
using WeChatPay.Transport;

namespace WeChatPay.Hosting;

/// <summary>
/// Puts our own handler innermost into the HTTP clients of this library, whatever handlers the host adds to them or to all clients, so that
/// no resilience handler can send a money-moving request twice.
/// </summary>
internal sealed class WireGateFilter : IHttpMessageHandlerBuilderFilter
{
    private const string Prefix = "WeChatPay";

    public static string ClientName(string merchant) => merchant.Length == 0 ? Prefix : $"{Prefix}:{merchant}";

    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.Name == Prefix || builder.Name?.StartsWith(Prefix + ":", StringComparison.Ordinal) == true)
        {
            builder.AdditionalHandlers.Add(new WireGate());
        }
    };
}
