using System.Runtime.CompilerServices;

namespace WeChatPay.Keys;

/// <summary>
/// The one timer of a process that refreshes the platform certificates of all its merchants, thousands of them perhaps. A merchant has one
/// place in it at a time, and a client that nobody disposed of and nobody uses any more is not kept alive by it.
/// </summary>
internal sealed class RefreshSchedule
{
    /// <summary>So many merchants are refreshed at once; the others wait for their turn.</summary>
    public const int MostAtOnce = 4;

    // By clock: a process has the system's. Tests have one each, and what belongs to it goes with it.
    private static readonly ConditionalWeakTable<TimeProvider, RefreshSchedule> ByClock = [];

    private readonly TimeProvider _clock;
    private readonly object _gate = new();
    private readonly PriorityQueue<WeakReference<MerchantKeyring>, long> _waiting = new();
    private readonly Queue<WeakReference<MerchantKeyring>> _due = new();
    private ITimer? _timer;
    private long _next = long.MaxValue;
    private int _workers;

    private RefreshSchedule(TimeProvider clock) => _clock = clock;

    public static RefreshSchedule Of(TimeProvider clock) => ByClock.GetValue(clock, static key => new(key));

    /// <summary>Gives a merchant its place, which it has not at present.</summary>
    public void Add(WeakReference<MerchantKeyring> merchant, TimeSpan dueIn)
    {
        lock (_gate)
        {
            var due = _clock.GetTimestamp() + (long)(dueIn.TotalSeconds * _clock.TimestampFrequency);
            _waiting.Enqueue(merchant, due);
            if (due < _next)
            {
                SetTimer(due);
            }
        }
    }

    private void SetTimer(long due)
    {
        _next = due;
        var wait = due == long.MaxValue ? Timeout.InfiniteTimeSpan : _clock.GetElapsedTime(_clock.GetTimestamp(), due);
        if (due != long.MaxValue && wait < TimeSpan.Zero)
        {
            wait = TimeSpan.Zero;
        }

        if (_timer is not null)
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            return;
        }

        _timer = WithoutContext.Start(() => _clock.CreateTimer(static schedule => ((RefreshSchedule)schedule!).Tick(), this, wait, Timeout.InfiniteTimeSpan));
    }

    private void Tick()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            while (_waiting.TryPeek(out var merchant, out var due) && due <= now)
            {
                _waiting.Dequeue();
                _due.Enqueue(merchant);
            }

            SetTimer(_waiting.TryPeek(out _, out var next) ? next : long.MaxValue);
            for (; _workers < Math.Min(MostAtOnce, _due.Count); _workers++)
            {
                _ = Task.Run(WorkAsync);
            }
        }
    }

    private async Task WorkAsync()
    {
        while (Next() is { } merchant)
        {
            if (merchant.TryGetTarget(out var keyring) && await keyring.RefreshAsScheduledAsync().ConfigureAwait(false) is { } dueIn)
            {
                Add(merchant, dueIn);
            }
        }
    }

    private WeakReference<MerchantKeyring>? Next()
    {
        lock (_gate)
        {
            if (_due.TryDequeue(out var merchant))
            {
                return merchant;
            }

            _workers--;
            return null;
        }
    }
}
