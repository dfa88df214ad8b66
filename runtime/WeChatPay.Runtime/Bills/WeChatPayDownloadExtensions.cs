namespace WeChatPay;

/// <summary>Fetching files whose address came out of a verified answer: bills, receipts.</summary>
public static class WeChatPayDownloadExtensions
{
    /// <summary>Begins to fetch a file. The request is signed like any other; the answer is not, so only its hash proves the file.</summary>
    /// <param name="client">The merchant's client.</param>
    /// <param name="downloadUrl">
    /// The <c>download_url</c> of a verified answer, valid for 5 minutes. Only https on a host of the API or that of the options' <c>BaseAddress</c>: the merchant's signature
    /// goes nowhere else, and redirects are not followed.
    /// </param>
    /// <param name="options">Options of this call; the time limit ends with the headers of the answer.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The address is none to which the merchant's signature may go; nothing was sent.</exception>
    /// <exception cref="WeChatPayException">The file cannot be fetched.</exception>
    public static Task<WeChatPayDownload> DownloadAsync(
        this WeChatPayClientBase client, string? downloadUrl, WeChatPayRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(downloadUrl);
        // The documents' own samples have blanks around the address.
        return Uri.TryCreate(downloadUrl.Trim(), UriKind.Absolute, out var address)
            ? client.Core.DownloadAsync(address, options, cancellationToken)
            : throw new ArgumentException("The address of the file is no absolute address.", nameof(downloadUrl));
    }

    /// <summary>Fetches a file, proves it and keeps it only if its hash is the one that the verified answer named.</summary>
    /// <param name="client">The merchant's client.</param>
    /// <param name="downloadUrl">The <c>download_url</c> of a verified answer.</param>
    /// <param name="hashType">The <c>hash_type</c> of the same answer.</param>
    /// <param name="hashValue">The <c>hash_value</c> of the same answer.</param>
    /// <param name="path">Where the file is to be; an existing one is replaced, only by a proven one.</param>
    /// <param name="options">Options of this call; the time limit ends with the headers of the answer.</param>
    /// <param name="cancellationToken">Ends the call and the copying.</param>
    /// <exception cref="ArgumentException">The address is none to which the merchant's signature may go, or type or value of the hash is missing or unknown; nothing was sent.</exception>
    /// <exception cref="WeChatPaySignatureException">The hash is another one; no file was left.</exception>
    /// <exception cref="WeChatPayException">The file cannot be fetched; no file was left.</exception>
    public static Task DownloadToFileAsync(
        this WeChatPayClientBase client,
        string? downloadUrl,
        string? hashType,
        string? hashValue,
        string path,
        WeChatPayRequestOptions? options = null,
        CancellationToken cancellationToken = default)
        => client.DownloadToFileAsync(downloadUrl, new() { HashType = hashType, HashValue = hashValue }, path, options, cancellationToken);

    /// <summary>Fetches a file that may be packed or encrypted, and keeps it only if it is the one of the verified answer.</summary>
    /// <param name="client">The merchant's client.</param>
    /// <param name="downloadUrl">The <c>download_url</c> of a verified answer.</param>
    /// <param name="proof">What the same answer says of the file.</param>
    /// <param name="path">Where the file is to be, decrypted and unpacked; an existing one is replaced, only by a proven one.</param>
    /// <param name="options">Options of this call; the time limit ends with the headers of the answer.</param>
    /// <param name="cancellationToken">Ends the call and the copying.</param>
    /// <exception cref="ArgumentException">The address is none to which the merchant's signature may go, or something of the description is missing, unknown or malformed; nothing was sent.</exception>
    /// <exception cref="WeChatPaySignatureException">The hash is another one; no file was left.</exception>
    /// <exception cref="WeChatPayDecryptionException">The file cannot be opened; no file was left.</exception>
    /// <exception cref="WeChatPayException">The file cannot be fetched; no file was left.</exception>
    public static async Task DownloadToFileAsync(
        this WeChatPayClientBase client,
        string? downloadUrl,
        WeChatPayFileProof proof,
        string path,
        WeChatPayRequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(path);
        // Before the request: an answer without a usable hash must not cost a download.
        _ = Bills.FileCheck.Parse(proof, client.Core.Credentials.AlgorithmSuite);
        var download = await client.DownloadAsync(downloadUrl, options, cancellationToken).ConfigureAwait(false);
        await using (download.ConfigureAwait(false))
            await download.CopyToFileAsync(path, proof, cancellationToken).ConfigureAwait(false);
    }
}
