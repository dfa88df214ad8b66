using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>A caller with a synchronization context of its own, which perhaps waits for the reply on it, is not needed to go on: that would be a deadlock.</summary>
public sealed class NotificationContextTests
{
    [Theory]
    [InlineData("claim", false, false)]
    [InlineData("handler", false, false)]
    [InlineData("complete", false, false)]
    [InlineData("handler", true, false)]
    [InlineData("release", true, false)]
    [InlineData("handler", false, true)]
    [InlineData("release", false, true)]
    public async Task Whatever_takes_its_time_the_caller_s_context_is_left_alone(string slow, bool fails, bool answers)
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var dispatcher = new WeChatPayNotificationDispatcher(store: new SlowStore(new InMemoryNotificationStore(clock), slow));
        if (answers)
        {
            dispatcher.Answer<PaymentResource>(async (notification, cancellationToken) =>
            {
                await Handle(notification, cancellationToken).ConfigureAwait(false);
                return WeChatPayNotificationReply.Json("{}"u8.ToArray());
            });
        }
        else
        {
            dispatcher.On<PaymentResource>(Handle);
        }

        Task Handle(WeChatPayNotification<PaymentResource> notification, CancellationToken cancellationToken)
        {
            if (slow != "handler")
                return fails ? throw new InvalidOperationException("handler") : Task.CompletedTask;
            return Task.Run(
                async () =>
                {
                    await Task.Delay(20, CancellationToken.None);
                    if (fails)
                        throw new InvalidOperationException("handler");
                },
                CancellationToken.None);
        }

        var receiver = NotificationMaker.Receiver(options => options.TimeProvider = clock);
        var (before, context) = (SynchronizationContext.Current, new CountingContext());
        Task<WeChatPayNotificationReply> reply;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            reply = dispatcher.DispatchAsync(receiver, NotificationMaker.Make().Message(), TestContext.Current.CancellationToken);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.False(reply.IsCompleted);
        Assert.Equal(fails ? 500 : 200, (await reply).StatusCode);
        Assert.Equal(0, context.Posts);
    }

    /// <summary>Runs what is posted, so that a wrong wait shows as a number and not as a hang.</summary>
    private sealed class CountingContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => _posts;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref _posts);
            base.Post(d, state);
        }
    }

    /// <summary>Answers one call later, and the others at once.</summary>
    private sealed class SlowStore(INotificationStore inner, string slow) : INotificationStore
    {
        public ValueTask<NotificationClaim> TryClaimAsync(string key, string owner, TimeSpan lease, CancellationToken cancellationToken)
            => new(After("claim", () => inner.TryClaimAsync(key, owner, lease, cancellationToken).AsTask()));

        public ValueTask<bool> CompleteAsync(string key, string owner, TimeSpan kept, CancellationToken cancellationToken)
            => new(After("complete", () => inner.CompleteAsync(key, owner, kept, cancellationToken).AsTask()));

        public async ValueTask ReleaseAsync(string key, string owner, CancellationToken cancellationToken)
            => await After("release", async () =>
            {
                await inner.ReleaseAsync(key, owner, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);

        private Task<T> After<T>(string call, Func<Task<T>> answer)
            => call != slow ? answer() : Task.Run(async () =>
            {
                await Task.Delay(20, CancellationToken.None);
                return await answer();
            });
    }
}
