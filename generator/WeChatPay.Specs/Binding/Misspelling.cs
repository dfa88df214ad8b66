namespace WeChatPay.Specs.Binding;

/// <summary>Tells whether a name that means nothing is likely to stand for one that does.</summary>
internal static class Misspelling
{
    private const int MostEdits = 2;

    /// <summary>The same but for case, for the order of its words (<c>JsonRequestData</c>), or for a letter or two.</summary>
    public static bool IsLikely(string name, string known)
        => string.Equals(name, known, StringComparison.OrdinalIgnoreCase)
            || (name.Length == known.Length && Words(name).SequenceEqual(Words(known), StringComparer.Ordinal))
            || (Math.Abs(name.Length - known.Length) <= MostEdits && Edits(name, known) <= MostEdits);

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && name[i] is not (>= 'A' and <= 'Z')) continue;
            words.Add(name.Substring(start, i - start));
            start = i;
        }

        words.Sort(StringComparer.Ordinal);
        return words;
    }

    /// <summary>Letters to insert, drop or change.</summary>
    private static int Edits(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
