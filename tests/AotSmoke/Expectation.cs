namespace AotSmoke;

/// <summary>Ends the program where something is not as it should be.</summary>
internal static class Expectation
{
    /// <summary>Compares; the line ends of <paramref name="expected"/> do not count.</summary>
    public static void Expect(string what, string? expected, string? actual)
    {
        if (expected?.ReplaceLineEndings("\n") != actual)
            throw new InvalidOperationException($"{what}: expected\n{expected}\nbut got\n{actual}");
    }
}
