using System.IO;
using WeChatPay.Keys;

namespace WeChatPay.Bills;

/// <summary>Takes the bytes of a download through decryption, unpacking and hash into a file that has its name only after all of them held.</summary>
internal sealed class FileCheck
{
    private const int Piece = 80 * 1024;

    private readonly ExpectedHash _hash;
    private readonly FileSeal? _seal;
    private readonly bool _isGzip;

    private FileCheck(ExpectedHash hash, FileSeal? seal, bool isGzip)
    {
        _hash = hash;
        _seal = seal;
        _isGzip = isGzip;
    }

    /// <summary>Reads what the answer says.</summary>
    /// <exception cref="ArgumentException">Something is missing, unknown or malformed.</exception>
    public static FileCheck Parse(WeChatPayFileProof proof, IAlgorithmSuite? suite)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return new(ExpectedHash.Parse(proof.HashType, proof.HashValue, suite), proof.Encryption is { } encryption ? FileSeal.Parse(encryption, suite) : null, proof.IsGzip);
    }

    /// <summary>Writes the file beside its target and moves it there once it is proven.</summary>
    public async Task PublishAsync(Stream incoming, string path, MerchantCredentials merchant, DownloadLimits limits, string operation, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(path);
        var temporary = Temporary(target);
        try
        {
            var content = await OpenAsync(incoming, target, merchant, limits, operation, cancellationToken).ConfigureAwait(false);
            try
            {
                await WriteAsync(content, temporary, operation, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // Of the download itself whoever opened it disposes.
                if (content != incoming)
                {
                    await content.DisposeAsync().ConfigureAwait(false);
                }
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (WeChatPayException e)
        {
            e.Complete(operation, null, null);
            throw;
        }
        finally
        {
            // After the move there is none; before it, what is there is not proven.
            File.Delete(temporary);
        }
    }

    private static string Temporary(string target) => $"{target}.{Path.GetRandomFileName()}.tmp";

    private async ValueTask<Stream> OpenAsync(
        Stream incoming, string target, MerchantCredentials merchant, DownloadLimits limits, string operation, CancellationToken cancellationToken)
    {
        var content = incoming;
        if (_seal is not null)
        {
            var opener = await _seal.StartAsync(merchant.DecryptionKeys, cancellationToken).ConfigureAwait(false);
            content = await SealedFile.OpenAsync(incoming, Temporary(target), opener, cancellationToken).ConfigureAwait(false);
        }

        return _isGzip ? new UnpackedStream(content, limits.MaxUnpackedLength, leaveOpen: content == incoming, TooLarge) : content;

        WeChatPayTransportException TooLarge() => new(
            WeChatPayTransportFailure.AnswerTooLarge,
            $"The file becomes larger than WeChatPayOptions.MaxUnpackedLength ({limits.MaxUnpackedLength} bytes) when it is unpacked; it was not kept.")
        {
            Operation = operation,
        };
    }

    private async Task WriteAsync(Stream content, string temporary, string operation, CancellationToken cancellationToken)
    {
        using var hash = _hash.Start();
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
            var buffer = new byte[Piece];
            while (await ReadAsync(content, buffer, operation, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                hash.Append(buffer.AsSpan(0, count));
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }

            if (!_hash.Matches(hash))
            {
                throw new WeChatPaySignatureException(
                    WeChatPaySignatureFailure.Mismatch,
                    $"The {_hash.Name} of the downloaded file is not the one that the verified answer named. The file was not kept. "
                    + (_isGzip ? "" : "If it was asked for with tar_type=GZIP, set WeChatPayFileProof.IsGzip: the hash is that of the unpacked file."))
                {
                    Operation = operation,
                };
            }

            file.Flush(flushToDisk: true);
        }
    }

    private static async ValueTask<int> ReadAsync(Stream content, byte[] buffer, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new WeChatPaySignatureException(
                WeChatPaySignatureFailure.Mismatch, "The downloaded file is no GZIP file, although it was asked for as one, so it is not the one of the verified answer. It was not kept.", e)
            {
                Operation = operation,
            };
        }
    }
}
