using WeChatPay.Tool.Cli;

namespace WeChatPay.Tool.Tests.Support;

/// <summary>A command that was run in this process.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    public static Command Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = ToolApplication.Run(args, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
