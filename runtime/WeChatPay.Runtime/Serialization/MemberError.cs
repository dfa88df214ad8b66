using System.Diagnostics.CodeAnalysis;

namespace WeChatPay.Serialization;

// What is wrong with the caller's request is an ArgumentException that names the member by its wire path, raised before anything
// is signed or sent. Values are never part of a message: they may be personal data.
internal static class MemberError
{
    public const string NotSet = "is required but not set.";
    public const string NullElement = "is null; a list must not hold null.";
    public const string Supplementary =
        "holds a character outside the Basic Multilingual Plane (an emoji, for example) or half of one; WeChat Pay takes UTF-8 characters of one to three bytes only.";

    public const string HalfCharacter = "holds half of a surrogate pair, which is no text.";
    public const string NoKey = "is sent encrypted, and there is no platform key to encrypt it with here.";
    public const string TooDeep = "is nested too deeply; the limit is 64.";

    [DoesNotReturn]
    public static void Throw(string path, string problem) => throw new ArgumentException($"The request member '{path}' {problem}", path);

    /// <summary>True if every character is in the Basic Multilingual Plane.</summary>
    public static bool IsPlain(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    /// <summary>True if no surrogate stands alone.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    /// <summary>The same as <see cref="IsPlain"/> for JSON text: a four-byte sequence, or an escaped surrogate.</summary>
    public static bool IsPlainJson(ReadOnlySpan<byte> json)
    {
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] >= 0xF0)
                return false;
            if (json[i] != '\\')
                continue;
            if (i + 3 < json.Length && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd' && IsEightOrMore(json[i + 3]))
                return false;

            i++;
        }

        return true;
    }

    private static bool IsEightOrMore(byte hexDigit) => hexDigit is (byte)'8' or (byte)'9' or >= (byte)'a' and <= (byte)'f' or >= (byte)'A' and <= (byte)'F';
}
