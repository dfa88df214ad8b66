using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Generator.Tests.Incremental;

/// <summary>This program started by a test of its own: it prints digests of what the generator emits and tests nothing.</summary>
internal static class OtherProcess
{
    public const string Variable = "WECHATPAY_TESTS_PRINT_SOURCES";

    private const string Mark = "hash ";

    /// <summary>The hash code of a text in this process, to prove that another one has another.</summary>
    public static string HashOf(string text) => Mark + ("WeChatPay" + text).GetHashCode(StringComparison.Ordinal);

    public static string Marker(string printed) => Lines(printed).First(line => line.StartsWith(Mark, StringComparison.Ordinal));

    public static IEnumerable<string> Digests(string printed) => Lines(printed).Where(line => line.StartsWith("source ", StringComparison.Ordinal));

    public static IEnumerable<string> Print(IReadOnlyDictionary<string, string> sources)
        => sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(source => "source " + source.Key + " " + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(source.Value))));

    [ModuleInitializer]
    internal static void PrintAndEnd()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) return;
        Console.WriteLine(HashOf(""));
        foreach (var line in Print(GeneratorHarness.Run(Samples.All).Sources)) Console.WriteLine(line);
        Environment.Exit(0);
    }

    private static string[] Lines(string printed) => printed.ReplaceLineEndings("\n").Split('\n');
}
