using System.ComponentModel;
using System.Net.Http;

namespace WeChatPay;

/// <summary>What every generated client has beside its endpoint tree. Thread-safe; one instance per merchant for the life of the process.</summary>
public abstract class WeChatPayClientBase : IDisposable
{
    protected WeChatPayClientBase(WeChatPayOptions options) => throw new NotImplementedException();

    protected WeChatPayClientBase(WeChatPayOptions options, HttpMessageHandler handler) => throw new NotImplementedException();

    protected WeChatPayClientBase(WeChatPayOptions options, HttpClient httpClient) => throw new NotImplementedException();

    [EditorBrowsable(EditorBrowsableState.Never)]
    protected WeChatPayClientBase(WeChatPayCore core) => throw new NotImplementedException();

    /// <summary>Used by generated code: where the endpoint tree begins.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected WeChatPayResourceContext ResourceContext => throw new NotImplementedException();

    public Task<WeChatPayResponse> SendAsync(
        HttpMethod method,
        string pathAndQuery,
        ReadOnlyMemory<byte> utf8Body = default,
        WeChatPayRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        => throw new NotImplementedException();

    public void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>What dependency injection needs of a generated client type.</summary>
/// <typeparam name="TSelf">The client type itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWeChatPayClient<TSelf>
    where TSelf : WeChatPayClientBase, IWeChatPayClient<TSelf>
{
    /// <summary>Creates the client over a merchant's core.</summary>
    static abstract TSelf Create(WeChatPayCore core);
}

/// <summary>One merchant's credentials, keys and connection, shared by the clients over it.</summary>
public sealed class WeChatPayCore : IDisposable
{
    public void Dispose() => throw new NotImplementedException();
}
