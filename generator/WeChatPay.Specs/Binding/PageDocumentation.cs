using System.Text;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.Markdown;
using WeChatPay.Specs.Model;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>The prose around a fence: title, description, links and deprecation of what it declares.</summary>
internal sealed class PageDocumentation(SpecDocument document, FrontMatter frontMatter, DiagnosticSink sink)
{
    /// <summary>Paragraphs that begin so are lists of references.</summary>
    private const string References = "参阅";

    /// <summary>Longer ones are read on the page.</summary>
    private const int LongestNote = 500;

    public string Title => frontMatter.Text("title");

    /// <summary>Documentation of an operation; headings carry the verb as their id.</summary>
    public Documentation Operation(NamespaceBlock block, string verb, CallChain chain, BindingContext context)
    {
        var place = block.NameRange.Start;
        var comments = new List<JsDocComment> { context.Comment(block.Doc) };
        comments.AddRange(chain.Comments(context));
        return Build(FindHeading(place, verb), place, comments, chain.Deprecation(context));
    }

    /// <summary>Documentation of a notification or a shared shape.</summary>
    public Documentation Page(int place, JsDocComment comment) => Build(FindHeading(place, null), place, [comment], null);

    private Documentation Build(SpecHeading? heading, int place, List<JsDocComment> comments, string? deprecation)
    {
        var start = heading?.Start ?? 0;
        var end = int.MaxValue;
        foreach (var other in document.Headings)
        {
            if (other.Start > start && (heading is not null || other.Start > place)) end = Math.Min(end, other.Start);
        }

        var title = heading is null ? "" : Interpolate(Join(heading.Runs));
        if (title.Length == 0) title = Title;
        var (description, links) = ReadProse(start, end, place);
        foreach (var comment in comments)
        {
            // "shortland" is how the documents call the short form of a call.
            if (comment.Summary is not { Length: > 0 } summary || summary == "shortland") continue;
            if (title.Length == 0) title = summary.Split('\n')[0];
            else if (description.Length == 0 && summary != title) description = summary;
        }

        return new Documentation
        {
            Title = title,
            Description = string.Join("\n", new[] { description.Length > 0 ? description : frontMatter.Text("description") }.Concat(Notes(start, end)).Concat(Comments.UnknownTags(comments[0]))).Trim(),
            Links = Comments.Links(comments, links, sink),
            Deprecation = comments[0].Find("deprecated")?.Text ?? deprecation ?? Box(start, end),
        };
    }

    /// <summary>The heading with the verb's id above the fence, else any with it, else the one above the fence.</summary>
    private SpecHeading? FindHeading(int place, string? verb)
    {
        SpecHeading? above = null, named = null, namedAbove = null;
        foreach (var heading in document.Headings)
        {
            var isNamed = verb is not null && string.Equals(heading.Id, verb, StringComparison.OrdinalIgnoreCase);
            if (isNamed) named ??= heading;
            if (heading.Start > place) continue;
            above = heading;
            if (isNamed) namedAbove = heading;
        }

        return namedAbove ?? named ?? above;
    }

    private (string Description, List<JsDocLink> Links) ReadProse(int start, int end, int place)
    {
        var description = new StringBuilder();
        var links = new List<JsDocLink>();
        var fence = document.Fences.LastOrDefault(f => f.ContentStart <= place)?.Start ?? int.MaxValue;
        foreach (var paragraph in document.Paragraphs)
        {
            if (paragraph.Start < start || paragraph.Start >= end) continue;
            foreach (var run in paragraph.Runs)
            {
                if (run.Url is { } url) links.Add(new JsDocLink(run.Text, url, run.Start, run.Length));
            }

            if (paragraph.Start > fence) continue;
            var text = Interpolate(Join(WithoutTrailingLinks(paragraph.Runs)));
            if (text.Length == 0 || text.StartsWith(References, StringComparison.Ordinal)) continue;
            if (description.Length > 0) description.Append("\n\n");
            description.Append(text);
        }

        return (description.ToString(), links);
    }

    /// <summary>A paragraph may end in links to the documents, with blanks and commas between; inside a sentence a link keeps its text.</summary>
    private static IEnumerable<ProseRun> WithoutTrailingLinks(IReadOnlyList<ProseRun> runs)
    {
        var count = runs.Count;
        while (count > 0 && (runs[count - 1].Url is not null || runs[count - 1].Text.All(c => char.IsWhiteSpace(c) || c is ',' or '，' or '、' or '|' or '/'))) count--;
        return runs.Take(count);
    }

    private static string Join(IEnumerable<ProseRun> runs) => string.Concat(runs.Select(r => r.Text)).Trim();

    private string Interpolate(string text)
    {
        var open = text.IndexOf("{{", StringComparison.Ordinal);
        if (open < 0) return text;
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (open >= 0)
        {
            var close = text.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0) break;
            const string prefix = "$frontmatter.";
            var expression = text.Substring(open + 2, close - open - 2).Trim();
            result.Append(text, at, open - at);
            if (expression.StartsWith(prefix, StringComparison.Ordinal)) result.Append(frontMatter.Text(expression.Substring(prefix.Length)));
            at = close + 2;
            open = text.IndexOf("{{", at, StringComparison.Ordinal);
        }

        return result.Append(text, at, text.Length - at).ToString().Trim();
    }

    /// <summary>Warnings and hints of the section, a line each; details and groups of code are none.</summary>
    private IEnumerable<string> Notes(int start, int end)
    {
        foreach (var box in document.Boxes)
        {
            if (box.IsDeprecation || box.Text.Length == 0 || box.Start < start || box.Start >= end) continue;
            if (box.Kind is not ("danger" or "warning" or "caution" or "important" or "note" or "info" or "tip")) continue;
            var text = box.Text.Length > LongestNote ? box.Text.Substring(0, LongestNote).TrimEnd() + "…" : box.Text;
            yield return "\n" + char.ToUpperInvariant(box.Kind[0]) + box.Kind.Substring(1) + ": " + text;
        }
    }

    /// <summary>The text of a deprecation box of the section, or above all headings.</summary>
    private string? Box(int start, int end)
    {
        var first = document.Headings.Count > 0 ? document.Headings[0].Start : int.MaxValue;
        foreach (var box in document.Boxes)
        {
            if (box.IsDeprecation && (box.Start < first || (box.Start >= start && box.Start < end))) return box.Text;
        }

        return null;
    }
}
