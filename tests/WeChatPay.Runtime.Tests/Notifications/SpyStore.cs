using System.Collections.Concurrent;

namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>A store that records what it is asked and can fail before or after the real one.</summary>
internal sealed class SpyStore(INotificationStore inner) : INotificationStore
{
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<string> Keys { get; } = new();

    public ConcurrentQueue<TimeSpan> Times { get; } = new();

    /// <summary>Run first, given the name of the call.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    public async ValueTask<NotificationClaim> TryClaimAsync(string key, string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        await NoteAsync("claim", key, lease, cancellationToken);
        return await inner.TryClaimAsync(key, owner, lease, cancellationToken);
    }

    public async ValueTask<bool> CompleteAsync(string key, string owner, TimeSpan kept, CancellationToken cancellationToken)
    {
        await NoteAsync("complete", key, kept, cancellationToken);
        return await inner.CompleteAsync(key, owner, kept, cancellationToken);
    }

    public async ValueTask ReleaseAsync(string key, string owner, CancellationToken cancellationToken)
    {
        await NoteAsync("release", key, TimeSpan.Zero, cancellationToken);
        await inner.ReleaseAsync(key, owner, cancellationToken);
    }

    public void FailAt(string call) => Before = (name, _) => name == call ? throw new InvalidOperationException("store down") : Task.CompletedTask;

    /// <summary>Never answers, and does not heed the token either.</summary>
    public void HangAt(string call) => Before = (name, _) => name == call ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask;

    private Task NoteAsync(string call, string key, TimeSpan time, CancellationToken cancellationToken)
    {
        Calls.Enqueue(call);
        Keys.Enqueue(key);
        Times.Enqueue(time);
        return Before(call, cancellationToken);
    }
}
