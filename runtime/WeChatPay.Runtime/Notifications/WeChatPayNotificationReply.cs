using System.Diagnostics;

namespace WeChatPay;

/// <summary>What to answer to a notification. WeChat Pay looks at the status: 200 and 204 end the notification, everything else makes it come again.</summary>
[DebuggerDisplay("{StatusCode}")]
public sealed class WeChatPayNotificationReply
{
    private WeChatPayNotificationReply(int statusCode, ReadOnlyMemory<byte> body)
    {
        StatusCode = statusCode;
        Body = body;
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The body, JSON as UTF-8; empty for 204.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The notification is done with.</summary>
    public bool IsSuccess => StatusCode is 200 or 204;

    /// <summary>The media type of <see cref="Body"/>.</summary>
    public static string ContentType => "application/json";

    // The texts go to whoever sent the request: they tell nothing about this system.
    internal static WeChatPayNotificationReply Success { get; } = new(200, """{"code":"SUCCESS","message":"成功"}"""u8.ToArray());

    internal static WeChatPayNotificationReply Ignored { get; } = new(204, default);

    internal static WeChatPayNotificationReply NotVerified { get; } = new(401, """{"code":"FAIL","message":"The signature was not verified."}"""u8.ToArray());

    internal static WeChatPayNotificationReply TooLarge { get; } = new(413, """{"code":"FAIL","message":"The notification is too large."}"""u8.ToArray());

    internal static WeChatPayNotificationReply Failed { get; } = new(500, """{"code":"FAIL","message":"The notification was not processed."}"""u8.ToArray());
}
