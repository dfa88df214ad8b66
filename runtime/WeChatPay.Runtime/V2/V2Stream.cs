using System.IO;
using WeChatPay.Transport;

namespace WeChatPay.V2;

/// <summary>A file of APIv2 (a bill) comes without a signature, and in its place an error as XML, with the same status.</summary>
internal static class V2Stream
{
    private const int LargestError = 64 * 1024;

    /// <summary>Looks at the beginning.</summary>
    /// <returns>The file from its first byte.</returns>
    /// <exception cref="WeChatPayApiException">It is an error.</exception>
    public static async ValueTask<Stream> OpenAsync(WeChatPayCall call, Stream stream, CancellationToken cancellationToken)
    {
        var beginning = new byte[1];
        var length = await stream.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length > 0 && beginning[0] == '<')
        {
            Array.Resize(ref beginning, LargestError);
            length += await stream.ReadAtLeastAsync(beginning.AsMemory(length), LargestError - length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (length < LargestError)
            {
                V2Answer.CheckFailure(call, beginning.AsMemory(0, length));
            }
        }

        return new BegunStream(beginning.AsMemory(0, length), stream);
    }

    private sealed class BegunStream(ReadOnlyMemory<byte> beginning, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> _beginning = beginning;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_beginning.IsEmpty)
            {
                return rest.ReadAsync(buffer, cancellationToken);
            }

            var length = Math.Min(buffer.Length, _beginning.Length);
            _beginning[..length].CopyTo(buffer);
            _beginning = _beginning[length..];
            return new(length);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rest.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
