namespace WeChatPay.Tool.OpenApi;

/// <summary>Parameters in path templates. For OpenAPI two paths that differ only in their names are one.</summary>
internal static class PathParameters
{
    /// <summary>The names in order.</summary>
    public static IReadOnlyList<string> Names(string path)
    {
        var names = new List<string>();
        foreach (var (start, end) in Holes(path)) names.Add(path[(start + 1)..end]);
        return names;
    }

    /// <summary>The path without the names.</summary>
    public static string Signature(string path)
    {
        var result = new StringBuilder(path.Length);
        var at = 0;
        foreach (var (start, end) in Holes(path))
        {
            result.Append(path, at, start + 1 - at);
            at = end;
        }

        return result.Append(path, at, path.Length - at).ToString();
    }

    private static IEnumerable<(int Start, int End)> Holes(string path)
    {
        for (var start = path.IndexOf('{', StringComparison.Ordinal); start >= 0; start = path.IndexOf('{', start + 1))
        {
            var end = path.IndexOf('}', start);
            if (end < 0) yield break;
            yield return (start, end);
            start = end;
        }
    }
}
