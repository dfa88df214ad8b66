using System.Diagnostics;
using StackExchange.Redis;
using WeChatPay.Redis;

namespace WeChatPay;

/// <summary>
/// Remembers notifications in Redis, for an application that runs as several instances. Claims are set with <c>SET NX PX</c> and an owner token, and only their
/// owner completes or frees them. Values hold no data of a notification, keys a hash of its id. Thread-safe.
/// </summary>
/// <remarks>
/// What Redis loses (a failover before replication, an eviction) is handled again when WeChat Pay repeats it: handlers stay idempotent by business number. Use an
/// instance whose <c>maxmemory-policy</c> is <c>noeviction</c>. Redis 2.8 or newer, and what speaks its protocol with scripts.
/// </remarks>
[DebuggerDisplay("{_keyPrefix,nq}")]
public sealed class RedisNotificationStore : INotificationStore
{
    /// <summary>What keys begin with unless the constructor says otherwise.</summary>
    public const string DefaultKeyPrefix = "wechatpay:notification:";

    private readonly Func<CancellationToken, ValueTask<IDatabase>> _database;
    private readonly string _keyPrefix;

    /// <summary>Creates a store over a connection of yours.</summary>
    /// <param name="connection">Shared by the whole application, as StackExchange.Redis advises. It is not disposed of here.</param>
    /// <param name="keyPrefix">What keys begin with. Instances of one application take the same, applications with handlers of their own another one.</param>
    public RedisNotificationStore(IConnectionMultiplexer connection, string keyPrefix = DefaultKeyPrefix)
        : this(Database(connection), keyPrefix)
    {
    }

    internal RedisNotificationStore(Func<CancellationToken, ValueTask<IDatabase>> database, string keyPrefix)
    {
        ArgumentNullException.ThrowIfNull(keyPrefix);
        _database = database;
        _keyPrefix = keyPrefix;
    }

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis cannot be reached or refused.</exception>
    /// <exception cref="OperationCanceledException">The token ended before Redis answered.</exception>
    public async ValueTask<NotificationClaim> TryClaimAsync(string key, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        var redisKey = KeyOf(key, owner);
        var milliseconds = Milliseconds(lease, nameof(lease));
        var database = await _database(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var claim = database.ScriptEvaluateAsync(RedisNotificationScripts.Claim, [redisKey], [owner, milliseconds]);
        try
        {
            return (int)await claim.WaitAsync(cancellationToken).ConfigureAwait(false) switch
            {
                RedisNotificationScripts.Claimed => NotificationClaim.Claimed,
                RedisNotificationScripts.Completed => NotificationClaim.Completed,
                _ => NotificationClaim.ClaimedElsewhere,
            };
        }
        catch (Exception e) when (e is OperationCanceledException or RedisException or TimeoutException)
        {
            // Redis may have made the claim, or make it yet. Nobody will use it, and it would hold up the notification: send its release behind it.
            _ = ReleaseQuietlyAsync(database, redisKey, owner);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis cannot be reached or refused.</exception>
    /// <exception cref="OperationCanceledException">The token ended before Redis answered.</exception>
    public async ValueTask<bool> CompleteAsync(string key, string owner, TimeSpan kept, CancellationToken cancellationToken)
        => (int)await EvaluateAsync(RedisNotificationScripts.Complete, KeyOf(key, owner), [owner, Milliseconds(kept, nameof(kept))], cancellationToken).ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    /// <exception cref="RedisException">Redis cannot be reached or refused.</exception>
    /// <exception cref="OperationCanceledException">The token ended before Redis answered.</exception>
    public async ValueTask ReleaseAsync(string key, string owner, CancellationToken cancellationToken)
        => await EvaluateAsync(RedisNotificationScripts.Release, KeyOf(key, owner), [owner], cancellationToken).ConfigureAwait(false);

    private static Func<CancellationToken, ValueTask<IDatabase>> Database(IConnectionMultiplexer connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return _ => new(connection.GetDatabase());
    }

    private static long Milliseconds(TimeSpan time, string name)
    {
        var milliseconds = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(milliseconds, name);
        return milliseconds;
    }

    private RedisKey KeyOf(string key, string owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return _keyPrefix + key;
    }

    private async Task<RedisResult> EvaluateAsync(string script, RedisKey key, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var database = await _database(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return await database.ScriptEvaluateAsync(script, [key], arguments).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task ReleaseQuietlyAsync(IDatabase database, RedisKey key, string owner)
    {
        try
        {
            await database.ScriptEvaluateAsync(RedisNotificationScripts.Release, [key], [owner]).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            // The lease ends by itself.
        }
    }
}
