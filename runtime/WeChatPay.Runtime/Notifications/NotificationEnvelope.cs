using WeChatPay.Serialization;

namespace WeChatPay.Notifications;

/// <summary>The outer document of a notification, as it is signed.</summary>
internal sealed class NotificationEnvelope : IJsonReadable<NotificationEnvelope>
{
    private NotificationEnvelope(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("id"u8)) Id = r.Text();
            if (r.At("create_time"u8)) CreateTime = r.Time();
            if (r.At("resource_type"u8)) ResourceType = r.Text();
            if (r.At("event_type"u8)) EventType = r.Text();
            if (r.At("summary"u8)) Summary = r.Text();
            if (r.At("resource"u8)) Resource = r.Object<NotificationEnvelopeResource>();
        }
        while (r.More());
    }

    public string? Id { get; }

    public WeChatPayTime? CreateTime { get; }

    public string? ResourceType { get; }

    public string? EventType { get; }

    public string? Summary { get; }

    public NotificationEnvelopeResource? Resource { get; }

    static NotificationEnvelope IJsonReadable<NotificationEnvelope>.Read(ref JsonBodyReader r) => new(ref r);
}

/// <summary>The sealed part of a notification.</summary>
internal sealed class NotificationEnvelopeResource : IJsonReadable<NotificationEnvelopeResource>
{
    private NotificationEnvelopeResource(ref JsonBodyReader r)
    {
        do
        {
            if (r.At("original_type"u8)) OriginalType = r.Text();
            if (r.At("algorithm"u8)) Algorithm = r.Text();
            if (r.At("ciphertext"u8)) Ciphertext = r.Base64();
            if (r.At("associated_data"u8)) AssociatedData = r.Text();
            if (r.At("nonce"u8)) Nonce = r.Text();
        }
        while (r.More());
    }

    public string? OriginalType { get; }

    public string? Algorithm { get; }

    /// <summary>Null if it was missing or no base64, which is a failure to decrypt and not one to read.</summary>
    public byte[]? Ciphertext { get; }

    public string? AssociatedData { get; }

    public string? Nonce { get; }

    static NotificationEnvelopeResource IJsonReadable<NotificationEnvelopeResource>.Read(ref JsonBodyReader r) => new(ref r);
}
