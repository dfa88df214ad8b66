using System.Text;

namespace WeChatPay.Notifications;

/// <summary>The replies in the language of a notification. Their texts go to whoever sent the request: they tell nothing about this system.</summary>
internal sealed class NotificationReplies
{
    private NotificationReplies(WeChatPayNotificationReply success, WeChatPayNotificationReply ignored, Func<int, string, WeChatPayNotificationReply> failure)
    {
        Success = success;
        Ignored = ignored;
        NotVerified = failure(401, "The signature was not verified.");
        TooLarge = failure(413, "The notification is too large.");
        Failed = failure(500, "The notification was not processed.");
        Busy = failure(503, "The notification is being processed.");
        Unavailable = failure(503, "The notification was not processed.");
    }

    public static NotificationReplies Json { get; } = new(
        OfJson(200, """{"code":"SUCCESS","message":"成功"}"""),
        OfJson(204, ""),
        static (status, text) => OfJson(status, $$"""{"code":"FAIL","message":"{{text}}"}"""));

    /// <summary>APIv2 reads the body: what needs nothing is a success like any other.</summary>
    public static NotificationReplies Xml { get; } = new(
        OfXml(200, "SUCCESS", "OK"), OfXml(200, "SUCCESS", "OK"), static (status, text) => OfXml(status, "FAIL", text));

    public WeChatPayNotificationReply Success { get; }

    public WeChatPayNotificationReply Ignored { get; }

    public WeChatPayNotificationReply NotVerified { get; }

    public WeChatPayNotificationReply TooLarge { get; }

    public WeChatPayNotificationReply Failed { get; }

    /// <summary>Another delivery of the same notification is being handled.</summary>
    public WeChatPayNotificationReply Busy { get; }

    /// <summary>It is not known whether the notification was handled, or may be handled.</summary>
    public WeChatPayNotificationReply Unavailable { get; }

    public static NotificationReplies Of(ReadOnlySpan<byte> body) => XmlNotification.IsXml(body) ? Xml : Json;

    private static WeChatPayNotificationReply OfJson(int status, string body) => new(status, "application/json", Encoding.UTF8.GetBytes(body));

    private static WeChatPayNotificationReply OfXml(int status, string code, string text) => new(
        status,
        "text/xml; charset=utf-8",
        Encoding.UTF8.GetBytes($"<xml><return_code><![CDATA[{code}]]></return_code><return_msg><![CDATA[{text}]]></return_msg></xml>"));
}
