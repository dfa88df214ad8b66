using System.Diagnostics;
using System.Globalization;

namespace WeChatPay.Fuzz;

/// <summary>Fuzzes the spec reader; <c>build/fuzz.sh</c> starts it.</summary>
internal static class Program
{
    private const int MostFindings = 50;

    /// <summary>Of the processor, for each worker: at low priority on a busy machine, the clock says nothing.</summary>
    private static readonly TimeSpan Hopeless = TimeSpan.FromSeconds(20);

    private static int Main(string[] arguments)
    {
        if (FuzzArguments.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(FuzzArguments.Usage);
            return 2;
        }

        var corpus = Corpus.LoadWith(options.Files);
        using var stop = new CancellationTokenSource();
        var findings = new List<Finding>();
        void Found(Finding finding)
        {
            lock (findings)
            {
                findings.Add(finding);
                Console.WriteLine($"{finding.Kind}: {finding.Message.Split('\n')[0].TrimEnd()}\n  input {finding.Index}: {finding.Save(options.Output, options.Seed)}");
                if (findings.Count >= MostFindings) stop.Cancel();
            }
        }

        Directory.CreateDirectory(options.Output);
        var progress = Path.Combine(options.Output, "progress.txt");
        var watch = Stopwatch.StartNew();
        var inputs = new Inputs(options.Seed, corpus);
        var runs = Enumerable.Range(0, options.Workers).Select(_ => new FuzzRun(inputs, stop.Token)
        {
            Trace = index =>
            {
                if (options.IsTraced || index % 1000 == 0) File.WriteAllText(progress, index.ToString(CultureInfo.InvariantCulture));
            },
        }).ToArray();
        var threads = runs.Select((run, worker) => run.Start(options.From + worker, options.Count - worker, options.Workers, Found)).ToArray();
        var said = TimeSpan.Zero;
        var seen = Array.ConvertAll(runs, run => (run.Index, Since: Environment.CpuUsage.TotalTime));
        while (!threads.All(thread => thread.Join(200)))
        {
            if (options.Time is { } time && watch.Elapsed > time) stop.Cancel();
            if (FindHanging(runs, seen) is { } hanging)
            {
                Found(new(hanging, "hang", "not read after " + Hopeless, inputs.Make(hanging)));
                break;
            }

            if (watch.Elapsed - said < TimeSpan.FromSeconds(30)) continue;
            said = watch.Elapsed;
            Report(runs, watch, findings.Count);
        }

        Report(runs, watch, findings.Count);
        return findings.Count == 0 ? 0 : 1;
    }

    /// <summary>An input at which a worker has been since so much of the processor's time was spent.</summary>
    private static long? FindHanging(FuzzRun[] runs, (long Index, TimeSpan Since)[] seen)
    {
        var spent = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < runs.Length; i++)
        {
            if (runs[i].Index != seen[i].Index || runs[i].Running == TimeSpan.Zero) seen[i] = (runs[i].Index, spent);
            else if (spent - seen[i].Since > Hopeless * runs.Length) return seen[i].Index;
        }

        return null;
    }

    private static void Report(FuzzRun[] runs, Stopwatch watch, int findings)
    {
        var done = runs.Sum(run => run.Done);
        var slowest = runs.MaxBy(run => run.Slowest.Time)!.Slowest;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{done} inputs in {watch.Elapsed.TotalSeconds:0} s ({done / watch.Elapsed.TotalSeconds:0}/s, {done / Environment.CpuUsage.TotalTime.TotalSeconds:0} for each second of a processor), {findings} findings, slowest {slowest.Time.TotalMilliseconds:0} ms (input {slowest.Index})"));
    }
}
