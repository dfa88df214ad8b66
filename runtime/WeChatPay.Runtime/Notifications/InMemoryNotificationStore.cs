using System.Diagnostics;

namespace WeChatPay;

/// <summary>
/// Remembers notifications in this process: right for an application that runs as one instance. Several instances do not see each other's, and a restart forgets
/// all; then WeChat Pay's repetitions reach the handler again, which is idempotent anyway. Thread-safe.
/// </summary>
[DebuggerDisplay("{Count} notifications")]
public sealed class InMemoryNotificationStore : INotificationStore
{
    /// <summary>How many completed notifications are remembered unless the constructor says otherwise; they take some 30 MB.</summary>
    public const int DefaultCapacity = 100_000;

    private readonly object _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // Which entry ends next. An entry that was replaced meanwhile is skipped when its turn comes.
    private readonly PriorityQueue<Entry, TimeSpan> _claims = new();
    private readonly PriorityQueue<Entry, TimeSpan> _completions = new();
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly int _capacity;

    /// <summary>Creates an empty store.</summary>
    /// <param name="timeProvider">Tells when claims and completions end; null for the system's.</param>
    /// <param name="capacity">
    /// How many completed notifications are remembered at most. Beyond it the one that would end first is forgotten early; a claim never is.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not positive.</exception>
    public InMemoryNotificationStore(TimeProvider? timeProvider = null, int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _clock = timeProvider ?? TimeProvider.System;
        _start = _clock.GetTimestamp();
        _capacity = capacity;
    }

    /// <summary>How many notifications are claimed or remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                Forget(Elapsed());
                return _entries.Count;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<NotificationClaim> TryClaimAsync(string key, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = Elapsed();
            Forget(now);
            if (_entries.TryGetValue(key, out var entry))
                return new(entry.Owner is null ? NotificationClaim.Completed : NotificationClaim.ClaimedElsewhere);
            Keep(_claims, new(key, owner, now + lease));
            return new(NotificationClaim.Claimed);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> CompleteAsync(string key, string owner, TimeSpan kept, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(kept, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var now = Elapsed();
            Forget(now);
            if (!IsClaimedBy(key, owner))
                return new(false);
            Keep(_completions, new(key, Owner: null, now + kept));
            if (_completions.Count > _capacity)
                Remove(_completions.Dequeue());
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string key, string owner, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Forget(Elapsed());
            if (IsClaimedBy(key, owner))
                _entries.Remove(key);
        }

        return default;
    }

    /// <summary>By the monotonic clock: one that is set back would keep claims for longer.</summary>
    private TimeSpan Elapsed() => _clock.GetElapsedTime(_start);

    private bool IsClaimedBy(string key, string owner) => _entries.TryGetValue(key, out var entry) && entry.Owner == owner;

    private void Keep(PriorityQueue<Entry, TimeSpan> queue, Entry entry)
    {
        _entries[entry.Key] = entry;
        queue.Enqueue(entry, entry.End);
    }

    private void Forget(TimeSpan now)
    {
        Forget(_claims, now);
        Forget(_completions, now);
    }

    private void Forget(PriorityQueue<Entry, TimeSpan> queue, TimeSpan now)
    {
        while (queue.TryPeek(out var entry, out var end) && end <= now)
        {
            queue.Dequeue();
            Remove(entry);
        }
    }

    /// <summary>Unless another entry has taken its place.</summary>
    private void Remove(Entry entry)
    {
        if (_entries.TryGetValue(entry.Key, out var current) && ReferenceEquals(current, entry))
            _entries.Remove(entry.Key);
    }

    /// <param name="Key">The key.</param>
    /// <param name="Owner">Null once it is completed.</param>
    /// <param name="End">When it ends, on the clock of this store.</param>
    private sealed record Entry(string Key, string? Owner, TimeSpan End);
}
