using System.Net.Http;

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

        if (state is null)
        {
            return base.SendAsync(request, cancellationToken);
        }

        state.Enter(request, InnerHandler is SocketsHttpHandler);
        var attempt = base.SendAsync(state.Authorization.Length == 0 ? request : SignedRequest.ToWire(request, state), cancellationToken);
        state.Follow(attempt);
        return attempt;
    }

    /// <summary>
    /// A copy of a request of this library with other content and without its options: nothing tells whether it was sent before. It is known by what
    /// every request says of its sender.
    /// </summary>
    private static bool IsStrayCopy(HttpRequestMessage request)
        => request.Method != HttpMethod.Get
            && request.Headers.NonValidated.TryGetValues("User-Agent", out var values) && values.ToString().StartsWith(UserAgent.Product, StringComparison.Ordinal);
}
