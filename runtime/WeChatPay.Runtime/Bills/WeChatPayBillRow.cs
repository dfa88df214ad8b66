using System.Diagnostics;
using System.Globalization;
using WeChatPay.Bills;

namespace WeChatPay;

/// <summary>A row of a bill: the texts of its cells by the names of their columns, exactly as the bill spells them, without back-ticks.</summary>
[DebuggerDisplay("Line {LineNumber}, {Values.Count} cells")]
public sealed class WeChatPayBillRow
{
    private readonly BillColumns _columns;
    private readonly string[] _values;

    internal WeChatPayBillRow(BillColumns columns, string[] values, long lineNumber)
    {
        _columns = columns;
        _values = values;
        LineNumber = lineNumber;
    }

    /// <summary>The line of the file, from 1.</summary>
    public long LineNumber { get; }

    /// <summary>The names of the columns in their order.</summary>
    public IReadOnlyList<string> Columns => _columns.Names;

    /// <summary>The texts of the cells in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>The text of a cell; empty if the cell is.</summary>
    /// <param name="column">The column's name as in the file, <c>商户订单号</c> for example.</param>
    /// <exception cref="KeyNotFoundException">The bill has no such column, or several of them.</exception>
    public string this[string column] => Contains(column)
        ? _values[_columns.Find(column)]
        : throw new KeyNotFoundException($"The bill has no one column '{column}'. Its columns are: {string.Join(", ", _columns.Names)}.");

    /// <summary>Whether the bill has this column, once.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>True if the cell can be read.</returns>
    public bool Contains(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return _columns.Find(column) >= 0;
    }

    /// <summary>An amount in fen. Bills have yuan: <c>1.00</c> is 100, exactly.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>Fen; negative where the bill has a minus.</returns>
    /// <exception cref="KeyNotFoundException">The bill has no such column, or several of them.</exception>
    /// <exception cref="FormatException">The cell is empty or no amount, or has parts of a fen (fees do: see <see cref="GetYuan"/>).</exception>
    public long GetFen(string column)
        => YuanText.TryToFen(this[column], out var fen) ? fen : throw Wrong(column, "an amount in yuan of whole fen, like 1.00");

    /// <summary>An amount in yuan with all its digits, for columns with parts of a fen, such as fees (<c>0.00060</c>).</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>Yuan.</returns>
    /// <exception cref="KeyNotFoundException">The bill has no such column, or several of them.</exception>
    /// <exception cref="FormatException">The cell is empty or no amount.</exception>
    public decimal GetYuan(string column)
        => YuanText.TryRead(this[column], out var yuan) ? yuan : throw Wrong(column, "an amount in yuan, like 0.00060");

    /// <summary>A whole number, such as the number of rows in the totals.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>The number.</returns>
    /// <exception cref="KeyNotFoundException">The bill has no such column, or several of them.</exception>
    /// <exception cref="FormatException">The cell is empty or no whole number.</exception>
    public long GetInteger(string column)
        => long.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(column, "a whole number");

    /// <summary>A time. Bills have Beijing time without saying so.</summary>
    /// <param name="column">The column's name.</param>
    /// <returns>The time at +08:00.</returns>
    /// <exception cref="KeyNotFoundException">The bill has no such column, or several of them.</exception>
    /// <exception cref="FormatException">The cell is empty or no time of the form <c>2025-10-09 16:53:20</c>.</exception>
    public DateTimeOffset GetTime(string column)
        => DateTime.TryParseExact(this[column], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new(time, TimeSpan.FromHours(8))
            : throw Wrong(column, "a time like 2025-10-09 16:53:20");

    // Without the text: it may be a person's.
    private FormatException Wrong(string column, string form) => new($"Column '{column}' of line {LineNumber} is not {form}.");
}
