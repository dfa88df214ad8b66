using System.IO;
using System.Net.Http;
using WeChatPay.Transport;

namespace WeChatPay.Bills;

/// <summary>The bytes of a download as they come, up to a length, and none of them later than the idle limit after the one before.</summary>
internal sealed class IncomingStream(Stream inner, DownloadLimits limits, TimeProvider clock, string operation) : ForwardStream
{
    private readonly CancellationTokenSource _idle = new(Timeout.InfiniteTimeSpan, clock);
    private long _length;
    private bool _wasCancelled;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_wasCancelled)
        {
            throw new OperationCanceledException("An earlier reading of this download was cancelled, which ended it.");
        }

        var count = await ReadInTimeAsync(buffer, cancellationToken).ConfigureAwait(false);
        _length += count;
        return _length <= limits.MaxLength ? count : throw TooLarge(limits, operation);
    }

    /// <summary>The file is, or says that it is, longer than is allowed.</summary>
    public static WeChatPayTransportException TooLarge(DownloadLimits limits, string operation) => new(
        WeChatPayTransportFailure.AnswerTooLarge,
        $"The file is larger than WeChatPayOptions.MaxDownloadLength ({limits.MaxLength} bytes); it was not kept.")
    {
        Operation = operation,
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _idle.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadInTimeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _idle.CancelAfter(limits.IdleTimeout);
        try
        {
            using (cancellationToken.UnsafeRegister(static idle => ((CancellationTokenSource)idle!).Cancel(), _idle))
            {
                return await inner.ReadAsync(buffer, _idle.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            _wasCancelled = true;
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException e) when (_idle.IsCancellationRequested)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.Timeout,
                $"No byte of the file came for {limits.IdleTimeout.TotalSeconds:0.###} s (WeChatPayOptions.DownloadIdleTimeout); it was not kept.",
                e)
            {
                Operation = operation,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new WeChatPayTransportException(WeChatPayTransportFailure.ConnectionLost, "The connection broke during a download; the file was not kept.", e)
            {
                Operation = operation,
            };
        }
        finally
        {
            _idle.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }
}
