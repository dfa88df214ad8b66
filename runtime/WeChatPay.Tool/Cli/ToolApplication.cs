using System.CommandLine;
using WeChatPay.Tool.Commands;

namespace WeChatPay.Tool.Cli;

/// <summary>The command line of <c>wechatpay</c>.</summary>
internal static class ToolApplication
{
    /// <summary>Runs a command. Results go to <paramref name="output"/>, problems to <paramref name="error"/>.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(args);
        var isWrong = parsed.Errors.Count > 0;
        try
        {
            // The help that follows wrong arguments is no result either.
            var configuration = new InvocationConfiguration { Output = isWrong ? error : output, Error = error, EnableDefaultExceptionHandler = false };
            var code = parsed.Invoke(configuration);
            return isWrong ? ExitCode.Usage : code;
        }
        catch (ToolException problem)
        {
            error.WriteLine("wechatpay: " + problem.Message);
            return ExitCode.Usage;
        }
    }

    private static RootCommand Root()
    {
        var reading = new ReadingOptions();
        var spec = new Command("spec", "Reads spec files as the generator of WeChatPay.Generated does.")
        {
            CheckCommand.Create(reading),
            ListCommand.Create(reading),
            ShowCommand.Create(reading),
            ExportCommand.Create(reading),
        };
        reading.AddTo(spec);
        return new RootCommand("WeChat Pay on the command line.") { spec };
    }
}
