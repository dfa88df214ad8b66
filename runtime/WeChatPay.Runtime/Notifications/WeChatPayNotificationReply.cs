using System.Diagnostics;

namespace WeChatPay;

/// <summary>
/// What to answer to a notification. WeChat Pay looks at the status: 200 and 204 end an APIv3 notification; APIv2 also wants to read
/// <c>SUCCESS</c> in the XML. Everything else makes it come again.
/// </summary>
[DebuggerDisplay("{StatusCode}")]
public sealed class WeChatPayNotificationReply
{
    internal WeChatPayNotificationReply(int statusCode, string contentType, ReadOnlyMemory<byte> body)
    {
        StatusCode = statusCode;
        ContentType = contentType;
        Body = body;
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The body as UTF-8, JSON or for APIv2 XML; empty for 204.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The notification is done with.</summary>
    public bool IsSuccess => StatusCode is 200 or 204;

    /// <summary>The media type of <see cref="Body"/>.</summary>
    public string ContentType { get; }
}
