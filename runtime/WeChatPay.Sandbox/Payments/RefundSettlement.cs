namespace WeChatPay.Sandbox;

/// <summary>Ends refunds, by themselves after a while or when a test says so.</summary>
internal sealed class RefundSettlement(OrderBook book, EventNotifier notifier, BackgroundWork work, SandboxOptions options, TimeProvider clock)
{
    /// <summary>A new refund was accepted.</summary>
    public void Accepted(Refund refund)
    {
        if (options.RefundDelay is not { } delay)
            return;

        work.Run(async cancellationToken =>
        {
            await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            lock (book.Gate)
            {
                if (refund.Status == RefundStatus.Processing)
                    End(refund, SandboxRefundResult.Success);
            }
        });
    }

    /// <summary>Ends a refund now.</summary>
    /// <exception cref="InvalidOperationException">There is none of that number, or it has ended.</exception>
    public SandboxNotification? Complete(string outRefundNo, SandboxRefundResult result)
    {
        lock (book.Gate)
        {
            var refund = book.LocateRefund(outRefundNo);
            if (refund.Status != RefundStatus.Processing)
                throw new InvalidOperationException($"Refund {outRefundNo} has ended: its status is {refund.Status}.");

            return End(refund, result);
        }
    }

    private SandboxNotification? End(Refund refund, SandboxRefundResult result)
    {
        refund.Status = result switch
        {
            SandboxRefundResult.Success => RefundStatus.Success,
            SandboxRefundResult.Abnormal => RefundStatus.Abnormal,
            SandboxRefundResult.Closed => RefundStatus.Closed,
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
        if (result == SandboxRefundResult.Success)
            refund.SuccessTime = clock.GetUtcNow();

        return notifier.Ended(refund);
    }
}
