using System.IO;
using System.Text;

namespace WeChatPay.Bills;

/// <summary>The lines of a bill: UTF-8 with or without a byte order mark, ended by CR LF or LF, none longer than a limit.</summary>
internal sealed class BillLines(Stream stream)
{
    /// <summary>A row of the widest bill has about a kilobyte.</summary>
    private const int LongestLine = 64 * 1024;

    private readonly byte[] _buffer = new byte[LongestLine];
    private int _start;
    private int _end;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end, or null after the last.</summary>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                return Take(searched + length, 1);
            }

            searched = _end - _start;
            if (searched == LongestLine)
            {
                throw new InvalidDataException($"Line {Number + 1} is longer than {LongestLine} bytes: this is no bill.");
            }

            _buffer.AsSpan(_start, searched).CopyTo(_buffer);
            (_start, _end) = (0, searched);
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += count;
            if (count == 0)
            {
                return searched == 0 ? null : Take(searched, 0);
            }
        }
    }

    private string Take(int length, int ending)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        _start += length + ending;
        if (Number++ == 0 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        // Names of goods are cut after so many bytes, also in the middle of a character; everything that counts is ASCII.
        return Encoding.UTF8.GetString(line.EndsWith("\r"u8) ? line[..^1] : line);
    }
}
