using StackExchange.Redis;

namespace WeChatPay.Redis;

/// <summary>A connection that is made when the first notification needs it, kept, and closed with the application. A failed attempt is not kept.</summary>
internal sealed class RedisConnection(ConfigurationOptions options) : IAsyncDisposable, IDisposable
{
    private readonly object _gate = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private bool _isDisposed;

    public async ValueTask<IDatabase> GetDatabaseAsync(CancellationToken cancellationToken)
    {
        Task<ConnectionMultiplexer> connecting;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_connecting is null || _connecting.IsFaulted || _connecting.IsCanceled)
                _connecting = ConnectionMultiplexer.ConnectAsync(options);
            connecting = _connecting;
        }

        return (await connecting.WaitAsync(cancellationToken).ConfigureAwait(false)).GetDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        if (Leave() is not { } connecting)
            return;
        try
        {
            await (await connecting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (RedisException)
        {
            // It never came about.
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private Task<ConnectionMultiplexer>? Leave()
    {
        lock (_gate)
        {
            _isDisposed = true;
            return _connecting;
        }
    }
}
