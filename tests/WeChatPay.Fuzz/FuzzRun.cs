using System.Diagnostics;
using WeChatPay.Specs;

namespace WeChatPay.Fuzz;

/// <summary>Reads inputs one after another and watches them.</summary>
internal sealed class FuzzRun(Inputs inputs, CancellationToken cancellationToken)
{
    /// <summary>No file may take longer.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Less than any host gives the thread that a generator runs on; who gets by with it recurses nowhere without a bound.</summary>
    private const int StackSize = 512 * 1024;

    /// <summary>How often an input is read twice to compare the results.</summary>
    private const int Again = 8;

    private long _index;
    private long _done;
    private long _begun;

    /// <summary>The number of inputs that were read to their end.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>The input that is being read.</summary>
    public long Index => Interlocked.Read(ref _index);

    /// <summary>For how long it has been read.</summary>
    public TimeSpan Running => Interlocked.Read(ref _begun) is var begun and > 0 ? Stopwatch.GetElapsedTime(begun) : TimeSpan.Zero;

    /// <summary>The slowest input.</summary>
    public (long Index, TimeSpan Time) Slowest { get; private set; }

    /// <summary>Every so many inputs, their number is told before they are read: a stack overflow leaves no other trace.</summary>
    public Action<long>? Trace { get; init; }

    public Thread Start(long from, long count, long step, Action<Finding> found)
    {
        var thread = new Thread(() => Run(from, count, step, found), StackSize) { IsBackground = true, Name = "fuzz" };
        thread.Start();
        return thread;
    }

    private void Run(long from, long count, long step, Action<Finding> found)
    {
        for (var index = from; index < from + count && !cancellationToken.IsCancellationRequested; index += step)
        {
            Interlocked.Exchange(ref _index, index);
            Trace?.Invoke(index);
            var document = inputs.Make(index);
            Interlocked.Exchange(ref _begun, Stopwatch.GetTimestamp());
            if (Check(index, document) is { } finding) found(finding);
            Interlocked.Exchange(ref _begun, 0);
            Interlocked.Increment(ref _done);
        }
    }

    private Finding? Check(long index, FuzzDocument document)
    {
        try
        {
            var begun = Stopwatch.GetTimestamp();
            var result = SpecReader.Read(document.Path, document.Text);
            var time = Stopwatch.GetElapsedTime(begun);

            if (time > Limit) time = MeasureAgain(document);
            if (time > Slowest.Time) Slowest = (index, time);
            if (time > Limit) return new(index, "slow", time.TotalSeconds.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) + " s", document);
            if (ResultChecks.Check(document, result) is { } problem) return new(index, "wrong result", problem, document);
            if (index % Again != 0) return null;
            var again = SpecReader.Read(document.Path, document.Text);
            return result.Equals(again) && result.GetHashCode() == again.GetHashCode() && result.File.Equals(again.File)
                ? null
                : new(index, "wrong result", "another result at the second reading", document);
        }
        catch (Exception exception)
        {
            return new(index, "exception", exception.ToString(), document);
        }
    }

    /// <summary>By the processor's time, and the better of two: on a busy machine a thread of low priority may not run for seconds.</summary>
    private static TimeSpan MeasureAgain(FuzzDocument document)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 2; i++)
        {
            var begun = Environment.CpuUsage.TotalTime;
            SpecReader.Read(document.Path, document.Text);
            var time = Environment.CpuUsage.TotalTime - begun;
            if (time < best) best = time;
        }

        return best;
    }
}
