using System.ComponentModel;
using System.Net.Http;

namespace WeChatPay;

/// <summary>What every generated client has beside its endpoint tree. Thread-safe; one instance per merchant for the life of the process.</summary>
public abstract class WeChatPayClientBase : IDisposable
{
    private readonly WeChatPayCore _core;

    /// <summary>Creates a client over connections of its own, set up as the API needs them.</summary>
    /// <param name="options">The merchant's settings; they are validated and copied.</param>
    /// <exception cref="ArgumentException">Something in the options is missing or wrong; the message lists everything at once.</exception>
    protected WeChatPayClientBase(WeChatPayOptions options)
        : this(WeChatPayCore.Create(options))
    {
    }

    /// <summary>Creates a client over a given handler.</summary>
    /// <param name="options">The merchant's settings; they are validated and copied.</param>
    /// <param name="handler">Sends the requests. It must not follow redirects or decompress; disposing of it is the caller's business.</param>
    /// <exception cref="ArgumentException">Something in the options is missing or wrong; the message lists everything at once.</exception>
    protected WeChatPayClientBase(WeChatPayOptions options, HttpMessageHandler handler)
        : this(WeChatPayCore.Create(options, handler))
    {
    }

    /// <summary>Creates a client over a given <see cref="HttpClient"/>.</summary>
    /// <param name="options">The merchant's settings; they are validated and copied.</param>
    /// <param name="httpClient">
    /// Sends the requests. Its base address is not used, its own time limit applies beside that of the options, its handler must not follow
    /// redirects or decompress; disposing of it is the caller's business.
    /// </param>
    /// <exception cref="ArgumentException">Something in the options is missing or wrong; the message lists everything at once.</exception>
    protected WeChatPayClientBase(WeChatPayOptions options, HttpClient httpClient)
        : this(WeChatPayCore.Create(options, httpClient))
    {
    }

    /// <summary>Used by generated code and dependency injection.</summary>
    /// <param name="core">The merchant's core, which this client disposes of.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected WeChatPayClientBase(WeChatPayCore core)
    {
        ArgumentNullException.ThrowIfNull(core);
        _core = core;
        ResourceContext = new(core);
        Notifications = new(core.Keyring);
        Invocation = new(() => core.Credentials.RequireMerchant());
        SensitiveData = new(core.Keyring);
    }

    /// <summary>Verifies and decrypts the merchant's notifications.</summary>
    public WeChatPayNotifications Notifications { get; }

    /// <summary>Signs the parameters with which a page, a mini program or an app opens the payment.</summary>
    public WeChatPayInvocation Invocation { get; }

    /// <summary>Encrypts and decrypts personal data by hand, where a spec marks no member.</summary>
    public WeChatPaySensitiveData SensitiveData { get; }

    internal WeChatPayCore Core => _core;

    /// <summary>Used by generated code: where the endpoint tree begins.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected WeChatPayResourceContext ResourceContext { get; }

    /// <summary>Sends a request that has no spec, signed like any other, and returns its verified answer.</summary>
    /// <remarks>
    /// It goes to <see cref="WeChatPayOptions.BaseAddress"/>, also with paths such as <c>/hk/v3/…</c> and <c>/v3/global/…</c>. Once bytes may have left it is never
    /// repeated, but for GET by <see cref="WeChatPayOptions.MaxRepetitions"/>. Without a spec no member of the answer is compared with the request: compare
    /// numbers and amounts yourself before you act on them.
    /// </remarks>
    /// <param name="method">The verb.</param>
    /// <param name="pathAndQuery">Begins with <c>/</c>; values in it are already percent-encoded (<see cref="Uri.EscapeDataString(string)"/>).</param>
    /// <param name="utf8Body">The JSON document, sent and signed as it is; empty for none. It must not change before the call ends.</param>
    /// <param name="options">Options of this call.</param>
    /// <param name="cancellationToken">Ends the call; whether the request was carried out may then be unknown.</param>
    /// <returns>The answer; <see cref="WeChatPayHttp.Json"/> has its members.</returns>
    /// <exception cref="ArgumentException">The path is none that can be sent as it stands, or a GET has a body; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">
    /// A merchant's client calls a brand interface, or a brand's client another; or the options hold the APIv2 key alone; or the merchant was removed from its
    /// <see cref="WeChatPayClientFactory"/>. Nothing was sent.
    /// </exception>
    /// <exception cref="WeChatPayException">The call failed; see <see cref="WeChatPayException.Outcome"/>. An answer with a top-level <c>code</c> counts as failed.</exception>
    /// <exception cref="WeChatPayCanceledException">The token ended the call.</exception>
    public Task<WeChatPayResponse> SendAsync(
        HttpMethod method,
        string pathAndQuery,
        ReadOnlyMemory<byte> utf8Body = default,
        WeChatPayRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        => _core.SendAsync(method, pathAndQuery, utf8Body, options, cancellationToken);

    /// <summary>
    /// Takes over changed credentials without a new client, all or nothing, for clients that were made without dependency injection. Calls that are under way keep those with
    /// which they began; platform certificates that were fetched stay. Thread-safe; the last one counts.
    /// </summary>
    /// <param name="options">All options as they are now, not only those that changed; they are validated and copied.</param>
    /// <exception cref="ArgumentException">
    /// Something in the options is missing or wrong, they are of another merchant, or something changed that belongs to the connections (addresses, time limits,
    /// repetitions, language, proxy, TLS client certificate, limits of downloads, fetching of certificates, clock), for which another client has to be made. Nothing was taken over.
    /// </exception>
    public void ReloadCredentials(WeChatPayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        _core.Reload(options, problems, refusesOthers: true);
        if (problems.Count > 0)
        {
            throw OptionProblems.ToException(problems);
        }
    }

    /// <summary>Closes the connections that belong to the client. A handler or HTTP client that was handed in stays open.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes of the core.</summary>
    /// <param name="disposing">False only from a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _core.Dispose();
        }
    }
}

/// <summary>What dependency injection needs of a generated client type.</summary>
/// <typeparam name="TSelf">The client type itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWeChatPayClient<TSelf>
    where TSelf : WeChatPayClientBase, IWeChatPayClient<TSelf>
{
    /// <summary>Creates the client over a merchant's core.</summary>
    /// <param name="core">The core.</param>
    /// <returns>The client.</returns>
    static abstract TSelf Create(WeChatPayCore core);
}
