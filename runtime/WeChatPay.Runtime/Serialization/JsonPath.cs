using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WeChatPay.Serialization;

// Where in a document something failed, e.g. "goods_detail[1].name". Neither the reader nor the writer keeps track of its place:
// the beginning of the document up to the failure is walked once more, only when there is something to report.
internal static class JsonPath
{
    private const int LongestName = 64;

    /// <summary>The path of what comes next after <paramref name="beginning"/>, an unfinished but so far valid document.</summary>
    /// <param name="beginning">The document up to the place.</param>
    /// <param name="member">A member of the object that is open there, if the place is a member that has not begun.</param>
    public static string After(ReadOnlySpan<byte> beginning, string? member = null)
    {
        // The blank ends a number, which could go on otherwise.
        var text = new byte[beginning.Length + 1];
        beginning.CopyTo(text);
        text[^1] = (byte)' ';

        var open = new List<Level>();
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = 1000 }));
            while (reader.Read())
                Follow(ref reader, open);
        }
        catch (JsonException)
        {
            // What was followed so far is the path.
        }

        var path = new StringBuilder();
        foreach (var level in open)
        {
            if (level.IsList)
                path.Append(CultureInfo.InvariantCulture, $"[{level.Index}]");
            else
                Append(path, level.Name);
        }

        Append(path, member);
        return path.ToString();
    }

    private static void Follow(ref Utf8JsonReader reader, List<Level> open)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                open[^1].Name = Readable(reader.ValueSpan);
                return;
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                open.Add(new Level { IsList = reader.TokenType == JsonTokenType.StartArray });
                return;
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                open.RemoveAt(open.Count - 1);
                break;
        }

        if (open.Count > 0)
        {
            open[^1].Index++;
            open[^1].Name = null;
        }
    }

    private static void Append(StringBuilder path, string? name)
    {
        if (name is null)
            return;
        if (path.Length > 0)
            path.Append('.');
        path.Append(name);
    }

    // Names come from outside: a path must not break a log line or fill it.
    private static string Readable(ReadOnlySpan<byte> utf8)
    {
        var name = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, LongestName)]);
        return string.Create(name.Length, name, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
    }

    private sealed class Level
    {
        public bool IsList { get; init; }

        public int Index { get; set; }

        public string? Name { get; set; }
    }
}
