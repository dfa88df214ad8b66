using System.Diagnostics;
using System.Text.RegularExpressions;

namespace WeChatPay.Generator.Tests.HelpPages;

/// <summary>Pages of errors that the package's MSBuild targets report before the compiler runs.</summary>
public sealed class TargetsPageTests
{
    [Theory]
    [InlineData("WXP0201", "<CompilerApiVersion>roslyn4.7</CompilerApiVersion>")]
    [InlineData("WXP0202", "<Language>VB</Language>")]
    [InlineData("WXP0203", "")]
    public async Task The_example_prints_what_the_page_says(string id, string property)
    {
        var page = HelpPage.Read(id);
        Assert.Equal("Error", page.Severity);
        var project = page.Files.FirstOrDefault(file => file.Name.EndsWith("proj", StringComparison.Ordinal)).Content ?? "<Project />";
        var apis = Regex.Match(project, "<WeChatPayApis>.*</WeChatPayApis>").Value;
        var folder = Directory.CreateTempSubdirectory("wxp");
        try
        {
            var file = Path.Combine(folder.FullName, "Shop.proj");
            await File.WriteAllTextAsync(
                file,
                $"""
                <Project>
                  <PropertyGroup><Language>C#</Language><CompilerApiVersion>roslyn5.0</CompilerApiVersion>{property}{apis}</PropertyGroup>
                  <Import Project="{Path.ChangeExtension(Descriptors.TargetsFile, ".props")}" />
                  <Target Name="CoreCompile" />
                  <Import Project="{Descriptors.TargetsFile}" />
                </Project>
                """,
                TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo("dotnet", ["msbuild", file, "-t:CoreCompile", "-nologo", "-nodeReuse:false"]) { RedirectStandardOutput = true };
            start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.NotEqual(0, process.ExitCode);
            page.AssertPrints([.. Regex.Matches(output, @"error WXP[0-9]{4}: .*?(?= \[)").Select(match => match.Value).Distinct()]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_error_of_the_targets_is_tested_here()
        => Assert.Equal(["WXP0201", "WXP0202", "WXP0203"], Descriptors.Targets);
}
