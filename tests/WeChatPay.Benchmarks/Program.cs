using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using WeChatPay.Generator;

namespace WeChatPay.Benchmarks;

/// <summary>Prints what the generator costs beside the bounds that it must keep; ends with 1 if it keeps one not.</summary>
internal static class Program
{
    private const double EditBound = 10;

    private const double TypingBound = 1.3;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private static int _missed;

    private static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var catalogue = Catalogue();
        if (arguments is ["cold"])
        {
            Console.WriteLine(ColdReading.Measure(catalogue));
            return 0;
        }

        var cold = ColdReading.MeasureInFreshProcesses(7);
        Console.WriteLine($"read and bind {ColdReading.Count} files, cold: median {cold[cold.Count / 2]:0.00} s CPU, greatest {cold[^1]:0.00}");

        // What else the machine does can only add to it: caches are shared.
        Say($"read and bind {ColdReading.Count} files, cold, least of {cold.Count} processes", cold[0], ColdReading.Bound, "s CPU");
        Console.WriteLine("Typing is held against a pipeline that emits one constant source for each file, and no other floor counts: the driver hands every source");
        Console.WriteLine("over again after a key stroke and compares each name with all others, so that no generator of as many sources can do with less.");
        foreach (var count in (int[])[ColdReading.Count / 2, ColdReading.Count]) Incremental(count, catalogue);
        return _missed == 0 ? 0 : 1;
    }

    private static void Incremental(int count, string catalogue)
    {
        IReadOnlyList<(string Path, string Text)> files = [.. TypicalSpecs.Make(count, catalogue), .. TypicalSpecs.Models(catalogue)];
        var ours = new Host(new WeChatPayGenerator(), files);
        var constant = new Host(new ConstantPipeline(), files);
        var silent = new Host(new SilentPipeline(), files);

        var before = ours.Sources.ToDictionary(source => source.HintName, source => source.SourceText);
        if (before.Count != files.Count + 1 || constant.Sources.Length != files.Count) throw new InvalidOperationException($"{before.Count} sources of {files.Count} files");
        ours.EditSpec();
        Say($"{count} files: emitted again after an edit", ours.Sources.Count(source => !ReferenceEquals(before[source.HintName], source.SourceText)), 1, "file");

        var edit = InTurn(100, ours.EditSpec, constant.EditSpec, silent.EditSpec);
        Console.WriteLine($"{count} files: edit of a spec {edit[0]:0.00} ms; floors: constant sources {edit[1]:0.00} ms, no sources {edit[2]:0.00} ms");
        Say($"{count} files: edit of a spec over the pipeline without sources", edit[0] - edit[2], EditBound, "ms");
        var typing = InTurn(300, ours.Type, constant.Type, silent.Type);
        Console.WriteLine($"{count} files: typing {typing[0]:0.00} ms; floors: constant sources {typing[1]:0.00} ms, no sources {typing[2]:0.00} ms");
        Say($"{count} files: typing against the pipeline of constant sources", typing[0] / typing[1], TypingBound, "times");
    }

    /// <summary>
    /// The medians of things done in turn, so that all meet the same load of the machine; some times each, because an editor does
    /// only one of them and finds in the caches what it left there.
    /// </summary>
    private static double[] InTurn(int count, params Func<double>[] actions)
    {
        const int block = 20;
        var times = Array.ConvertAll(actions, _ => new List<double>());
        var warm = Stopwatch.StartNew();
        while (times[0].Count < count)
        {
            // Until then the runtime still compiles, which an editor does once in its life.
            var counts = warm.Elapsed > WarmUp;
            for (var action = 0; action < actions.Length; action++)
            {
                for (var i = 0; i < block; i++)
                {
                    var time = actions[action]();
                    if (counts) times[action].Add(time);
                }
            }
        }

        return Array.ConvertAll(times, list => list.Order().ElementAt(list.Count / 2));
    }

    private static void Say(string what, double value, double bound, string unit)
    {
        if (value > bound) _missed++;
        Console.WriteLine($"{(value > bound ? "MISSED" : "kept  ")} {what}: {value:0.00} {unit} (at most {bound:0.##})");
    }

    private static string Catalogue([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "specs"));
}
