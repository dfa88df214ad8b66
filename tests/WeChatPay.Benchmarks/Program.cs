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

        Say($"read and bind {ColdReading.Count} files, cold", ColdReading.MeasureInFreshProcesses(5), ColdReading.Bound, "s CPU");
        foreach (var count in (int[])[ColdReading.Count / 2, ColdReading.Count]) Incremental(count, catalogue);
        return _missed == 0 ? 0 : 1;
    }

    private static void Incremental(int count, string catalogue)
    {
        var files = TypicalSpecs.Make(count, catalogue);
        var ours = new Host(new WeChatPayGenerator(), files);
        var empty = new Host(new EmptyPipeline(), files);

        var before = ours.Sources.ToDictionary(source => source.HintName, source => source.SourceText);
        if (before.Count != count + 1) throw new InvalidOperationException($"{before.Count} sources of {count} files");
        ours.EditSpec();
        Say($"{count} files: emitted again after an edit", ours.Sources.Count(source => !ReferenceEquals(before[source.HintName], source.SourceText)), 1, "file");

        var (edit, floor) = Interleaved(ours.EditSpec, empty.EditSpec, 100);
        Console.WriteLine($"{count} files: edit of a spec {edit:0.00} ms, empty pipeline {floor:0.00} ms");
        Say($"{count} files: edit of a spec over the empty pipeline", edit - floor, EditBound, "ms");
        (var typing, floor) = Interleaved(ours.Type, empty.Type, 300);
        Console.WriteLine($"{count} files: typing {typing:0.00} ms, empty pipeline {floor:0.00} ms");
        Say($"{count} files: typing against the empty pipeline", typing / floor, TypingBound, "times");
    }

    /// <summary>The medians of two things done in turn, so that both meet the same load of the machine.</summary>
    private static (double First, double Second) Interleaved(Func<double> first, Func<double> second, int count)
    {
        for (var i = 0; i < count / 2; i++) _ = first() + second();
        var times = Enumerable.Range(0, count).Select(_ => (First: first(), Second: second())).ToArray();
        return (times.Select(time => time.First).Order().ElementAt(count / 2), times.Select(time => time.Second).Order().ElementAt(count / 2));
    }

    private static void Say(string what, double value, double bound, string unit)
    {
        if (value > bound) _missed++;
        Console.WriteLine($"{(value > bound ? "MISSED" : "kept  ")} {what}: {value:0.00} {unit} (at most {bound:0.##})");
    }

    private static string Catalogue([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "specs"));
}
