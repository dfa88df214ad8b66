namespace WeChatPay.Specs.Markdown;

/// <summary>
/// A fence that somebody forgot to close runs through the prose below it, and the next fence opens inside of it. Declarations
/// hold no such line, so it tells where the forgotten one must have ended.
/// </summary>
internal static class OpenFences
{
    /// <summary>The fence itself, or the parts that it should have been.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="fence">As Markdown reads it.</param>
    /// <param name="mark">What its marks are made of.</param>
    /// <param name="count">How many there are: fewer inside of it are content.</param>
    public static IEnumerable<SpecFence> Split(string text, SpecFence fence, char mark, int count)
    {
        var current = fence;
        for (var at = fence.ContentStart; at < fence.ContentEnd;)
        {
            var end = LineEnd(text, at, fence.ContentEnd);
            if (TryOpen(text, at, end, mark, count, out var marks, out var language))
            {
                yield return Cut(text, current with { ContentEnd = at, IsClosed = false });
                current = fence with { Language = language, Start = marks, ContentStart = Math.Min(end + 1, fence.ContentEnd) };
            }

            at = end + 1;
        }

        yield return current.IsClosed ? current : Cut(text, current);
    }

    /// <summary>Prose may follow: declarations end with a brace that stands alone on its line.</summary>
    private static SpecFence Cut(string text, SpecFence fence)
    {
        var cut = -1;
        for (var at = fence.ContentStart; at < fence.ContentEnd;)
        {
            var end = LineEnd(text, at, fence.ContentEnd);
            if (text[at] == '}' && string.IsNullOrWhiteSpace(text.Substring(at + 1, end - at - 1))) cut = end;
            at = end + 1;
        }

        return cut < 0 ? fence : fence with { ContentEnd = cut };
    }

    /// <summary>Marks with the name of a language behind them, which can close nothing.</summary>
    private static bool TryOpen(string text, int start, int end, char mark, int count, out int marks, out string language)
    {
        (marks, language) = (start, "");
        while (marks < end && text[marks] == ' ') marks++;
        var name = marks;
        while (name < end && text[name] == mark) name++;
        if (name - marks < count) return false;
        language = text.Substring(name, end - name).Trim();
        return language.Length > 0 && char.IsLetter(language[0]) && language.IndexOf(mark) < 0;
    }

    private static int LineEnd(string text, int start, int limit)
    {
        var end = text.IndexOf('\n', start, limit - start);
        return end < 0 ? limit : end;
    }
}
