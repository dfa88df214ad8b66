using System.Buffers;
using System.Buffers.Text;

namespace WeChatPay.Encryption;

/// <summary>Standard base64 with padding and nothing else: no blanks, no line breaks, no url-safe letters.</summary>
internal static class StrictBase64
{
    /// <summary>Decodes, or returns null.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length % 4 != 0)
            return text.IsEmpty ? [] : null;
        var padding = text[^1] != '=' ? 0 : text[^2] != '=' ? 1 : 2;
        var bytes = new byte[(text.Length / 4 * 3) - padding];
        // The decoder of the framework skips blanks, which would leave fewer bytes than the length of the text promises.
        return Base64.DecodeFromUtf8(text, bytes, out var consumed, out var written) == OperationStatus.Done
            && consumed == text.Length && written == bytes.Length
                ? bytes
                : null;
    }
}
