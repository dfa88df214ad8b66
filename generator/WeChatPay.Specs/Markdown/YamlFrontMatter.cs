using System.IO;
using WeChatPay.Specs.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace WeChatPay.Specs.Markdown;

/// <summary>
/// The only place that knows YamlDotNet. Its event parser is used, not the deserializer, which costs a
/// compiler twice the start-up time.
/// </summary>
internal static class YamlFrontMatter
{
    /// <summary>Longer front matter is no front matter of a spec; it bounds the work on hostile input.</summary>
    private const int Longest = 16 * 1024;

    /// <summary>Reads the YAML between two offsets of the text. A nested value is skipped; of equal keys the first wins.</summary>
    public static FrontMatter Read(string text, int start, int end, DiagnosticSink sink)
    {
        if (end - start > Longest)
        {
            sink.Report(SpecDiagnostics.FrontMatter, start, 1, "it is longer than 16 KB.");
            return FrontMatter.None;
        }

        return PlainFrontMatter.TryRead(text, start, end) is { } plain ? Plain(plain, text, start) : ReadYaml(text, start, end, sink);
    }

    private static FrontMatter Plain(List<(string Key, string Value)> plain, string text, int start)
    {
        var values = new Dictionary<string, FrontMatterValue>(StringComparer.Ordinal);
        foreach (var (key, value) in plain)
        {
            if (!values.ContainsKey(key)) values.Add(key, Locate(value, key, text, start));
        }

        return new FrontMatter(values);
    }

    /// <summary>By the library, whatever it is. Not inlined: the library is loaded where this is compiled.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    internal static FrontMatter ReadYaml(string text, int start, int end, DiagnosticSink sink)
    {
        var values = new Dictionary<string, FrontMatterValue>(StringComparer.Ordinal);
        try
        {
            Read(new Parser(new StringReader(text.Substring(start, end - start))), values, text, start);
        }
        catch (YamlException e)
        {
            var at = Offset(text, start, end, e);
            sink.Report(SpecDiagnostics.FrontMatter, at, Math.Min(1, end - at), e.Message.TrimEnd('.') + ". Quote values that hold ':' or '#'.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The library fails in other ways, too: a stray '}}' below a plain value is an InvalidOperationException of its scanner.
            sink.Report(SpecDiagnostics.FrontMatter, start, Math.Min(1, end - start), "it is not valid YAML");
        }

        return new FrontMatter(values);
    }

    private static void Read(Parser parser, Dictionary<string, FrontMatterValue> values, string text, int start)
    {
        var depth = 0;
        string? key = null;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart or SequenceStart:
                    depth++;
                    if (depth > 1) key = null;
                    break;
                case MappingEnd or SequenceEnd:
                    depth--;
                    break;
                case Scalar scalar when depth == 1:
                    if (key is null)
                    {
                        key = scalar.Value;
                    }
                    else
                    {
                        if (!values.ContainsKey(key)) values.Add(key, Locate(scalar.Value, key, text, start));
                        key = null;
                    }

                    break;
                case AnchorAlias when depth == 1:
                    key = null;
                    break;
                case DocumentEnd:
                    return;
            }
        }
    }

    /// <summary>Finds a value by its key's line: the marks of the library changed their types between versions.</summary>
    private static FrontMatterValue Locate(string value, string key, string text, int start)
    {
        var at = text.IndexOf(key + ":", start, StringComparison.Ordinal);
        if (at < 0) return new FrontMatterValue(value, start, 0);
        var from = at + key.Length + 1;
        var lineEnd = text.IndexOfAny(['\n', '\r'], from);
        if (lineEnd < 0) lineEnd = text.Length;
        var shown = text.Substring(from, lineEnd - from);
        return new FrontMatterValue(value, from + shown.Length - shown.TrimStart().Length, shown.Trim().Length);
    }

    /// <summary>The place of an error: the library counts lines from 1.</summary>
    private static int Offset(string text, int start, int end, YamlException e)
    {
        var line = Convert.ToInt64(e.Start.Line);
        var column = Convert.ToInt64(e.Start.Column);
        var at = start;
        for (; line > 1 && at < end; line--)
        {
            var next = text.IndexOf('\n', at, end - at);
            if (next < 0) break;
            at = next + 1;
        }

        return (int)Math.Max(start, Math.Min(at + Math.Max(0, column - 1), Math.Max(start, end - 1)));
    }
}
