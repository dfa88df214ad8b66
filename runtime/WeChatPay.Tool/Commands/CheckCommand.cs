using System.CommandLine;
using WeChatPay.Specs.Diagnostics;
using WeChatPay.Tool.Cli;
using WeChatPay.Tool.Loading;

namespace WeChatPay.Tool.Commands;

/// <summary><c>spec check</c>: the diagnostics of files, as the compiler prints them.</summary>
internal static class CheckCommand
{
    public static Command Create(ReadingOptions reading)
    {
        var paths = ReadingOptions.Paths();
        var asErrors = new Option<bool>("--warnaserror") { Description = "Warnings count as errors" };
        var lowest = new Option<string>("--severity")
        {
            Description = "The least severe diagnostics that are printed",
            DefaultValueFactory = _ => "warning",
            HelpName = "info|warning|error",
        };
        lowest.AcceptOnlyFromAmong("info", "warning", "error");
        var command = new Command("check", "Prints the diagnostics of spec files as the compiler would. Ends with 1 if there are errors.") { paths, asErrors, lowest };
        command.SetAction(parsed =>
        {
            var set = reading.Load(parsed, parsed.GetValue(paths)!);
            return Print(set, Severity(parsed.GetValue(lowest)!), parsed.GetValue(asErrors), parsed.InvocationConfiguration.Output);
        });
        return command;
    }

    private static int Print(SpecSet set, SpecSeverity lowest, bool warningsAreErrors, TextWriter output)
    {
        var counts = new int[3];
        foreach (var problem in set.Problems)
        {
            var severity = warningsAreErrors && problem.Severity == SpecSeverity.Warning ? SpecSeverity.Error : problem.Severity;
            counts[(int)severity]++;
            if (severity >= lowest) output.WriteLine(problem.Print(severity));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(set.Files.Count, "file")}, {Count(set.Operations.Count, "operation")}, {Count(set.Notifications.Count, "notification")}: {Count(counts[2], "error")}, {Count(counts[1], "warning")}"));
        return counts[(int)SpecSeverity.Error] > 0 ? ExitCode.Problems : ExitCode.Success;
    }

    private static string Count(int count, string word) => count.ToString(CultureInfo.InvariantCulture) + " " + word + (count == 1 ? "" : "s");

    private static SpecSeverity Severity(string text) => text switch
    {
        "info" => SpecSeverity.Info,
        "error" => SpecSeverity.Error,
        _ => SpecSeverity.Warning,
    };
}
