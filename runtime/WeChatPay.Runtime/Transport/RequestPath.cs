using System.Text;

namespace WeChatPay.Transport;

/// <summary>
/// Builds request addresses such that a value can never become more, fewer or other segments than its place in the template, and so never
/// another operation.
/// </summary>
internal static class RequestPath
{
    /// <summary>Checks a value for one path segment.</summary>
    /// <exception cref="ArgumentException">It cannot be sent as one segment.</exception>
    public static string CheckValue(string? value, string parameterName)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException("The value is part of the URL's path and must not be null or empty.", parameterName);
        }

        if (value is "." or "..")
        {
            throw new ArgumentException("The value is part of the URL's path, where '.' and '..' mean another resource.", parameterName);
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]))
            {
                throw new ArgumentException($"The value is part of the URL's path and must not hold control characters (position {i}).", parameterName);
            }

            if (char.IsSurrogate(value[i]) && !(i + 1 < value.Length && char.IsSurrogatePair(value[i], value[++i])))
            {
                throw new ArgumentException($"The value holds half of a surrogate pair (position {i}), which cannot be encoded.", parameterName);
            }
        }

        return value;
    }

    /// <summary>Puts values into the braces of a template, percent-encoded.</summary>
    public static string Fill(string template, ReadOnlySpan<string> values)
    {
        if (values.IsEmpty && !template.Contains('{', StringComparison.Ordinal))
        {
            return template;
        }

        var path = new StringBuilder(template.Length + 32);
        var rest = template.AsSpan();
        foreach (var value in values)
        {
            var (open, close) = (rest.IndexOf('{'), rest.IndexOf('}'));
            if (open < 0 || close < open)
            {
                throw CountDiffers(template, values.Length);
            }

            path.Append(rest[..open]).Append(Uri.EscapeDataString(value));
            rest = rest[(close + 1)..];
        }

        return rest.Contains('{') ? throw CountDiffers(template, values.Length) : path.Append(rest).ToString();
    }

    /// <summary>The value of a parameter, given its name in the template; null if the template has none of this name.</summary>
    public static string? Find(string template, ReadOnlySpan<string> values, string name)
    {
        var rest = template.AsSpan();
        foreach (var value in values)
        {
            var (open, close) = (rest.IndexOf('{'), rest.IndexOf('}'));
            if (rest[(open + 1)..close].SequenceEqual(name))
            {
                return value;
            }

            rest = rest[(close + 1)..];
        }

        return null;
    }

    /// <summary>Makes the address that is both signed and sent.</summary>
    /// <param name="origin">Scheme and authority.</param>
    /// <param name="path">The path, encoded.</param>
    /// <param name="query">The query without its question mark, encoded; empty for none.</param>
    /// <param name="template">The path as it was before values came in, with as many segments as are allowed.</param>
    /// <exception cref="ArgumentException">The address has other segments than the template.</exception>
    public static Uri Resolve(string origin, string path, string query, string template)
    {
        var address = new Uri(query.Length == 0 ? string.Concat(origin, path) : string.Concat(origin, path, "?", query));

        // Uri resolves dots and turns backslashes; neither may change what is addressed. A dot at the end goes without its slash.
        var sent = address.AbsolutePath.AsSpan();
        return sent.Count('/') == template.AsSpan().Count('/') && sent.EndsWith("/") == template.EndsWith('/')
            ? address
            : throw new ArgumentException($"The path does not keep the segments of '{FailureText.OneLine(template)}': encode values with Uri.EscapeDataString, and do not use '.' or '..'.");
    }

    /// <summary>Splits and checks a path with query that a caller wrote.</summary>
    /// <exception cref="ArgumentException">It cannot be sent as it stands.</exception>
    public static (string Path, string Query) Split(string pathAndQuery, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(pathAndQuery, parameterName);
        if (!pathAndQuery.StartsWith('/'))
        {
            throw new ArgumentException("The path must begin with '/' and have no scheme or host, e.g. /v3/certificates.", parameterName);
        }

        foreach (var c in pathAndQuery)
        {
            if (char.IsControl(c) || c is '#' or '\\')
            {
                throw new ArgumentException("The path must not hold control characters, '#' or '\\'; encode values with Uri.EscapeDataString.", parameterName);
            }
        }

        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (pathAndQuery, "") : (pathAndQuery[..mark], pathAndQuery[(mark + 1)..]);
    }

    private static InvalidOperationException CountDiffers(string template, int count)
        => new($"The path '{template}' does not take {count} values; the generated code does not fit it.");
}
