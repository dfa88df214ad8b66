using System.CommandLine;
using WeChatPay.Tool.Cli;
using WeChatPay.Tool.Loading;
using WeChatPay.Tool.Text;

namespace WeChatPay.Tool.Commands;

/// <summary><c>spec list</c>: one line for each operation and notification.</summary>
internal static class ListCommand
{
    public static Command Create(ReadingOptions reading)
    {
        var paths = ReadingOptions.Paths();
        var command = new Command("list", "Lists operations (verb, path, C# call, title) and notifications (NOTIFY, event, C# type, title).") { paths };
        command.SetAction(parsed =>
        {
            var set = reading.Load(parsed, parsed.GetValue(paths)!);
            parsed.InvocationConfiguration.Output.Write(Print(set));
            return ReadingOptions.Report(set, parsed);
        });
        return command;
    }

    private static string Print(SpecSet set)
    {
        var table = new TextTable();
        foreach (var (_, operation) in set.Operations)
        {
            table.Add(operation.Verb, operation.PathTemplate, CSharpNames.Call(operation), TextTable.OneLine(operation.Documentation.Title));
        }

        foreach (var (_, notification) in set.Notifications)
        {
            table.Add("NOTIFY", notification.Key, CSharpNames.Type(notification.Namespace, notification.Resource.TypeName), TextTable.OneLine(notification.Documentation.Title));
        }

        return table.ToString();
    }
}
