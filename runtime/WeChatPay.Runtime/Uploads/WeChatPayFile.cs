using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using WeChatPay.Uploads;

namespace WeChatPay;

/// <summary>A file of an upload: its name, its media type, and where its bytes come from.</summary>
/// <remarks>
/// The bytes are read twice, once for their SHA-256 and once while they are sent, in pieces, so that a large file is never in memory as a
/// whole. What is sent is compared with what was hashed; a file that changes between the two is not completed. Files from a path or from
/// bytes may be used by several calls at once, one from a stream by one call after another.
/// </remarks>
[DebuggerDisplay("{FileName} ({ContentType})")]
public sealed class WeChatPayFile
{
    /// <summary>The most that is kept in memory of a stream that cannot be read a second time: 32 MiB.</summary>
    public const int MaxBufferedLength = 32 * 1024 * 1024;

    private readonly string? _path;
    private readonly long _start;
    private Stream? _stream;
    private ReadOnlyMemory<byte> _bytes;
    private int _inUse;

    private WeChatPayFile(string fileName, string? contentType, string? path, Stream? stream, ReadOnlyMemory<byte> bytes)
    {
        FileName = CheckName(fileName);
        ContentType = contentType is null ? MediaTypes.Of(fileName) : CheckType(contentType);
        _path = path;
        _stream = stream;
        _bytes = bytes;
        _start = stream is { CanSeek: true } ? stream.Position : 0;
    }

    /// <summary>The name that is sent, without a directory.</summary>
    public string FileName { get; }

    /// <summary>The media type that is sent, <c>image/png</c> for example.</summary>
    public string ContentType { get; }

    /// <summary>A file on disk. It is opened when it is sent, and closed afterwards.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="fileName">The name that is sent; null: that of the path.</param>
    /// <param name="contentType">The media type; null: by the end of the name.</param>
    /// <returns>The file, which may be used by any number of calls.</returns>
    /// <exception cref="ArgumentException">The path is empty, or the name or the type cannot be sent.</exception>
    public static WeChatPayFile FromPath(string path, string? fileName = null, string? contentType = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(fileName ?? Path.GetFileName(path), contentType, path, null, default);
    }

    /// <summary>A stream, from where it stands to its end. The caller keeps and disposes of it after the call.</summary>
    /// <param name="stream">The stream. One that cannot seek is kept in memory, up to <see cref="MaxBufferedLength"/>.</param>
    /// <param name="fileName">The name that is sent.</param>
    /// <param name="contentType">The media type; null: by the end of the name.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read, or the name or the type cannot be sent.</exception>
    public static WeChatPayFile FromStream(Stream stream, string fileName, string? contentType = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanRead
            ? new(fileName, contentType, null, stream, default)
            : throw new ArgumentException("The stream cannot be read, or is closed.", nameof(stream));
    }

    /// <summary>Bytes in memory, which must not change until the call has ended.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="fileName">The name that is sent.</param>
    /// <param name="contentType">The media type; null: by the end of the name.</param>
    /// <returns>The file, which may be used by any number of calls.</returns>
    /// <exception cref="ArgumentException">The name or the type cannot be sent.</exception>
    public static WeChatPayFile FromBytes(ReadOnlyMemory<byte> bytes, string fileName, string? contentType = null)
        => new(fileName, contentType, null, null, bytes);

    /// <summary>The SHA-256 of the content, for a <c>meta</c> of one's own; the client makes the usual one itself.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="WeChatPayTransportException">The file cannot be read, or another call is reading its stream.</exception>
    public async Task<string> ComputeSha256Async(CancellationToken cancellationToken = default)
    {
        var content = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            return FileContent.Hex((await content.MeasureAsync(md5: null, cancellationToken).ConfigureAwait(false)).Hash);
        }
    }

    /// <summary>Opens the content for one call.</summary>
    internal async ValueTask<FileContent> OpenAsync(CancellationToken cancellationToken)
    {
        if (_path is not null)
        {
            return new(FileContent.OpenPath(_path, FileName), 0, FileName, static stream => stream.DisposeAsync());
        }

        if (_stream is null)
        {
            return new(Memory(), 0, FileName, null);
        }

        if (Interlocked.Exchange(ref _inUse, 1) != 0)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.ContentFailed,
                $"The stream of '{FileName}' is being read by another call. Give each call a stream of its own, or use FromPath or FromBytes.");
        }

        if (_stream is { CanSeek: true } stream)
        {
            return new(stream, _start, FileName, _ => Leave());
        }

        try
        {
            // Somebody else may have buffered it while this call waited for the other to end.
            if (_stream is not null)
            {
                _bytes = await FileContent.BufferAsync(_stream, MaxBufferedLength, FileName, cancellationToken).ConfigureAwait(false);
                _stream = null;
            }

            return new(Memory(), 0, FileName, null);
        }
        finally
        {
            await Leave().ConfigureAwait(false);
        }
    }

    private ValueTask Leave()
    {
        Volatile.Write(ref _inUse, 0);
        return default;
    }

    private MemoryStream Memory() => MemoryMarshal.TryGetArray(_bytes, out var array)
        ? new(array.Array!, array.Offset, array.Count, writable: false)
        : new(_bytes.ToArray(), writable: false);

    // The name stands in a quoted header value and in JSON. There is no one way to escape it in the former that all servers read.
    private static string CheckName(string? fileName)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        foreach (var c in fileName)
        {
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '"' or '\\' or '/')
            {
                throw new ArgumentException(
                    "The name of a file is sent without its directory, and may hold neither quotes nor control characters nor characters outside of the Basic Multilingual Plane (emoji).",
                    nameof(fileName));
            }
        }

        return fileName;
    }

    private static string CheckType(string contentType)
        => System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out _) && contentType.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? contentType
            : throw new ArgumentException("The media type must be of the form image/png.", nameof(contentType));
}
