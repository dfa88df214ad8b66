using System.Text;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Notifications;

/// <summary>From the bytes of an APIv2 notification to its content, proven as far as its form allows, decrypted, and of this merchant.</summary>
internal static class XmlNotification
{
    private const string RequestInfo = "req_info";
    private const string Ciphertext = "event_ciphertext";

    /// <summary>APIv3 sends JSON, APIv2 XML; whichever it claims to be, it has to prove itself in that way.</summary>
    public static bool IsXml(ReadOnlySpan<byte> body)
    {
        body = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        body = body.TrimStart(" \t\r\n"u8);
        return body is [(byte)'<', ..];
    }

    /// <summary>Verifies, decrypts, and checks whose it is.</summary>
    /// <exception cref="WeChatPaySignatureException">It is not signed as it has to be, or another merchant's.</exception>
    /// <exception cref="WeChatPayDecryptionException">The encrypted part cannot be opened.</exception>
    /// <exception cref="WeChatPaySerializationException">It is no message of members; not even its signature could be found.</exception>
    /// <exception cref="InvalidOperationException">A key is not set.</exception>
    public static WeChatPayNotification Open(MerchantCredentials credentials, WeChatPayNotificationMessage message)
    {
        var requestId = message.Headers("Request-ID") is [var id] ? id : null;
        var envelope = Parse(message.Body.Span, "The notification", message.Body, requestId, isVerified: false);
        var form = FormOf(envelope);
        var isAuthenticated = XmlNotificationSignature.Check(credentials, envelope, form);
        XmlMerchantBinding.Check(envelope, credentials.MerchantId, isAuthenticated);

        ReadOnlyMemory<byte> content;
        try
        {
            content = form switch
            {
                XmlNotificationForm.RequestInfo => RequestInfoOpener.Open(credentials.ApiV2Key, envelope.Find(RequestInfo)!),
                XmlNotificationForm.SignedCiphertext => credentials.OpenResource(
                    envelope.Find("event_algorithm"),
                    envelope.Find("event_nonce"),
                    envelope.Find("event_associated_data"),
                    StrictBase64.Decode(Encoding.UTF8.GetBytes(envelope.Find(Ciphertext)!))),
                _ => message.Body,
            };
        }
        catch (WeChatPayDecryptionException e)
        {
            e.Complete(operation: null, businessNumber: null, requestId);
            e.RawBody = message.Body;
            throw;
        }

        var root = envelope;
        if (form != XmlNotificationForm.Signed)
        {
            root = Parse(content.Span, "The decrypted content of the notification", message.Body, requestId, isAuthenticated);
            XmlMerchantBinding.Check(root, credentials.MerchantId, isAuthenticated);
        }

        return new WeChatPayNotification(credentials, new NotificationDocument(content, root))
        {
            Version = 2,
            Form = form,
            IsAuthenticated = isAuthenticated,
            IsFailed = IsFailed(envelope) || IsFailed(root),
            // What nobody signed must not choose the id: a repeated refund would pass for a new one.
            Id = isAuthenticated && envelope.Find("event_id") is { Length: > 0 } eventId ? eventId : XmlNotificationId.Of(root),
            CreateTime = isAuthenticated && envelope.Find("event_create_time") is { Length: > 0 } time ? new WeChatPayTime(time) : default(WeChatPayTime?),
            EventType = form == XmlNotificationForm.RequestInfo ? "" : envelope.Find("event_type") ?? "",
            RequestId = requestId,
            RawBody = message.Body,
        };
    }

    private static XmlNotificationForm FormOf(XmlNode envelope)
        => envelope.Find(RequestInfo) is { Length: > 0 } ? XmlNotificationForm.RequestInfo
            : envelope.Find(Ciphertext) is { Length: > 0 } ? XmlNotificationForm.SignedCiphertext
            : XmlNotificationForm.Signed;

    /// <summary>A signed notification may tell of a payment that failed: that is no success of anything.</summary>
    private static bool IsFailed(XmlNode root)
        => IsOther(root.Find("return_code")) || IsOther(root.Find("result_code")) || IsOther(root.Find("trade_state"));

    private static bool IsOther(string? code) => !string.IsNullOrEmpty(code) && code != "SUCCESS";

    private static XmlNode Parse(ReadOnlySpan<byte> xml, string what, ReadOnlyMemory<byte> body, string? requestId, bool isVerified)
    {
        string problem;
        try
        {
            var root = XmlParser.Parse(xml);
            V2Document.CheckNames(root);
            if (root.Children is not null)
                return root;
            problem = "The document has no members.";
        }
        catch (JsonBodyException e)
        {
            problem = e.Message;
        }

        throw new WeChatPaySerializationException($"{what} cannot be read: {problem}") { IsVerified = isVerified, RequestId = requestId, RawBody = body };
    }
}
