using System.Buffers;
using System.IO;
using System.Net.Http;

namespace WeChatPay.Transport;

/// <summary>Reads the raw bytes of an answer, up to a limit.</summary>
internal static class AnswerBody
{
    public const int Limit = 8 * 1024 * 1024;

    private const int FirstPiece = 16 * 1024;

    /// <summary>Reads all bytes.</summary>
    /// <returns>The bytes in an array of their own, or null if they exceed the limit.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > Limit)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return announced is { } length
                ? await ReadAnnouncedAsync(stream, (int)length, cancellationToken).ConfigureAwait(false)
                : await ReadToEndAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAnnouncedAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        // One byte more than announced shows whether the stream keeps its word.
        var bytes = new byte[length + 1];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == length
            ? new ReadOnlyMemory<byte>(bytes, 0, length)
            : throw new HttpIOException(HttpRequestError.InvalidResponse, $"The answer announced {length} bytes and has {(read < length ? "fewer" : "more")}.");
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadToEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        // After a failed read the buffer is left to the garbage collector: the stream may still be writing into it.
        var piece = ArrayPool<byte>.Shared.Rent(FirstPiece);
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(piece.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0 || length > Limit)
            {
                var bytes = length > Limit ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(piece.AsSpan(0, length).ToArray());
                ArrayPool<byte>.Shared.Return(piece);
                return bytes;
            }

            if (length == piece.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(piece.Length * 2);
                piece.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(piece);
                piece = larger;
            }
        }
    }
}
