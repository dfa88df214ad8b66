using System.Globalization;
using System.Text;

namespace QuickStart;

/// <summary>Prints the story step by step and remembers whether everything held.</summary>
internal sealed class Report
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private int _steps;
    private int _held;
    private int _failed;

    public Report() => Console.OutputEncoding = Encoding.UTF8;

    public bool AllHeld => _failed == 0;

    public static void Title(params string[] lines)
    {
        foreach (var line in lines)
            Console.WriteLine(line);
    }

    public void Step(string english, string chinese)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{++_steps}. {english}  {chinese}"));

    /// <summary>A fact worth seeing.</summary>
    public void Show(string name, string? value) => Console.WriteLine($"   {name,-12} {value}");

    /// <summary>Something that must hold.</summary>
    public void Check(string claim, bool holds)
    {
        Console.WriteLine($"   {(holds ? "[ok]  " : "[FAIL]")} {claim}");
        if (holds)
            _held++;
        else
            _failed++;
    }

    public void Check(string claim, IReadOnlyList<string> differences)
        => Check(differences.Count == 0 ? claim : $"{claim}: {string.Join("; ", differences)}", differences.Count == 0);

    public int Close()
    {
        var elapsed = TimeProvider.System.GetElapsedTime(_start);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{(AllHeld ? "Everything held 全部通过" : "SOMETHING DID NOT HOLD 有检查未通过")}: {_held} checks passed, {_failed} failed, {elapsed.TotalSeconds:0.00} s."));
        return AllHeld ? 0 : 1;
    }
}
