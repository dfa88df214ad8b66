namespace WeChatPay.Hosting;

/// <summary>
/// Where options came from that were read out of configuration, so that what is wrong with them is told in the words of the configuration. Keeps paths and names,
/// never a value.
/// </summary>
/// <param name="path">The full path of the section; empty for the configuration as a whole.</param>
internal sealed class ConfigurationOrigin(string path)
{
    private readonly List<string> _problems = [];
    private readonly List<string> _unread = [];
    private readonly List<(string Option, string Path)> _files = [];

    /// <summary>The section is not there at all: nothing else needs to be said.</summary>
    public bool IsMissing { get; init; }

    public void Add(string problem) => _problems.Add(problem);

    /// <summary>The value of this option could not be read. That it is missing then is no second problem.</summary>
    public void Unread(string option) => _unread.Add(option);

    /// <summary>The option was read from the file that this key names.</summary>
    public void File(string option, string keyPath) => _files.Add((option, keyPath));

    /// <summary>Puts what could not be read before what the validation found, and tells of the latter where it stands.</summary>
    public void Complete(List<string> problems)
    {
        problems.RemoveAll(problem => IsMissing || _unread.Exists(option => IsAbout(problem, option, anywhere: false)));
        for (var i = 0; i < problems.Count; i++)
        {
            var problem = problems[i];
            var file = _files.Find(file => IsAbout(problem, file.Option, anywhere: true));
            problems[i] = problem + (file.Path is null ? $" (Configuration section '{path}'.)" : $" (Configuration section '{path}'; read from the file that {file.Path} names.)");
        }

        problems.InsertRange(0, _problems);
    }

    private static bool IsAbout(string problem, string option, bool anywhere)
    {
        var name = "WeChatPayOptions." + option;
        var at = anywhere ? problem.IndexOf(name, StringComparison.Ordinal) : problem.StartsWith(name, StringComparison.Ordinal) ? 0 : -1;
        return at >= 0 && (at + name.Length == problem.Length || !char.IsAsciiLetterOrDigit(problem[at + name.Length]));
    }
}
