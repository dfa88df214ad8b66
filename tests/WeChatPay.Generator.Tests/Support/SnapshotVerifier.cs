using System.Runtime.CompilerServices;

namespace WeChatPay.Generator.Tests.Support;

/// <summary>
/// Compares a text with the file <c>Class.Method.verified.cs</c> beside the test. A difference or a missing file fails and leaves
/// <c>Class.Method.received.cs</c>; the environment variable ACCEPT_SNAPSHOTS=1 accepts what was received.
/// </summary>
internal static class SnapshotVerifier
{
    public static void Verify(string received, [CallerMemberName] string method = "", [CallerFilePath] string file = "")
        => Verify(received, method, file, Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1");

    public static void Verify(string received, string method, string file, bool accepts)
    {
        // The version is not what a snapshot is about.
        received = received.Replace("\"WeChatPay.Generator\", \"" + Emit.GeneratedFile.Version + "\"", "\"WeChatPay.Generator\", \"{version}\"", StringComparison.Ordinal);
        var stem = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "." + method);
        var verifiedPath = stem + ".verified.cs";
        var receivedPath = stem + ".received.cs";
        var verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath) : null;
        if (verified == received)
        {
            File.Delete(receivedPath);
            return;
        }

        if (accepts)
        {
            File.WriteAllText(verifiedPath, received);
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        Assert.Fail((verified is null ? "There is no " + verifiedPath : Difference(verified, received)) + "\nReview " + receivedPath + ", then run again with ACCEPT_SNAPSHOTS=1.");
    }

    /// <summary>The first line that differs, with the lines before it.</summary>
    private static string Difference(string verified, string received)
    {
        var expected = verified.Split('\n');
        var actual = received.Split('\n');
        var index = 0;
        while (index < expected.Length && index < actual.Length && expected[index] == actual[index]) index++;
        var context = string.Concat(expected[Math.Max(0, index - 3)..index].Select(line => "    " + line + "\n"));
        return $"First difference in line {index + 1}:\n{context}  - {(index < expected.Length ? expected[index] : "<end>")}\n  + {(index < actual.Length ? actual[index] : "<end>")}";
    }
}
