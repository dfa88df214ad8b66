namespace WeChatPay.Specs.TypeScript;

/// <summary>The comments by which a fence is cut into declarations and an example.</summary>
internal static class TwoslashMarks
{
    /// <summary>Tells whether the text after <c>//</c> ends the declarations: <c>@filename: x.js</c> or <c>---cut---</c>.</summary>
    public static bool EndsDeclarations(ReadOnlySpan<char> comment)
    {
        comment = comment.Trim();
        if (comment.SequenceEqual("---cut---".AsSpan()) || comment.SequenceEqual("---cut-before---".AsSpan())) return true;
        return IsFile(comment, ".js", ".mjs", ".cjs", ".jsx");
    }

    /// <summary>Tells whether the text after <c>//</c> begins a file of declarations: <c>@filename: x.ts</c>.</summary>
    public static bool BeginsDeclarations(ReadOnlySpan<char> comment) => IsFile(comment.Trim(), ".ts", ".mts", ".cts", ".tsx");

    private static bool IsFile(ReadOnlySpan<char> comment, params string[] endings)
    {
        if (!comment.StartsWith("@filename:".AsSpan(), StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var ending in endings)
        {
            if (comment.EndsWith(ending.AsSpan(), StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
