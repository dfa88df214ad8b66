using System.Globalization;

namespace WeChatPay.Generator.Tests.Incremental;

/// <summary>Equal specs, equal bytes: on every machine and in every order.</summary>
public sealed class DeterminismTests
{
    private static readonly IReadOnlyDictionary<string, string> Expected = GeneratorHarness.Run(Samples.All).Sources;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_order_of_the_files_does_not_matter(int seed)
    {
        var files = Samples.All.ToArray();
        new Random(seed).Shuffle(files);
        Assert.Equal(Expected, GeneratorHarness.Run(files).Sources);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    [InlineData("zh-CN")]
    public void The_culture_does_not_matter(string name)
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(name);
            Assert.Equal(Expected, GeneratorHarness.Run(Samples.All).Sources);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    [Fact]
    public void Line_ends_do_not_matter()
        => Assert.Equal(Expected, GeneratorHarness.Run(Samples.All.Select(file => file.With(file.Content!.Replace("\n", "\r\n", StringComparison.Ordinal)))).Sources);

    [Fact]
    public void Generated_text_has_only_line_feeds()
        => Assert.All(Expected.Values, source => Assert.DoesNotContain('\r', source));

    /// <summary>The hash codes of texts differ from process to process: nothing may hang on the order that they give.</summary>
    [Fact]
    public void Another_process_emits_the_same()
    {
        var start = new System.Diagnostics.ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };

        // Where the tests run under the host of the runtime, their assembly is its argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(DeterminismTests).Assembly.Location);
        start.Environment[OtherProcess.Variable] = "1";
        using var other = System.Diagnostics.Process.Start(start)!;
        other.StandardInput.Close();
        var printed = other.StandardOutput.ReadToEnd();
        other.WaitForExit();

        Assert.NotEqual(OtherProcess.HashOf(""), OtherProcess.Marker(printed));
        Assert.Equal(OtherProcess.Print(Expected), OtherProcess.Digests(printed));
    }

    [Fact]
    public void The_place_of_the_project_does_not_matter()
    {
        var moved = Samples.All.Select(file => new SpecText(file.Path.Replace("/src/app/", "D:\\work\\webhook\\", StringComparison.Ordinal).Replace('/', '\\'), file.Content));
        Assert.Equal(Expected, GeneratorHarness.Run(moved, new TestOptions(("ProjectDir", "D:\\work\\webhook\\"))).Sources);
    }
}
