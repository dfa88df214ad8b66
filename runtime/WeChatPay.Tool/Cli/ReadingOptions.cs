using System.CommandLine;
using WeChatPay.Specs;
using WeChatPay.Tool.Loading;

namespace WeChatPay.Tool.Cli;

/// <summary>Options that all commands share which read spec files.</summary>
internal sealed class ReadingOptions
{
    private readonly Option<string> _required = new("--required-members")
    {
        Description = "Which request members are required, as the MSBuild property WeChatPayRequiredMembers says it",
        DefaultValueFactory = _ => "declared",
        HelpName = "declared|all|none",
        Recursive = true,
    };

    public ReadingOptions() => _required.AcceptOnlyFromAmong("declared", "all", "none");

    public void AddTo(Command command) => command.Options.Add(_required);

    /// <summary>Spec files and folders; the folder <c>specs</c> if none is named.</summary>
    public static Argument<string[]> Paths() => new("paths")
    {
        Description = "Spec files and folders",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => ["specs"],
    };

    /// <exception cref="ToolException">A path does not exist.</exception>
    public SpecSet Load(ParseResult parsed, params string[] paths) => SpecSet.Load(paths, new SpecReaderOptions
    {
        RequiredMembers = parsed.GetValue(_required) switch
        {
            "all" => RequiredMembers.All,
            "none" => RequiredMembers.None,
            _ => RequiredMembers.Declared,
        },
    });

    /// <summary>Errors and warnings of the files, for commands whose result is something else.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Report(SpecSet set, ParseResult parsed)
    {
        foreach (var problem in set.Problems)
        {
            if (problem.Severity != Specs.Diagnostics.SpecSeverity.Info) parsed.InvocationConfiguration.Error.WriteLine(problem.ToString());
        }

        return set.HasErrors ? ExitCode.Problems : ExitCode.Success;
    }
}
