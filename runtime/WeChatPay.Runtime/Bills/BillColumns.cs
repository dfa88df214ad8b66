namespace WeChatPay.Bills;

/// <summary>The names above a table, by which its cells are found.</summary>
internal sealed class BillColumns
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public BillColumns(string[] names)
    {
        Names = names;
        for (var i = 0; i < names.Length; i++)
        {
            // A name that occurs twice names neither.
            _indexes[names[i]] = _indexes.ContainsKey(names[i]) ? -1 : i;
        }
    }

    public IReadOnlyList<string> Names { get; }

    public int Find(string name) => _indexes.GetValueOrDefault(name, -1);
}
