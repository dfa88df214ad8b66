using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WeChatPay;

/// <summary>
/// What to answer to a notification. WeChat Pay looks at the status: 200 and 204 end an APIv3 notification; APIv2 also wants to read
/// <c>SUCCESS</c> in the XML. Everything else makes it come again.
/// </summary>
[DebuggerDisplay("{StatusCode}")]
public sealed class WeChatPayNotificationReply
{
    internal WeChatPayNotificationReply(int statusCode, string contentType, ReadOnlyMemory<byte> body, string? authorization = null)
    {
        StatusCode = statusCode;
        ContentType = contentType;
        Body = body;
        Authorization = authorization;
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The body as UTF-8, JSON or for APIv2 XML; empty for 204. May hold personal data where a handler answered.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The notification is done with.</summary>
    public bool IsSuccess => StatusCode is 200 or 204;

    /// <summary>The media type of <see cref="Body"/>.</summary>
    public string ContentType { get; }

    /// <summary>The header <c>Authorization</c> of the reply; null for none. See <see cref="WithAuthorization"/>.</summary>
    public string? Authorization { get; }

    /// <summary>
    /// An answer to a question: 200 with data. The page of the event names its members; most want <c>code</c> (<c>SUCCESS</c>) among them.
    /// </summary>
    /// <param name="utf8Json">A JSON object as UTF-8.</param>
    /// <exception cref="ArgumentException">It is no JSON object.</exception>
    public static WeChatPayNotificationReply Json(ReadOnlyMemory<byte> utf8Json)
        => IsObject(utf8Json.Span)
            ? new(200, "application/json", utf8Json.ToArray())
            : throw new ArgumentException("The answer to a notification is a JSON object in UTF-8.", nameof(utf8Json));

    /// <summary>An answer to a question: 200 with data, written by <c>System.Text.Json</c>.</summary>
    /// <typeparam name="T">A class of yours with the members that the page of the event names.</typeparam>
    /// <param name="value">The answer.</param>
    /// <param name="typeInfo">From a <c>JsonSerializerContext</c> of yours; no reflection.</param>
    /// <exception cref="ArgumentException">It is not written as a JSON object.</exception>
    public static WeChatPayNotificationReply Json<T>(T value, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return Json(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));
    }

    /// <summary>
    /// The same reply with a header <c>Authorization</c>, for questions whose answer has to be signed (<c>CROSS_BORDER_PAY.GET_MCH_INFO</c>,
    /// <c>CROSS_BORDER_PAY.PUSH_ORDER_INFO</c>). WeChat Pay's public pages do not tell what is signed, so nothing is made up here: set it as your contract says.
    /// </summary>
    /// <param name="authorization">The header's value.</param>
    /// <exception cref="ArgumentException">It is empty or holds other than printable ASCII.</exception>
    public WeChatPayNotificationReply WithAuthorization(string authorization)
    {
        ArgumentException.ThrowIfNullOrEmpty(authorization);
        return authorization.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? new(StatusCode, ContentType, Body, authorization)
            : throw new ArgumentException("An Authorization header is printable ASCII.", nameof(authorization));
    }

    private static bool IsObject(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
