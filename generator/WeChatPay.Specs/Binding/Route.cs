using System.Text;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Specs.TypeScript;

namespace WeChatPay.Specs.Binding;

/// <summary>A segment before it has C# names.</summary>
internal sealed record PathSegment(string Text, bool IsParameter, bool IsVirtual = false);

/// <summary>A URL path taken out of a namespace or of <c>@path</c>.</summary>
internal sealed record Route(IReadOnlyList<PathSegment> Segments, bool HasTrailingSlash)
{
    private const string Empty = "empty";

    public string Template
    {
        get
        {
            var template = new StringBuilder();
            foreach (var segment in Segments)
            {
                if (!segment.IsVirtual) template.Append('/').Append(segment.IsParameter ? "{" + segment.Text + "}" : segment.Text);
            }

            if (HasTrailingSlash || template.Length == 0) template.Append('/');
            return template.ToString();
        }
    }

    public bool HasParameter(string name)
    {
        foreach (var segment in Segments)
        {
            if (segment.IsParameter && segment.Text == name) return true;
        }

        return false;
    }

    /// <summary>
    /// <c>WeChatPay.OpenAPI.V3.A.B._x_.PostHttpMethod</c>: what is between <c>OpenAPI</c> and the verb.
    /// Null after a problem was reported.
    /// </summary>
    public static Route? FromNamespace(NamespaceBlock block, DiagnosticSink sink)
    {
        var segments = new List<PathSegment>();
        var trailing = false;
        for (var i = 2; i < block.Path.Count - 1; i++)
        {
            var name = block.Path[i].Text;
            if (ParameterName(name) is not { } parameter) segments.Add(new PathSegment(Literal(name), false, i == 2 && name == "V2"));
            else if (parameter == Empty && i == block.Path.Count - 2) trailing = true;
            else segments.Add(new PathSegment(parameter, true));
        }

        if (segments.Count > 0 && !segments[0].IsParameter && segments.Exists(s => !s.IsVirtual)) return new Route(segments, trailing);
        sink.Report(
            SpecDiagnostics.BadPath,
            block.NameRange.Start,
            block.NameRange.Length,
            block.FullName,
            "expected 'WeChatPay.OpenAPI.V3.<Segments>.<Verb>HttpMethod'");
        return null;
    }

    /// <summary>
    /// A namespace writes <c>-x</c> and <c>X</c> inside of a segment alike, as a capital: <c>AddInstitution</c> stands for both
    /// <c>add-institution</c> and <c>addInstitution</c>. Where the file's place has the capital, that is the path; it differs in nothing else.
    /// </summary>
    public Route SpelledAs(string? place)
    {
        if (place is null || place == Template) return this;
        var parts = place.TrimStart('/').Split('/');
        var literal = new List<PathSegment>();
        var at = 0;
        foreach (var segment in Segments)
        {
            if (segment.IsVirtual)
            {
                literal.Add(segment);
                continue;
            }

            if (at >= parts.Length) return this;
            var part = parts[at++];
            literal.Add(!segment.IsParameter && part == WithCapitals(segment.Text) ? segment with { Text = part } : segment);
        }

        var route = this with { Segments = literal };
        return route.Template == place ? route : this;
    }

    private static string WithCapitals(string literal)
    {
        var text = new StringBuilder(literal.Length);
        for (var i = 0; i < literal.Length; i++)
        {
            if (literal[i] == '-' && i + 1 < literal.Length) text.Append(char.ToUpperInvariant(literal[++i]));
            else text.Append(literal[i]);
        }

        return text.ToString();
    }

    /// <summary>The literal path of <c>@path</c>; it keeps the node of APIv2, which is in no URL. Null where it is malformed.</summary>
    public static Route? FromPath(string path, bool isVersion2)
    {
        if (path.Length < 2 || path[0] != '/') return null;
        var segments = new List<PathSegment>();
        if (isVersion2) segments.Add(new PathSegment("v2", false, true));
        var parts = path.Substring(1).Split('/');
        var trailing = parts[parts.Length - 1].Length == 0;
        for (var i = 0; i < parts.Length - (trailing ? 1 : 0); i++)
        {
            var part = parts[i];
            var isParameter = part.Length > 2 && part[0] == '{' && part[part.Length - 1] == '}';
            var text = isParameter ? part.Substring(1, part.Length - 2) : part;
            if (text.Length == 0 || !text.All(c => IsSegmentCharacter(c, isParameter))) return null;
            segments.Add(new PathSegment(text, isParameter));
        }

        return segments.Count > 0 && !segments[0].IsParameter ? new Route(segments, trailing) : null;
    }

    /// <summary><c>_x_</c>, <c>$x$</c> and <c>{x}</c> are one parameter; null for anything else.</summary>
    public static string? ParameterName(string name)
    {
        if (name.Length < 3) return null;
        var (first, last) = (name[0], name[name.Length - 1]);
        return (first, last) is ('_', '_') or ('$', '$') or ('{', '}') ? name.Substring(1, name.Length - 2) : null;
    }

    /// <summary>First letter lowered, every other capital <c>X</c> to <c>-x</c>; underscores and digits stay.</summary>
    private static string Literal(string name)
    {
        var literal = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var capital = name[i] is >= 'A' and <= 'Z';
            if (capital && i > 0) literal.Append('-');
            literal.Append(capital ? char.ToLowerInvariant(name[i]) : name[i]);
        }

        return literal.ToString();
    }

    private static bool IsSegmentCharacter(char c, bool isParameter)
        => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'
            || (!isParameter && c is '-' or '.' or '~' or '!' or '$' or '&' or '\'' or '(' or ')' or '*' or '+' or ',' or ';' or '=' or ':' or '@');
}
