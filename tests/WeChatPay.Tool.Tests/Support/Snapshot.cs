using System.Runtime.CompilerServices;

namespace WeChatPay.Tool.Tests.Support;

/// <summary>Compares a text with <c>Class.Method.verified.txt</c> beside the test; ACCEPT_SNAPSHOTS=1 accepts what came.</summary>
internal static class Snapshot
{
    public static void Verify(string received, [CallerMemberName] string method = "", [CallerFilePath] string file = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file) + "." + method);
        var verified = File.Exists(stem + ".verified.txt") ? File.ReadAllText(stem + ".verified.txt") : null;
        if (verified == received)
        {
            File.Delete(stem + ".received.txt");
            return;
        }

        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(stem + ".verified.txt", received);
            return;
        }

        File.WriteAllText(stem + ".received.txt", received);
        var expected = (verified ?? "").Split('\n');
        var actual = received.Split('\n');
        var line = 0;
        while (line < expected.Length && line < actual.Length && expected[line] == actual[line]) line++;
        Assert.Fail($"Differs from {stem}.verified.txt in line {line + 1}:\n  - {expected.ElementAtOrDefault(line)}\n  + {actual.ElementAtOrDefault(line)}\nReview the received file, then run again with ACCEPT_SNAPSHOTS=1.");
    }
}
