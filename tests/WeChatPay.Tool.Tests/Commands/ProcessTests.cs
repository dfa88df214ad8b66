using System.Diagnostics;
using WeChatPay.Tool.Tests.Support;

namespace WeChatPay.Tool.Tests.Commands;

/// <summary>The program itself: arguments, streams, encoding and exit code as the shell sees them.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task The_process_prints_utf8_and_returns_the_exit_code()
    {
        var (code, output, error) = await Run("spec", "list", Places.Samples);
        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.Equal(Command.Run("spec", "list", Places.Samples).Output, new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(output));
    }

    [Fact]
    public async Task Another_process_exports_the_same_bytes_as_this_one_writes_to_a_file()
    {
        var (code, output, _) = await Run("spec", "export", "--format", "openapi", Places.Samples);
        Assert.Equal(0, code);
        using var folder = new SpecFolder();
        var file = folder.Combine("out/openapi.json");
        Assert.Equal(0, Command.Run("spec", "export", Places.Samples, "-o", file).ExitCode);
        Assert.Equal(File.ReadAllBytes(file), output);
    }

    [Fact]
    public async Task A_missing_path_ends_the_process_with_2()
    {
        var (code, output, error) = await Run("spec", "check", "no-such-folder");
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("no-such-folder", Encoding.UTF8.GetString(error), StringComparison.Ordinal);
    }

    private static async Task<(int Code, byte[] Output, byte[] Error)> Run(params string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "WeChatPay.Tool.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken),
            process.StandardError.BaseStream.CopyToAsync(error, cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output.ToArray(), error.ToArray());
    }
}
