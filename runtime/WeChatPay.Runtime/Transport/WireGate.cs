using System.Net.Http;
using WeChatPay.Signing;

namespace WeChatPay.Transport;

/// <summary>The innermost handler: what passes here is on the wire. Requests that are not ours pass untouched.</summary>
internal sealed class WireGate : DelegatingHandler
{
    public WireGate()
    {
    }

    public WireGate(HttpMessageHandler inner)
        : base(inner)
    {
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A handler that copies requests (hedging) keeps the content; one that replaces the content keeps the request.
        var state = (request as SignedRequest)?.State ?? (request.Content as SignedContent)?.State ?? SignedRequest.StateOf(request);
        if (state is null && IsStrayCopy(request))
        {
            throw SendState.Changed(WeChatPayOutcome.Unknown);
        }

        state?.Enter(request, InnerHandler is SocketsHttpHandler);
        var attempt = base.SendAsync(request, cancellationToken);
        state?.Follow(attempt);
        return attempt;
    }

    /// <summary>
    /// A copy of a signed request with other content: nothing tells whether it was sent before. APIv3 requests are known by their signature; those of
    /// APIv2 carry theirs within, and are known by what every request of this library says of its sender.
    /// </summary>
    private static bool IsStrayCopy(HttpRequestMessage request)
        => request.Method != HttpMethod.Get
            && (Has(request, "Authorization", SignatureScheme.Prefix) || Has(request, "User-Agent", UserAgent.Product));

    private static bool Has(HttpRequestMessage request, string name, string beginning)
        => request.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString().StartsWith(beginning, StringComparison.Ordinal);
}
