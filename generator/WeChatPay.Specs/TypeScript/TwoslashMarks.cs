namespace WeChatPay.Specs.TypeScript;

/// <summary>The comments by which a fence is cut into declarations and an example.</summary>
internal static class TwoslashMarks
{
    /// <summary>Tells whether the text after <c>//</c> ends the declarations: <c>@filename: x.js</c> or <c>---cut---</c>.</summary>
    public static bool EndsDeclarations(ReadOnlySpan<char> comment)
    {
        comment = comment.Trim();
        if (comment.SequenceEqual("---cut---".AsSpan()) || comment.SequenceEqual("---cut-before---".AsSpan())) return true;
        if (!comment.StartsWith("@filename:".AsSpan(), StringComparison.Ordinal)) return false;
        return comment.EndsWith(".js".AsSpan(), StringComparison.Ordinal)
            || comment.EndsWith(".mjs".AsSpan(), StringComparison.Ordinal)
            || comment.EndsWith(".jsx".AsSpan(), StringComparison.Ordinal);
    }
}
