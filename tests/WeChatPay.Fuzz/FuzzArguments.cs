using System.Globalization;

namespace WeChatPay.Fuzz;

/// <summary>The command line.</summary>
internal sealed record FuzzArguments
{
    public const string Usage = """
        WeChatPay.Fuzz [--count n] [--seed n] [--from n] [--seconds n] [--workers n] [--output folder] [--trace] [files and folders…]
          --count    how many inputs (100000)
          --seed     which inputs (1)
          --from     the number of the first one: with --count 1, a finding again
          --seconds  stops after so long
          --trace    writes the number of each input to progress.txt before reading it
          Files and folders are mutated beside the catalogue, about as often as all of it.
        """;

    public long Count { get; private init; } = 100_000;

    public ulong Seed { get; private init; } = 1;

    public long From { get; private init; }

    public TimeSpan? Time { get; private init; }

    public int Workers { get; private init; } = 1;

    public string Output { get; private init; } = Path.Combine(Path.GetDirectoryName(Corpus.Catalogue)!, "artifacts", "fuzz");

    public bool IsTraced { get; private init; }

    public IReadOnlyList<string> Files { get; private init; } = [];

    /// <summary>Null if they make no sense.</summary>
    public static FuzzArguments? Parse(string[] arguments)
    {
        var result = new FuzzArguments();
        var files = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (name == "--trace")
            {
                result = result with { IsTraced = true };
                continue;
            }

            if (!name.StartsWith("--", StringComparison.Ordinal))
            {
                if (!File.Exists(name) && !Directory.Exists(name)) return null;
                files.Add(name);
                continue;
            }

            if (++i == arguments.Length) return null;
            if (name == "--output")
            {
                result = result with { Output = arguments[i] };
                continue;
            }

            if (!long.TryParse(arguments[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            switch (name)
            {
                case "--count": result = result with { Count = number }; break;
                case "--seed": result = result with { Seed = (ulong)number }; break;
                case "--from": result = result with { From = number }; break;
                case "--seconds": result = result with { Time = TimeSpan.FromSeconds(number) }; break;
                case "--workers" when number > 0: result = result with { Workers = (int)number }; break;
                default: return null;
            }
        }

        return result with { Files = files };
    }
}
