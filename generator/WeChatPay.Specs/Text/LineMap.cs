using System.Runtime.CompilerServices;
using WeChatPay.Specs.Diagnostics;

namespace WeChatPay.Specs.Text;

/// <summary>
/// Turns offsets into lines and columns. Line ends are those that compilers count (LF, CR, CRLF, NEL, LS, PS),
/// so that a position printed by us and one computed by the host from the same text agree.
/// </summary>
internal sealed class LineMap(string text)
{
    private int[]? _starts;

    /// <summary>The range of <paramref name="length"/> characters at <paramref name="start"/>, cut to the text.</summary>
    public TextRange Range(int start, int length)
    {
        start = Clamp(start, 0, text.Length);
        length = Clamp(length, 0, text.Length - start);
        var (startLine, startCharacter) = Position(start);
        var (endLine, endCharacter) = Position(start + length);
        return new TextRange(start, length, startLine, startCharacter, endLine, endCharacter);
    }

    /// <summary>Zero-based line and character of an offset.</summary>
    public (int Line, int Character) Position(int offset)
    {
        // Most files have no diagnostics and never need the table.
        _starts ??= FindStarts(text);
        var index = Array.BinarySearch(_starts, offset);
        if (index < 0) index = ~index - 1;
        return (index, offset - _starts[index]);
    }

    [MethodImpl(HotPath.Optimized)]
    private static int[] FindStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n':
                    break;
                case '\n' or '\r' or '\u0085' or '\u2028' or '\u2029':
                    starts.Add(i + 1);
                    break;
            }
        }

        return [.. starts];
    }

    private static int Clamp(int value, int low, int high) => Math.Max(low, Math.Min(value, high));
}
