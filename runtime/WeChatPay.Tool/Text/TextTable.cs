namespace WeChatPay.Tool.Text;

/// <summary>Rows of text in columns that stand under each other; the last column may be as long as it likes.</summary>
internal sealed class TextTable
{
    /// <summary>Longer cells push their row instead of every other.</summary>
    private const int WidestColumn = 64;

    private readonly List<string[]> _rows = [];

    public bool IsEmpty => _rows.Count == 0;

    public void Add(params string[] cells) => _rows.Add(cells);

    public static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    public override string ToString()
    {
        var widths = new int[_rows.Count == 0 ? 0 : _rows.Max(row => row.Length)];
        foreach (var row in _rows)
        {
            for (var i = 0; i < row.Length; i++) widths[i] = Math.Max(widths[i], row[i].Length > WidestColumn ? 0 : row[i].Length);
        }

        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            var line = new StringBuilder();
            for (var i = 0; i < row.Length; i++) line.Append(row[i].PadRight(i == row.Length - 1 ? 0 : widths[i])).Append("  ");
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
