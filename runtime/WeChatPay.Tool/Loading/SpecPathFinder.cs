using WeChatPay.Tool.Cli;

namespace WeChatPay.Tool.Loading;

/// <param name="FullPath">Where the file is.</param>
/// <param name="DisplayPath">As the user would write it: what was named on the command line and the way from there, with forward slashes.</param>
/// <param name="RelativePath">The way from the folder that was named: the same on every machine.</param>
internal sealed record FoundSpec(string FullPath, string DisplayPath, string RelativePath)
{
    private const string SpecsFolder = "/specs/";

    /// <summary>What the reader sees: below the folder <c>specs</c>, so that a folder <c>webhook</c> above it decides nothing.</summary>
    public string PlacePath
    {
        get
        {
            var path = FullPath.Replace('\\', '/');
            var at = path.LastIndexOf(SpecsFolder, StringComparison.Ordinal);
            return at >= 0 ? path[(at + 1)..] : path;
        }
    }
}

/// <summary>Finds the spec files below what the user named.</summary>
internal static class SpecPathFinder
{
    /// <summary>Each file once, in ordinal order of the display path.</summary>
    /// <exception cref="ToolException">A path does not exist.</exception>
    public static IReadOnlyList<FoundSpec> Find(IReadOnlyList<string> paths)
    {
        var found = new Dictionary<string, FoundSpec>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (path.Length > 0 && File.Exists(path)) Add(found, new(Path.GetFullPath(path), Normal(path), Path.GetFileName(path)));
            else if (path.Length > 0 && Directory.Exists(path)) AddFolder(found, Path.GetFullPath(path), Prefix(path), "");
            else throw new ToolException("there is no file or folder '" + path + "'");
        }

        return [.. found.Values.OrderBy(file => file.DisplayPath, StringComparer.Ordinal).ThenBy(file => file.FullPath, StringComparer.Ordinal)];
    }

    private static void Add(Dictionary<string, FoundSpec> found, FoundSpec file) => found.TryAdd(file.FullPath, file);

    private static void AddFolder(Dictionary<string, FoundSpec> found, string folder, string display, string relative)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                var name = Path.GetFileName(file);
                if (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase)) Add(found, new(file, display + name, relative + name));
            }

            foreach (var child in Directory.EnumerateDirectories(folder))
            {
                var name = Path.GetFileName(child);

                // A link could lead back; build output and hidden folders hold no specs of the user.
                if (name.StartsWith('.') || name is "bin" or "obj" or "node_modules" || new DirectoryInfo(child).LinkTarget is not null) continue;
                AddFolder(found, child, display + name + "/", relative + name + "/");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException("the folder '" + display + "' cannot be read: " + exception.Message);
        }
    }

    private static string Prefix(string folder)
    {
        var normal = Normal(folder).TrimEnd('/');
        return normal is "." ? "" : normal + "/";
    }

    private static string Normal(string path)
    {
        var normal = Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path;
        return normal.StartsWith("./", StringComparison.Ordinal) && normal.Length > 2 ? normal[2..] : normal;
    }
}
