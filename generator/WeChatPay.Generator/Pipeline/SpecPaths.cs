using System.Text;

namespace WeChatPay.Generator.Pipeline;

/// <summary>Names of spec files that are the same on every machine.</summary>
internal static class SpecPaths
{
    /// <summary>Longer hint names meet the 260 characters of some file systems below a deep obj folder.</summary>
    public const int MaxHintLength = 60;

    private const string SpecsFolder = "/specs/";
    private const string Extension = ".g.cs";
    private const int HashLength = 8;

    /// <summary>A file is a spec by this rule if no metadata decides.</summary>
    public static bool LooksLikeSpec(string path)
        => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && path.Replace('\\', '/').IndexOf(SpecsFolder, StringComparison.Ordinal) >= 0;

    /// <summary>
    /// The path that headers, messages and hint names are made of: below the project for the project's files, below
    /// the catalogue's folder for those of the catalogue, which stands in a package cache that differs everywhere.
    /// </summary>
    public static string Display(string path, string projectDirectory, SpecOrigin origin)
    {
        var normal = path.Replace('\\', '/');
        if (origin == SpecOrigin.Project && Relative(normal, projectDirectory.Replace('\\', '/').TrimEnd('/')) is { } relative) return relative;
        var index = normal.LastIndexOf(SpecsFolder, StringComparison.Ordinal);
        return index >= 0 ? normal.Substring(index + 1) : normal.Substring(normal.LastIndexOf('/') + 1);
    }

    /// <summary>Readable, short, and different for different files also where case does not count.</summary>
    public static string Hint(string displayPath, SpecOrigin origin)
    {
        var name = displayPath.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? displayPath.Substring(0, displayPath.Length - 3) : displayPath;
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_') text.Append(c);
            else if (text.Length > 0 && text[text.Length - 1] != '.') text.Append('.');
        }

        var readable = text.ToString().Trim('.');
        foreach (var prefix in new[] { "specs.", "openapi." })
        {
            if (readable.StartsWith(prefix, StringComparison.Ordinal)) readable = readable.Substring(prefix.Length);
        }

        // The end of a path tells more than its beginning.
        var room = MaxHintLength - Extension.Length - HashLength - 1;
        if (readable.Length > room)
        {
            var start = readable.Length - room;
            var segment = readable.IndexOf('.', start - 1);
            readable = readable.Substring(segment >= 0 && segment < readable.Length - 1 ? segment + 1 : start);
        }

        return readable + "-" + StableHash.Text((origin == SpecOrigin.Catalogue ? "catalogue:" : "project:") + displayPath, HashLength) + Extension;
    }

    /// <summary>Null where there is no way from one to the other, as between two drives.</summary>
    private static string? Relative(string path, string directory)
    {
        if (directory.Length == 0) return null;
        var comparison = directory.Length > 1 && directory[1] == ':' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var from = directory.Split('/');
        var to = path.Split('/');
        var common = 0;
        while (common < from.Length && common < to.Length - 1 && string.Equals(from[common], to[common], comparison)) common++;
        if (common == 0) return null;

        var result = new StringBuilder();
        for (var i = common; i < from.Length; i++) result.Append("../");
        for (var i = common; i < to.Length; i++) result.Append(to[i]).Append(i == to.Length - 1 ? "" : "/");
        return result.ToString();
    }
}
