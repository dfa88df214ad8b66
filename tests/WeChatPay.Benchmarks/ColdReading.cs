using System.Diagnostics;
using WeChatPay.Specs;

namespace WeChatPay.Benchmarks;

/// <summary>Reading and binding in a process that did nothing before: what a build on the command line pays. Runs alone in a process of its own.</summary>
internal static class ColdReading
{
    public const int Count = 1000;

    public const double Bound = 0.6;

    /// <summary>The CPU seconds of this process, from before the first file to after the last one.</summary>
    public static double Measure(string catalogue)
    {
        var files = TypicalSpecs.Make(Count, catalogue);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var (path, text) in files)
        {
            var result = SpecReader.Read(path, text);
            if (result.File.Operations.Count == 0) throw new InvalidOperationException(path + " yields no operation");
            if (!result.Diagnostics.IsEmpty) throw new InvalidOperationException(path + ": " + result.Diagnostics[0].Descriptor.Id);
        }

        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    }

    /// <summary>In fresh processes, from the least to the greatest; as compiled code ships: with the optimizations of a release.</summary>
    public static List<double> MeasureInFreshProcesses(int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["cold"]) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            times.Add(double.Parse(output, System.Globalization.CultureInfo.InvariantCulture));
        }

        times.Sort();
        return times;
    }
}
