using System.CommandLine;
using WeChatPay.Tool.Cli;
using WeChatPay.Tool.Loading;
using WeChatPay.Tool.Text;

namespace WeChatPay.Tool.Commands;

/// <summary><c>spec show</c>: everything the generator understood of a file, an operation or a notification.</summary>
internal static class ShowCommand
{
    public static Command Create(ReadingOptions reading)
    {
        var target = new Argument<string[]>("what")
        {
            Description = "A spec file or folder, a verb and a URL (GET /v3/certificates), or an event type (TRANSACTION.SUCCESS)",
            Arity = ArgumentArity.OneOrMore,
        };
        var specs = new Option<string[]>("--specs")
        {
            Description = "Where to look for an operation or an event",
            DefaultValueFactory = _ => ["specs"],
            HelpName = "path",
        };
        var command = new Command("show", "Shows members, types and rules of operations and notifications as the generator understood them.") { target, specs };
        command.SetAction(parsed =>
        {
            var words = parsed.GetValue(target)!;
            var isPath = words.All(word => File.Exists(word) || Directory.Exists(word) || word.EndsWith(".md", StringComparison.OrdinalIgnoreCase));
            var set = reading.Load(parsed, isPath ? words : parsed.GetValue(specs)!);
            var selection = isPath ? SpecSelection.All(set) : SpecSelection.Find(set, string.Join(' ', words));
            if (!isPath && selection.IsEmpty)
            {
                parsed.InvocationConfiguration.Error.WriteLine("wechatpay: " + SpecSelection.Advice(set, string.Join(' ', words)));
                return ExitCode.Problems;
            }

            parsed.InvocationConfiguration.Output.Write(Description.Of(selection, set));
            return isPath ? ReadingOptions.Report(set, parsed) : ExitCode.Success;
        });
        return command;
    }
}
