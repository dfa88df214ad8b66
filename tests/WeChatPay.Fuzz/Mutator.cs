using System.Text;

namespace WeChatPay.Fuzz;

/// <summary>Damages a document the way people and tools do, and worse.</summary>
internal static class Mutator
{
    /// <summary>Amplified inputs stay below it: beyond, time says more about the machine than about the reader.</summary>
    private const int Longest = 256 * 1024;

    private const string Brackets = "{}()[]<>";

    public static string Mutate(string text, IReadOnlyList<FuzzDocument> corpus, Random random)
    {
        var count = 1 + random.Next(random.Next(4) == 0 ? 12 : 3);
        for (var i = 0; i < count; i++) text = Once(text, corpus, random);
        return text;
    }

    private static string Once(string text, IReadOnlyList<FuzzDocument> corpus, Random random)
    {
        switch (random.Next(40))
        {
            case < 6: return Insert(text, At(text, random), Vocabulary.Pick(random));
            case < 10: return Cut(text, At(text, random), Length(random));
            case < 13: return Replace(text, random, Vocabulary.Pick(random));
            case < 15: return Insert(text, At(text, random), Slice(text, random));
            case < 18: return Insert(text, At(text, random), Slice(corpus[random.Next(corpus.Count)].Text, random));
            case < 20: return EditLine(text, random, (lines, line) => lines.RemoveAt(line));
            case < 22: return EditLine(text, random, (lines, line) => lines.Insert(random.Next(lines.Count), lines[line]));
            case < 24: return EditLine(text, random, (lines, line) => lines[line] = Vocabulary.Pick(random) + lines[line] + Vocabulary.Pick(random));
            case < 27: return TurnSymbol(text, random, Brackets);
            case < 29: return TurnSymbol(text, random, "'\"`:;,|?*/\\@&=.-_$ \n");
            case < 31: return RenameWord(text, random);
            case < 33: return Insert(text, At(text, random), ((char)random.Next(char.MaxValue + 1)).ToString());
            case 33: return text[..At(text, random)];
            case 34: return text[At(text, random)..];
            case 35: return text.ReplaceLineEndings(random.Next(2) == 0 ? "\r\n" : "\r");
            case 36: return text.Replace("\n", random.Next(2) == 0 ? "" : "\n\n", StringComparison.Ordinal);
            case 37: return "\uFEFF" + text;
            case 38 when random.Next(8) == 0: return Amplify(text, random);
            default: return Swap(text, random);
        }
    }

    private static int At(string text, Random random) => random.Next(text.Length + 1);

    private static int Length(Random random) => random.Next(4) == 0 ? random.Next(400) : random.Next(12);

    private static string Insert(string text, int at, string part) => text.Length + part.Length > Longest ? text : text.Insert(at, part);

    private static string Cut(string text, int at, int length) => text.Remove(at, Math.Min(length, text.Length - at));

    private static string Replace(string text, Random random, string part)
    {
        var at = At(text, random);
        return Insert(Cut(text, at, Length(random)), at, part);
    }

    private static string Slice(string text, Random random)
    {
        var at = At(text, random);
        return text.Substring(at, Math.Min(Length(random) * 4, text.Length - at));
    }

    private static string Swap(string text, Random random)
    {
        var at = At(text, random);
        var part = text.Substring(at, Math.Min(Length(random), text.Length - at));
        text = text.Remove(at, part.Length);
        return text.Insert(At(text, random), part);
    }

    private static string EditLine(string text, Random random, Action<List<string>, int> edit)
    {
        var lines = text.Split('\n').ToList();
        edit(lines, random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    private static string TurnSymbol(string text, Random random, string symbols)
    {
        var at = text.AsSpan().IndexOfAny(symbols);
        if (at < 0) return text;
        var from = At(text, random);
        if (text.AsSpan(from).IndexOfAny(symbols) is var found and >= 0) at = from + found;
        return string.Concat(text.AsSpan(0, at), symbols.AsSpan(random.Next(symbols.Length), 1), text.AsSpan(at + 1));
    }

    /// <summary>One name in all places: still well formed, with another meaning.</summary>
    private static string RenameWord(string text, Random random)
    {
        var start = At(text, random);
        while (start < text.Length && !char.IsLetter(text[start])) start++;
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_')) end++;
        if (end == start) return text;
        var changed = text.Replace(text[start..end], Vocabulary.Pick(random), StringComparison.Ordinal);
        return changed.Length > Longest ? text : changed;
    }

    /// <summary>What is slower than linear shows in repetitions.</summary>
    private static string Amplify(string text, Random random)
    {
        var part = random.Next(2) == 0 ? Vocabulary.Pick(random) : Slice(text, random);
        if (part.Length == 0) return text;
        var room = Math.Max(0, Longest - text.Length) / part.Length;
        return text.Insert(At(text, random), new StringBuilder().Insert(0, part, random.Next(Math.Min(room, 20_000) + 1)).ToString());
    }
}
