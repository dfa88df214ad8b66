using System.Buffers;
using System.IO;
using System.Security.Cryptography;

namespace WeChatPay.Uploads;

/// <summary>The open content of a file, for one call: measured once, then sent, each time from its beginning.</summary>
internal sealed class FileContent(Stream stream, long start, string name, Func<Stream, ValueTask>? close) : IAsyncDisposable
{
    private const int Piece = 64 * 1024;

    private int _closed;

    /// <summary>The length and SHA-256 of all that is there.</summary>
    /// <param name="md5">Takes the same bytes; null: nobody asks for their MD5.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="WeChatPayTransportException">The content cannot be read.</exception>
    public async ValueTask<(long Length, byte[] Hash)> MeasureAsync(IncrementalHash? md5, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            Rewind();
            long length = 0;
            int read;
            while ((read = await ReadAsync(stream, buffer, name, cancellationToken).ConfigureAwait(false)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                md5?.AppendData(buffer, 0, read);
                length += read;
            }

            return (length, hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends what was measured, and nothing else: the end of the body is kept back if the bytes are others now.</summary>
    /// <exception cref="WeChatPayTransportException">The content cannot be read, or has changed.</exception>
    public async Task CopyToAsync(Stream target, long length, byte[] expected, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            Rewind();
            while (length > 0)
            {
                var read = await ReadAsync(stream, buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), name, cancellationToken).ConfigureAwait(false);
                Check(read > 0);

                // The call may have ended while a handler still sends: the stream is the caller's again.
                ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed) != 0, this);
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                length -= read;
            }

            Check(hash.GetHashAndReset().AsSpan().SequenceEqual(expected));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public ValueTask DisposeAsync()
        => Interlocked.Exchange(ref _closed, 1) == 0 && close is not null ? close(stream) : default;

    /// <summary>As the API wants it: lower case. The base library has a method for that from .NET 9 on.</summary>
    public static string Hex(byte[] hash) => Convert.ToHexString(hash).ToLowerInvariant();

    public static FileStream OpenPath(string path, string name)
    {
        try
        {
            return new(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unreadable(name, e);
        }
    }

    /// <summary>Takes a stream that gives its bytes only once into memory.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> BufferAsync(Stream stream, int limit, string name, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        int read;
        while ((read = await ReadAsync(stream, buffer.GetMemory(Piece), name, cancellationToken).ConfigureAwait(false)) > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > limit)
            {
                throw new WeChatPayTransportException(
                    WeChatPayTransportFailure.ContentFailed,
                    $"The stream of '{name}' cannot seek and is longer than the {limit} bytes that are kept in memory. Use WeChatPayFile.FromPath, or a stream that can seek.")
                {
                    Outcome = WeChatPayOutcome.NotSent,
                };
            }
        }

        return buffer.WrittenMemory;
    }

    private static async ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Unreadable(name, e);
        }
    }

    private static WeChatPayTransportException Unreadable(string name, Exception cause)
        => new(WeChatPayTransportFailure.ContentFailed, $"The file '{name}' could not be read ({cause.GetType().Name}).", cause);

    private void Rewind()
    {
        try
        {
            stream.Position = start;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or NotSupportedException)
        {
            throw Unreadable(name, e);
        }
    }

    private void Check(bool isSame)
    {
        if (!isSame)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.ContentFailed, $"The file '{name}' changed between the computation of its hash and its sending; the upload was broken off.");
        }
    }
}
