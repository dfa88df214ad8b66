using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace WeChatPay.Serialization;

// "SUCCESS", "CNY", "JSAPI" and their like come again in every answer: the same string object is used again. A table of fixed
// size in which a newcomer replaces what stood in its place, so that nothing a server sends can make it grow. Reads and writes
// of a reference are atomic and a string is immutable, so no lock is needed; a lost write costs one allocation.
// Only for enumeration values and very short texts; never for what was encrypted.
internal static class WireTextCache
{
    public const int LongestValue = 40;

    private const int Size = 1024;

    private static readonly string?[] s_texts = new string?[Size];

    /// <summary>The text of ASCII bytes; other bytes are decoded without the table.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        ref var place = ref s_texts[Hash(utf8) & (Size - 1)];
        var known = place;
        if (known is not null && known.Length == utf8.Length && Ascii.Equals(utf8, known))
            return known;
        var text = Encoding.UTF8.GetString(utf8);
        if (text.Length == utf8.Length)
            place = text;
        return text;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = (uint)utf8.Length;
        if (utf8.Length >= 4)
        {
            hash = (hash * 31) + MemoryMarshal.Read<uint>(utf8);
            hash = (hash * 2654435761) + MemoryMarshal.Read<uint>(utf8[^4..]);
            hash = (hash * 2654435761) + utf8[utf8.Length / 2];
        }
        else
        {
            foreach (var b in utf8)
                hash = (hash * 31) + b;
        }

        hash *= 2654435761;
        return hash >> 16;
    }
}
