using System.Diagnostics;
using System.IO;
using System.Net.Http;
using WeChatPay.Bills;

namespace WeChatPay;

/// <summary>
/// A file that is being downloaded. Its bytes carry no signature: only the hash out of a verified answer proves them, and
/// <see cref="CopyToFileAsync"/> leaves no file that was not proven. Dispose of it to free the connection.
/// </summary>
[DebuggerDisplay("{Operation,nq}")]
public sealed class WeChatPayDownload : IAsyncDisposable, IDisposable
{
    private readonly HttpResponseMessage _response;

    internal WeChatPayDownload(HttpResponseMessage response, Stream stream, string operation)
    {
        _response = response;
        UnverifiedStream = stream;
        Operation = operation;
    }

    /// <summary>
    /// The bytes as they come, proven by nothing. Whoever reads them himself compares their hash with the one out of the verified answer before he uses
    /// them; for a file that was asked for with <c>tar_type=GZIP</c> the hash is that of the unpacked file.
    /// </summary>
    public Stream UnverifiedStream { get; }

    /// <summary>The length that the server announced; null if it did not.</summary>
    public long? Length => _response.Content.Headers.ContentLength;

    /// <summary>The media type that the server announced; null if it did not.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.ToString();

    private string Operation { get; }

    /// <summary>
    /// Writes the file to disk and proves it: into a temporary file beside the target, which takes the target's name only after the hash held.
    /// On any failure the temporary file is removed and the target is as it was. An existing target is replaced.
    /// </summary>
    /// <param name="path">Where the file is to be; its folder exists.</param>
    /// <param name="hashType">The <c>hash_type</c> of the verified answer: <c>SHA1</c> or <c>SHA256</c>.</param>
    /// <param name="hashValue">The <c>hash_value</c> of the verified answer, in hex.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="ArgumentException">The type of the hash is missing or unknown, or its value is missing or malformed; nothing was read.</exception>
    /// <exception cref="WeChatPaySignatureException">The hash is another one.</exception>
    /// <exception cref="WeChatPayTransportException">The connection broke.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public async Task CopyToFileAsync(string path, string? hashType, string? hashValue, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var expected = ExpectedHash.Parse(hashType, hashValue);
        var target = Path.GetFullPath(path);
        var temporary = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await CopyAsync(temporary, expected, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            // After the move there is none; before it, what is there is not proven.
            File.Delete(temporary);
        }
    }

    /// <summary>Frees the connection.</summary>
    public void Dispose()
    {
        UnverifiedStream.Dispose();
        _response.Dispose();
    }

    /// <summary>Frees the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await UnverifiedStream.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
    }

    private async Task CopyAsync(string temporary, ExpectedHash expected, CancellationToken cancellationToken)
    {
        using var hash = expected.Start();
        var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        });
        await using (file.ConfigureAwait(false))
        {
            var buffer = new byte[80 * 1024];
            while (await ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                hash.AppendData(buffer, 0, count);
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }

            if (!expected.Matches(hash))
            {
                throw new WeChatPaySignatureException(
                    WeChatPaySignatureFailure.Mismatch,
                    $"The {expected.Name} of the downloaded file is not the one that the verified answer named. The file was not kept. "
                    + "If it was asked for with tar_type=GZIP, ask for it unpacked: the hash is that of the unpacked file.")
                {
                    Operation = Operation,
                };
            }

            file.Flush(flushToDisk: true);
        }
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await UnverifiedStream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new WeChatPayTransportException(WeChatPayTransportFailure.ConnectionLost, "The connection broke during a download; the file was not kept.", e)
            {
                Operation = Operation,
            };
        }
    }
}
