using System.IO;
using System.Security.Cryptography;
using WeChatPay.Encryption;
using WeChatPay.Transport;

namespace WeChatPay.Bills;

/// <summary>
/// An encrypted file between its coming and its opening. GCM proves a text by a tag at its end, so the ciphertext is put on disk first; only
/// when the tag held is any of it decrypted, and then unpacked by code that never sees foreign bytes.
/// </summary>
internal static class SealedFile
{
    private const int Piece = 80 * 1024;

    /// <summary>Takes all of the ciphertext and checks its tag.</summary>
    /// <param name="incoming">Ciphertext and, in the last 16 bytes, the tag.</param>
    /// <param name="temporary">Where the ciphertext is kept. It is deleted with the stream, and on any failure.</param>
    /// <param name="opener">Belongs to the stream, and is disposed of on any failure.</param>
    /// <param name="cancellationToken">Ends the taking.</param>
    /// <returns>The proven plaintext.</returns>
    /// <exception cref="WeChatPayDecryptionException">The tag does not hold.</exception>
    public static async Task<Stream> OpenAsync(Stream incoming, string temporary, GcmOpener opener, CancellationToken cancellationToken)
    {
        FileStream? file = null;
        try
        {
            file = new(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
                BufferSize = 0,
            });
            if (!await TakeAsync(incoming, file, opener, cancellationToken).ConfigureAwait(false))
            {
                throw new WeChatPayDecryptionException(
                    "The authentication tag of the downloaded file does not belong to it: it was changed or is not complete, or key, nonce or algorithm are those of another file. Nothing of it was kept.");
            }

            file.Position = 0;
            return new OpenedStream(file, opener);
        }
        catch
        {
            opener.Dispose();
            if (file is not null)
            {
                await file.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    private static async Task<bool> TakeAsync(Stream incoming, FileStream file, GcmOpener opener, CancellationToken cancellationToken)
    {
        // The last 16 bytes that came may be the tag; they are held back until others follow.
        var buffer = new byte[Piece];
        var held = 0;
        int count;
        while ((count = await incoming.ReadAsync(buffer.AsMemory(held), cancellationToken).ConfigureAwait(false)) > 0)
        {
            var ready = Math.Max(0, held + count - GcmOpener.TagLength);
            if (!TryAuthenticate(opener, buffer.AsSpan(0, ready)))
            {
                return false;
            }

            await file.WriteAsync(buffer.AsMemory(0, ready), cancellationToken).ConfigureAwait(false);
            held = held + count - ready;
            buffer.AsSpan(ready, held).CopyTo(buffer);
        }

        return held == GcmOpener.TagLength && opener.Check(buffer.AsSpan(0, held));
    }

    private static bool TryAuthenticate(GcmOpener opener, ReadOnlySpan<byte> ciphertext)
    {
        try
        {
            opener.Authenticate(ciphertext);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private sealed class OpenedStream(FileStream file, GcmOpener opener) : ForwardStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            opener.Decrypt(buffer.Span[..count]);
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
                opener.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
