namespace WeChatPay.Catalogue.Tests;

/// <summary>
/// A listing that a person has read. After an intended change look at the difference between the two files and put
/// <c>*.received.txt</c> in the place of <c>*.verified.txt</c>, or run again with <c>ACCEPT_SNAPSHOTS=1</c>, which does so for all.
/// </summary>
internal static class Reviewed
{
    public static void AssertSame(string name, string actual)
    {
        var folder = Path.Combine(SpecCatalogue.RepositoryRoot, "tests/WeChatPay.Catalogue.Tests");
        var verified = Path.Combine(folder, name + ".verified.txt");
        var received = Path.Combine(folder, name + ".received.txt");
        if (File.Exists(verified) && File.ReadAllText(verified).ReplaceLineEndings("\n") == actual)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(verified)!);
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(verified, actual);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"{name} is not as it was reviewed. Compare {verified} with {received}; if the change is meant, put the latter in its place.");
    }
}
