using System.Net.Http;

namespace WeChatPay.Transport;

/// <summary>Sends over what the client was given: connections of its own, a handler, or an HTTP client.</summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly HttpClient? _client;
    private readonly bool _isOwned;

    private HttpSender(HttpMessageInvoker invoker, bool isOwned, bool isWatched)
    {
        _invoker = invoker;
        _client = invoker as HttpClient;
        _isOwned = isOwned;
        IsWatched = isWatched;
    }

    /// <summary>A <see cref="WireGate"/> is innermost.</summary>
    public bool IsWatched { get; }

    /// <summary>The connections are made by us and show the client certificate of the options. Those of a caller's handler show what the caller decides.</summary>
    public bool ShowsOwnCertificate => _isOwned || HasHandlersOfHost;

    /// <summary>Handlers of the host, and loggers among them, may be above the innermost one.</summary>
    public bool HasHandlersOfHost => _client is not null && IsWatched;

    public static HttpSender OverOwnConnections(ClientSettings settings)
        => new(new HttpMessageInvoker(new WireGate(Connections.CreateHandler(settings.Proxy, settings.ClientCertificate)), disposeHandler: true), isOwned: true, isWatched: true);

    public static HttpSender Over(HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new(new HttpMessageInvoker(new WireGate(handler), disposeHandler: false), isOwned: false, isWatched: true);
    }

    public static HttpSender Over(HttpClient client, bool isWatched)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new(client, isOwned: false, isWatched);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => _client is null
            ? _invoker.SendAsync(request, cancellationToken)
            : _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose()
    {
        if (_isOwned)
        {
            _invoker.Dispose();
        }
    }
}
