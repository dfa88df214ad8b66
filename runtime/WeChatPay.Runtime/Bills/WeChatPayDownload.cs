using System.Diagnostics;
using System.IO;
using System.Net.Http;
using WeChatPay.Bills;
using WeChatPay.Keys;

namespace WeChatPay;

/// <summary>
/// A file that is being downloaded. Its bytes carry no signature: only the hash out of a verified answer proves them, and
/// <see cref="CopyToFileAsync(string, WeChatPayFileProof, CancellationToken)"/> leaves no file that was not proven. Dispose of it to free the connection.
/// </summary>
[DebuggerDisplay("{Operation,nq}")]
public sealed class WeChatPayDownload : IAsyncDisposable, IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly MerchantCredentials _merchant;
    private readonly DownloadLimits _limits;

    internal WeChatPayDownload(HttpResponseMessage response, Stream stream, MerchantCredentials merchant, DownloadLimits limits, string operation)
    {
        _response = response;
        _merchant = merchant;
        _limits = limits;
        UnverifiedStream = stream;
        Operation = operation;
    }

    /// <summary>
    /// The bytes as they come, proven by nothing. Whoever reads them himself compares their hash with the one out of the verified answer before he uses
    /// them; for a file that was asked for with <c>tar_type=GZIP</c> the hash is that of the unpacked file. Reading throws
    /// <see cref="WeChatPayTransportException"/> when the connection breaks, no byte comes for <see cref="WeChatPayOptions.DownloadIdleTimeout"/>, or more
    /// come than <see cref="WeChatPayOptions.MaxDownloadLength"/>.
    /// </summary>
    public Stream UnverifiedStream { get; }

    /// <summary>The length that the server announced; null if it did not.</summary>
    public long? Length => _response.Content.Headers.ContentLength;

    /// <summary>The media type that the server announced; null if it did not.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.ToString();

    /// <summary>
    /// The SHA-1 of the file in hex, if the server sent it in a header of its own and signed it (<c>Wechatpay-Statement-Sha1</c>, statements of the global
    /// interfaces); otherwise null. Its signature was verified, so it may stand as <see cref="WeChatPayFileProof.HashValue"/> with <c>SHA1</c>.
    /// </summary>
    public string? SignedSha1 { get; internal init; }

    private string Operation { get; }

    /// <summary>
    /// Writes the file to disk and proves it: into a temporary file beside the target, which takes the target's name only after the hash held.
    /// On any failure the temporary file is removed and the target is as it was. An existing target is replaced.
    /// </summary>
    /// <param name="path">Where the file is to be; its folder exists.</param>
    /// <param name="hashType">The <c>hash_type</c> of the verified answer: <c>SHA1</c>, <c>SHA256</c>, <c>MD5</c>, or one of the algorithm suite (<c>SM3</c>).</param>
    /// <param name="hashValue">The <c>hash_value</c> of the verified answer, in hex.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="ArgumentException">The type of the hash is missing or unknown, or its value is missing or malformed; nothing was read.</exception>
    /// <exception cref="WeChatPaySignatureException">The hash is another one.</exception>
    /// <exception cref="WeChatPayTransportException">The connection broke or was idle for too long, or the file is too large.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public Task CopyToFileAsync(string path, string? hashType, string? hashValue, CancellationToken cancellationToken = default)
        => CopyToFileAsync(path, new() { HashType = hashType, HashValue = hashValue }, cancellationToken);

    /// <summary>
    /// Decrypts, unpacks and proves the file as the answer describes it: into temporary files beside the target, of which the last takes the target's name
    /// only after authentication tag and hash held. An encrypted file is kept encrypted until its tag held. On any failure the temporary files are removed
    /// and the target is as it was. An existing target is replaced.
    /// </summary>
    /// <param name="path">Where the file is to be; its folder exists.</param>
    /// <param name="proof">What the verified answer says of the file.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="ArgumentException">Something of the description is missing, unknown or malformed; nothing was read.</exception>
    /// <exception cref="WeChatPaySignatureException">The hash is another one, or the file is no GZIP file although it should be.</exception>
    /// <exception cref="WeChatPayDecryptionException">The tag does not hold, or the merchant's key cannot open the file's key.</exception>
    /// <exception cref="WeChatPayTransportException">The connection broke or was idle for too long, or the file is too large, packed or unpacked.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public async Task CopyToFileAsync(string path, WeChatPayFileProof proof, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var check = FileCheck.Parse(proof, _merchant.AlgorithmSuite);
        await check.PublishAsync(UnverifiedStream, path, _merchant, _limits, Operation, cancellationToken).ConfigureAwait(false);
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
}
