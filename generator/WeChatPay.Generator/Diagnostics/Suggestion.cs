namespace WeChatPay.Generator.Diagnostics;

/// <summary>"Did you mean": the nearest known name.</summary>
internal static class Suggestion
{
    /// <summary>Null if nothing is near: more than a third of the letters differ.</summary>
    public static string? Closest(string text, IReadOnlyList<string> known)
    {
        string? best = null;
        var limit = Math.Max(1, text.Length / 3);
        foreach (var candidate in known)
        {
            var distance = Distance(text, candidate);
            if (distance > limit) continue;
            limit = distance - 1;
            best = candidate;
            if (distance == 0) break;
        }

        return best;
    }

    /// <summary>Letters to insert, drop, change, or swap with their neighbour; without regard to case.</summary>
    private static int Distance(string left, string right)
    {
        var beforePrevious = new int[right.Length + 1];
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = IsSame(left[i - 1], right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && IsSame(left[i - 1], right[j - 2]) && IsSame(left[i - 2], right[j - 1])) current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }

    private static bool IsSame(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
