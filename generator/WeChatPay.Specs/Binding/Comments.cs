using System.Globalization;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.JsDoc;
using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Binding;

/// <summary>From comments to documentation and limits.</summary>
internal static class Comments
{
    /// <summary>Tags that became something else than documentation.</summary>
    private static readonly HashSet<string> Understood = new(StringComparer.Ordinal)
    {
        "format", "encrypted", "maxLength", "minLength", "pattern", "minimum", "maximum", "default", "example", "deprecated", "echo",
        "link", "see", "path", "host", "mtls", "unsigned", "response", "idempotentBy", "discriminator", "sent", "received", "base",
    };

    /// <summary>The first paragraph is the title, the rest and all unknown tags the description.</summary>
    public static Documentation Document(JsDocComment comment, DiagnosticSink sink)
    {
        if (comment.Summary.Length == 0 && comment.Tags.Count == 0) return Documentation.None;
        var lines = comment.Summary.Split('\n');
        var rest = lines.Skip(1).SkipWhile(l => l.Length == 0).ToList();
        rest.AddRange(UnknownTags(comment));

        return new Documentation
        {
            Title = lines[0],
            Description = string.Join("\n", rest),
            // Hardly a member has any.
            Links = comment.Links.Count + comment.Tags.Count == 0 ? default : Links([comment], [], sink),
            Deprecation = comment.Find("deprecated")?.Text,
        };
    }

    /// <summary>What only a reader understands: <c>@since 2020</c>.</summary>
    public static IEnumerable<string> UnknownTags(JsDocComment comment)
        => comment.Tags.Where(t => !Understood.Contains(t.Name)).Select(t => ("@" + t.Name + " " + t.Text).TrimEnd());

    /// <summary>Adds the known values of a number; those with a comment get a line each.</summary>
    public static Documentation WithNumbers(Documentation documentation, IReadOnlyList<string> numbers)
    {
        var separator = numbers.Any(n => n.IndexOf(' ') >= 0) ? "\n" : ", ";
        return documentation with { Description = (documentation.Description + "\n" + string.Join(separator, numbers)).Trim() };
    }

    /// <summary>The links of prose and comments, each URL once; the first that has a text names it.</summary>
    public static EquatableArray<DocumentationLink> Links(IEnumerable<JsDocComment> comments, IEnumerable<JsDocLink> more, DiagnosticSink sink)
    {
        var order = new List<string>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in more) Add(link);
        foreach (var comment in comments)
        {
            foreach (var link in comment.Links) Add(link);
            foreach (var tag in comment.Tags)
            {
                if (tag.Name is "link" or "see") Add(JsDocLinks.FromTag(tag));
            }
        }

        return new EquatableArray<DocumentationLink>([.. order.Select(u => new DocumentationLink { Url = u, Text = texts[u].Length > 0 ? texts[u] : u })]);

        void Add(JsDocLink link)
        {
            if (!IsUrl(link.Url))
            {
                // Relative links lead to other pages of the documents, which users do not have.
                if (link.Url.IndexOf("://", StringComparison.Ordinal) > 0) sink.Report(SpecDiagnostics.BadLink, link.Start, link.Length, link.Url);
                return;
            }

            if (!texts.TryGetValue(link.Url, out var text)) order.Add(link.Url);
            if (string.IsNullOrEmpty(text)) texts[link.Url] = link.Text.Trim();
        }
    }

    public static MemberConstraints? Constraints(JsDocComment comment, DiagnosticSink sink)
    {
        if (comment.Tags.Count == 0) return null;
        var constraints = new MemberConstraints
        {
            MinLength = Count("minLength"),
            MaxLength = Count("maxLength"),
            Minimum = Number("minimum"),
            Maximum = Number("maximum"),
            Pattern = Text("pattern"),
            Default = Text("default"),
            Example = Text("example"),
            Format = Text("format"),
        };
        return constraints == new MemberConstraints() ? null : constraints;

        string? Text(string name) => comment.Find(name) is { Text.Length: > 0 } tag ? tag.Text : null;

        int? Count(string name)
        {
            if (comment.Find(name) is not { } tag) return null;
            if (int.TryParse(tag.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;
            sink.Report(SpecDiagnostics.BadTagValue, tag.Start, tag.Length, name, tag.Text, "a whole number of characters");
            return null;
        }

        string? Number(string name)
        {
            if (comment.Find(name) is not { } tag) return null;
            if (decimal.TryParse(tag.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)) return tag.Text;
            sink.Report(SpecDiagnostics.BadTagValue, tag.Start, tag.Length, name, tag.Text, "a number");
            return null;
        }
    }

    private static bool IsUrl(string text)
        => (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            && Uri.TryCreate(text, UriKind.Absolute, out _);
}
