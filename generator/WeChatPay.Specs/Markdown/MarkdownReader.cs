using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.Markdown;

/// <summary>
/// The only place that knows Markdig. Blocks are read for the whole file, but without inlines; those are read
/// only of first-level headings and top-level paragraphs. So a file costs what it must, and the inputs on which
/// inline parsing is quadratic stay harmless.
/// </summary>
internal static class MarkdownReader
{
    /// <summary>Prose outside of fences; the longest real page has a tenth of it.</summary>
    private const int MostProse = 128 * 1024;

    private const int LongestParagraph = 16 * 1024;

    /// <summary>Markdig takes quadratic time over open brackets; real paragraphs hold up to 49 links.</summary>
    private const int MostBrackets = 1000;

    /// <summary>Emphasis in emphasis: Markdig bounds the nesting of links, not of stars. The text further inside is left out.</summary>
    private const int DeepestInline = 64;

    private static readonly MarkdownPipeline Blocks = BlockPipeline();
    private static readonly MarkdownPipeline Inlines = new MarkdownPipelineBuilder().Build();

    /// <summary>Null where no fence holds a spec, and after a problem was reported.</summary>
    public static SpecDocument? Read(string text, DiagnosticSink sink)
    {
        // A byte order mark would hide what the first line is; offsets move by the one character.
        var shift = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        var lines = ProseLines.Read(text, shift);
        if (!lines.HasSpec) return null;
        if (lines.ProseLength > MostProse)
        {
            sink.Report(SpecDiagnostics.Markdown, 0, 1, "it holds more than 128 KB of prose");
            return null;
        }

        try
        {
            var walk = new Walk(text, shift, lines);
            walk.Visit(Markdig.Markdown.Parse(shift == 0 ? text : text.Substring(shift), Blocks), false);
            return walk.ToDocument();
        }
        catch (ArgumentException e)
        {
            // Markdig's limit of nesting.
            sink.Report(SpecDiagnostics.Markdown, 0, 1, e.Message);
            return null;
        }
    }

    private static MarkdownPipeline BlockPipeline()
    {
        var builder = new MarkdownPipelineBuilder().UseYamlFrontMatter();
        builder.InlineParsers.Clear();
        return builder.Build();
    }

    private sealed class Walk(string text, int shift, ProseLines lines)
    {
        private readonly List<SpecHeading> _headings = [];
        private readonly List<SpecParagraph> _paragraphs = [];
        private readonly List<SpecFence> _fences = [];
        private (int Start, int End)? _frontMatter;
        private bool _hasFrontMatter;

        public SpecDocument ToDocument() => new()
        {
            FrontMatter = _frontMatter,
            OpenFrontMatter = !_hasFrontMatter && BeginsWithMarks() ? shift : null,
            Headings = _headings,
            Paragraphs = _paragraphs,
            Fences = _fences,
            Boxes = lines.Boxes,
        };

        /// <summary>The first line opens front matter and no other line closes it. Empty front matter is two thematic breaks to Markdig.</summary>
        private bool BeginsWithMarks()
        {
            var end = text.IndexOf('\n');
            return end > 0 && text.AsSpan(shift, end - shift).TrimEnd().SequenceEqual("---".AsSpan()) && text.IndexOf("\n---", end, StringComparison.Ordinal) < 0;
        }

        public void Visit(ContainerBlock container, bool nested)
        {
            foreach (var block in container)
            {
                switch (block)
                {
                    case YamlFrontMatterBlock yaml:
                        _hasFrontMatter = true;
                        if (yaml.Lines.Count > 0) _frontMatter = Content(yaml);
                        break;
                    case FencedCodeBlock fence:
                        ReadFence(fence);
                        break;
                    case HeadingBlock heading when !nested && (heading.Level == 1 || IsOfVerb(heading)):
                        ReadHeading(heading);
                        break;
                    case ParagraphBlock paragraph when !nested && IsIdOfHeading(paragraph, out var id):
                        _headings[_headings.Count - 1] = _headings[_headings.Count - 1] with { Id = id };
                        break;
                    case ParagraphBlock paragraph when !nested && IsNoProse(paragraph):
                        break;
                    case ParagraphBlock paragraph when !nested && !lines.InBox(paragraph.Span.Start + shift):
                        _paragraphs.Add(new SpecParagraph(paragraph.Span.Start + shift, ReadInlines(paragraph)));
                        break;
                    case QuoteBlock:
                        // Quoted lines carry marks of their own, so a fence in them is a quotation.
                        break;
                    case ContainerBlock inner:
                        Visit(inner, true);
                        break;
                }
            }
        }

        /// <summary>Below one title for the page, each operation may have a heading of a lower level.</summary>
        private bool IsOfVerb(HeadingBlock heading)
            => HeadingAttributes.TryCut(Raw(heading), out _, out var id) && id.ToLowerInvariant() is "get" or "post" or "put" or "patch" or "delete";

        /// <summary>The attributes of a heading may stand on a line of their own below it.</summary>
        private bool IsIdOfHeading(ParagraphBlock paragraph, out string id)
        {
            id = "";
            return _headings.Count > 0 && _headings[_headings.Count - 1].Id.Length == 0
                && HeadingAttributes.TryCut(Raw(paragraph), out var rest, out id) && rest.Length == 0 && id.Length > 0;
        }

        /// <summary>Tables and marks of VitePress: a table of contents, a snippet of another file.</summary>
        private bool IsNoProse(ParagraphBlock paragraph)
        {
            var raw = Raw(paragraph);
            return raw.StartsWith("|", StringComparison.Ordinal) || raw.StartsWith("<<<", StringComparison.Ordinal) || raw is "[[toc]]" or "[[TOC]]";
        }

        private string Raw(LeafBlock block)
        {
            var start = block.Span.Start + shift;
            return text.Substring(start, Math.Max(0, Math.Min(Math.Min(block.Span.End + shift + 1, text.Length) - start, LongestParagraph))).Trim();
        }

        private void ReadFence(FencedCodeBlock fence)
        {
            if (fence.Lines.Count == 0) return;
            var (start, end) = Content(fence);
            var read = new SpecFence(fence.Info ?? "", fence.Span.Start + shift, start, end, fence.ClosingFencedCharCount > 0);
            if (SpecFences.IsLanguage(read.Language)) _fences.AddRange(OpenFences.Split(text, read, fence.FencedChar, fence.OpeningFencedCharCount));
            else _fences.Add(read);
        }

        private (int Start, int End) Content(LeafBlock block)
        {
            var first = block.Lines.Lines[0].Slice;
            var last = block.Lines.Lines[block.Lines.Count - 1].Slice;
            return (first.Start + shift, last.End + 1 + shift);
        }

        private void ReadHeading(HeadingBlock heading)
        {
            var runs = ReadInlines(heading);
            var id = "";
            if (runs.Count > 0 && runs[runs.Count - 1] is { Url: null } last && HeadingAttributes.TryCut(last.Text, out var rest, out id))
            {
                runs[runs.Count - 1] = last with { Text = rest };
            }

            _headings.Add(new SpecHeading(heading.Level, id, heading.Span.Start + shift, runs));
        }

        private List<ProseRun> ReadInlines(LeafBlock block)
        {
            var runs = new List<ProseRun>();
            var start = block.Span.Start + shift;
            var length = Math.Min(block.Span.End + shift + 1, text.Length) - start;
            if (length is <= 0 or > LongestParagraph || HasManyBrackets(text, start, length)) return runs;
            try
            {
                foreach (var parsed in Markdig.Markdown.Parse(text.Substring(start, length), Inlines))
                {
                    if (parsed is LeafBlock { Inline: { } inline }) Flatten(inline, null, start, length, runs, 0);
                }
            }
            catch (ArgumentException)
            {
                // Nested beyond Markdig's limit: no prose that anyone could read.
            }

            return runs;
        }

        private static bool HasManyBrackets(string text, int start, int length)
        {
            var count = 0;
            for (var i = start; i < start + length; i++)
            {
                if (text[i] == '[') count++;
            }

            return count > MostBrackets;
        }

        private static void Flatten(ContainerInline container, string? url, int start, int length, List<ProseRun> runs, int depth)
        {
            if (depth > DeepestInline) return;
            foreach (var inline in container)
            {
                switch (inline)
                {
                    case LiteralInline literal:
                        Add(literal.Content.ToString(), url);
                        break;
                    case CodeInline code:
                        Add(code.Content, url);
                        break;
                    case HtmlEntityInline entity:
                        Add(entity.Transcoded.ToString(), url);
                        break;
                    case LineBreakInline:
                        Add("\n", url);
                        break;
                    case AutolinkInline { IsEmail: false } link:
                        runs.Add(new ProseRun("", link.Url, start, length));
                        break;
                    case LinkInline { IsImage: false, Url: { } target } link:
                        var count = runs.Count;
                        Flatten(link, target, start, length, runs, depth + 1);
                        if (runs.Count == count) runs.Add(new ProseRun("", target, start, length));
                        break;
                    case ContainerInline inner:
                        Flatten(inner, url, start, length, runs, depth + 1);
                        break;
                }
            }

            void Add(string content, string? target)
            {
                if (runs.Count > 0 && runs[runs.Count - 1] is var last && last.Url == target) runs[runs.Count - 1] = last with { Text = last.Text + content };
                else runs.Add(new ProseRun(content, target, start, length));
            }
        }
    }
}
