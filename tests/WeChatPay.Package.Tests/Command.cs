using System.Diagnostics;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace WeChatPay.Package.Tests;

/// <param name="Output">Standard output and standard error, as they came.</param>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output)
{
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"{CommandLine} ended with {ExitCode}:\n{Output}");
        return this;
    }

    public CommandResult Failed()
    {
        Assert.True(ExitCode != 0, $"{CommandLine} succeeded:\n{Output}");
        return this;
    }

    public IEnumerable<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Each error or warning once; a build prints it when it happens and again at the end.</summary>
    public IReadOnlyList<string> Problems(string level) => [.. Lines.Where(l => l.Contains($": {level} ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
}

internal static class Command
{
    /// <summary>Ends what hangs. Packing compiles the whole catalogue, which takes a machine that is busy with other tests many minutes.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);

    public static async Task<CommandResult> RunAsync(
        string file, IReadOnlyList<string> arguments, string directory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };

        // What `dotnet test` leaves for its children would make them part of its own build.
        foreach (var inherited in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(inherited);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (output)
            return new CommandResult(file + " " + string.Join(' ', arguments), process.ExitCode, output.ToString());

        void Append(string? line)
        {
            if (line is null)
                return;
            lock (output)
                output.Append(line).Append('\n');
        }
    }
}
