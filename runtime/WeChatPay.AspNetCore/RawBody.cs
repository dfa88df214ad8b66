using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace WeChatPay.AspNetCore;

/// <summary>The bytes of a request exactly as they came: they are what was signed.</summary>
internal static class RawBody
{
    /// <summary>What the server itself may let through: it counts the framing of a chunked body too, and the exact limit is counted here.</summary>
    public const int ServerLimit = WeChatPayNotifications.MaxBodyLength + (64 * 1024);

    private const int FirstRead = 8 * 1024;

    /// <summary>Reads the whole body, or returns null if it is longer than allowed. Memory grows with what has come, not with what was announced.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        const int maxLength = WeChatPayNotifications.MaxBodyLength;
        if (request.ContentLength > maxLength)
            return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = ServerLimit;
        // Something before us may have read a buffered body; it begins anew here.
        if (request.Body.CanSeek)
            request.Body.Position = 0;

        // One byte more than announced shows the end without growing.
        var buffer = new byte[Math.Min((request.ContentLength ?? FirstRead) + 1, FirstRead)];
        var length = 0;
        try
        {
            while (await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                length += count;
                if (length > maxLength)
                    return null;
                if (length == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(buffer.Length * 2, maxLength + 1));
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        Array.Resize(ref buffer, length);
        return buffer;
    }
}
