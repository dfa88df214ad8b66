namespace WeChatPay.Generator.Tests.Units;

/// <summary>A verifier that lets a missing or a different snapshot pass would make all snapshots worthless.</summary>
public sealed class SnapshotVerifierTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    private string TestFile => Path.Combine(_directory, "SomeTests.cs");

    private string Stem => Path.Combine(_directory, "SomeTests.Method");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_missing_snapshot_fails_and_leaves_what_was_received()
    {
        var exception = Assert.ThrowsAny<Exception>(() => SnapshotVerifier.Verify("text", "Method", TestFile, accepts: false));
        Assert.Contains("There is no", exception.Message, StringComparison.Ordinal);
        Assert.Equal("text", File.ReadAllText(Stem + ".received.cs"));
        Assert.False(File.Exists(Stem + ".verified.cs"));
    }

    [Fact]
    public void A_difference_fails_and_shows_the_first_line()
    {
        File.WriteAllText(Stem + ".verified.cs", "a\nb\nc\n");
        var exception = Assert.ThrowsAny<Exception>(() => SnapshotVerifier.Verify("a\nB\nC\n", "Method", TestFile, accepts: false));
        Assert.Contains("First difference in line 2:\n    a\n  - b\n  + B", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_accepted_is_verified_from_then_on()
    {
        SnapshotVerifier.Verify("text", "Method", TestFile, accepts: true);
        SnapshotVerifier.Verify("text", "Method", TestFile, accepts: false);
        Assert.False(File.Exists(Stem + ".received.cs"));
    }
}
