using System.IO;
using System.Runtime.CompilerServices;
using WeChatPay.Bills;

namespace WeChatPay;

/// <summary>
/// Reads trade and fund flow bills of APIv3 and APIv2 row by row, however large they are: a line of names, rows whose cells begin with a back-tick, a
/// second line of names, and the totals. What has another form, or ends before the totals, is an error and no short bill.
/// </summary>
/// <remarks>
/// Read a file that <see cref="WeChatPayDownloadExtensions"/> proved. A bill of APIv2 has no hash; there this reader's demand for the totals, and the
/// comparison of <see cref="Totals"/> with one's own sums, are all the proof there is. Not for several threads.
/// </remarks>
public sealed class WeChatPayBillReader : IAsyncDisposable, IDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly BillLines _lines;
    private BillColumns? _columns;
    private bool _isAtEnd;

    /// <summary>Reads a bill from where the stream stands.</summary>
    /// <param name="stream">The bill; it is closed with the reader unless <paramref name="leaveOpen"/> says otherwise.</param>
    /// <param name="isGzip">The stream is the packed file (<c>tar_type=GZIP</c>) and is unpacked while it is read.</param>
    /// <param name="maxUnpackedLength">The most that is unpacked, in bytes; 4 GiB by default.</param>
    /// <param name="leaveOpen">The stream stays open.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the length is not positive.</exception>
    public WeChatPayBillReader(Stream stream, bool isGzip = false, long maxUnpackedLength = 4L << 30, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxUnpackedLength);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read, or is closed.", nameof(stream));
        }

        _stream = isGzip
            ? new UnpackedStream(stream, maxUnpackedLength, leaveOpen, () => new InvalidDataException($"The bill becomes larger than {maxUnpackedLength} bytes when it is unpacked."))
            : stream;
        _leaveOpen = leaveOpen && !isGzip;
        _lines = new(_stream);
    }

    /// <summary>How many rows were read so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>The totals below the rows; null before all rows were read.</summary>
    public WeChatPayBillRow? Totals { get; private set; }

    /// <summary>Opens a bill on disk.</summary>
    /// <param name="path">Where it is.</param>
    /// <returns>The reader, of which the caller disposes.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static WeChatPayBillReader Open(string path)
        => new(new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 }));

    /// <summary>Reads the rows between the names and the totals, once. <see cref="Totals"/> is there when they have ended.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The rows in the order of the file.</returns>
    /// <exception cref="InvalidDataException">The file is no bill, or ends before its totals.</exception>
    /// <exception cref="WeChatPayTransportException">The stream is that of a download, and the connection broke.</exception>
    public async IAsyncEnumerable<WeChatPayBillRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (!_isAtEnd && await ReadRowAsync(cancellationToken).ConfigureAwait(false) is { } row)
        {
            yield return row;
        }
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose()
    {
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    /// <summary>Closes the stream.</summary>
    public ValueTask DisposeAsync() => _leaveOpen ? default : _stream.DisposeAsync();

    private async ValueTask<WeChatPayBillRow?> ReadRowAsync(CancellationToken cancellationToken)
    {
        _columns ??= ReadNames(await NextAsync(cancellationToken).ConfigureAwait(false));
        var line = await NextAsync(cancellationToken).ConfigureAwait(false);
        if (line.StartsWith('`'))
        {
            RowCount++;
            return ReadCells(_columns, line);
        }

        var names = ReadNames(line);
        var totals = ReadCells(names, await NextAsync(cancellationToken).ConfigureAwait(false));
        while (await _lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { } rest)
        {
            if (!string.IsNullOrWhiteSpace(rest))
            {
                throw new InvalidDataException($"Line {_lines.Number} stands below the totals: this is not one bill.");
            }
        }

        _isAtEnd = true;
        Totals = totals;
        return null;
    }

    private async ValueTask<string> NextAsync(CancellationToken cancellationToken)
        => await _lines.ReadAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException($"The bill ends after line {_lines.Number}, before its totals: it is not complete.");

    private BillColumns ReadNames(string line)
    {
        if (line.StartsWith('<'))
        {
            throw new InvalidDataException("The file is an answer in XML, and no bill.");
        }

        if (line.StartsWith('`') || !line.Contains(','))
        {
            throw new InvalidDataException($"Line {_lines.Number} should have the names of columns and has not.");
        }

        var names = line.Split(',');
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = names[i].Trim();
        }

        return new(names);
    }

    /// <summary>Texts may hold commas, so cells end where the next back-tick follows one.</summary>
    private WeChatPayBillRow ReadCells(BillColumns columns, string line)
    {
        if (!line.StartsWith('`'))
        {
            throw new InvalidDataException($"Line {_lines.Number} should have cells that begin with a back-tick and has not.");
        }

        var cells = line[1..].Split(",`");
        return cells.Length == columns.Names.Count
            ? new(columns, cells, _lines.Number)
            : throw new InvalidDataException($"Line {_lines.Number} has {cells.Length} cells for {columns.Names.Count} columns.");
    }
}
