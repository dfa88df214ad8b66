using System.IO;
using System.IO.Compression;
using WeChatPay.Transport;

namespace WeChatPay.Bills;

/// <summary>A GZIP file unpacked while it is read, up to a length: a few kilobytes can hold gigabytes of zeros.</summary>
internal sealed class UnpackedStream(Stream packed, long maxLength, bool leaveOpen, Func<Exception> tooLarge) : ForwardStream
{
    private readonly GZipStream _gzip = new(packed, CompressionMode.Decompress, leaveOpen);
    private long _length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _gzip.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _length += count;
        return _length <= maxLength ? count : throw tooLarge();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }
}
