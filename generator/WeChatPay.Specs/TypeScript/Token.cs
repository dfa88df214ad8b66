namespace WeChatPay.Specs.TypeScript;

internal enum TokenKind : byte
{
    End,
    Identifier,
    String,
    Template,
    Number,
    Punctuation,
}

/// <summary>A token of a fence. Offsets are offsets into the whole .md text.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    /// <summary>What <c>=&gt;</c> is called in <see cref="Symbol"/>.</summary>
    public const char Arrow = '⇒';

    /// <summary>What <c>...</c> is called in <see cref="Symbol"/>.</summary>
    public const char Ellipsis = '…';

    /// <summary>The character of a punctuation mark; NUL for every other kind.</summary>
    public char Symbol { get; init; }

    /// <summary>A line ends between the token before and this one; in this language that separates members.</summary>
    public bool NewLineBefore { get; init; }

    /// <summary>The <c>/** */</c> comment directly before the token, or a length of 0.</summary>
    public int DocStart { get; init; }

    public int DocLength { get; init; }

    public int End => Start + Length;
}
