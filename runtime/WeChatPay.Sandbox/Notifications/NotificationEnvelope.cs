namespace WeChatPay.Sandbox;

/// <summary>The JSON that is posted: open facts of the event, and the resource encrypted under the merchant's APIv3 key.</summary>
internal sealed record NotificationEnvelope(string Id, string EventType, byte[] Body)
{
    public static NotificationEnvelope Seal(
        SandboxMerchant merchant, DateTimeOffset now, string eventType, string originalType, string summary, ReadOnlySpan<byte> resource)
    {
        var id = Guid.NewGuid().ToString("D");
        var box = AeadBox.Seal(merchant.ApiV3Key, originalType, resource);
        var body = JsonBytes.Object(w =>
        {
            w.WriteString("id", id);
            w.WriteString("create_time", BeijingTime.Rfc3339(now));
            w.WriteString("resource_type", "encrypt-resource");
            w.WriteString("event_type", eventType);
            w.WriteString("summary", summary);
            w.WriteStartObject("resource");
            w.WriteString("original_type", originalType);
            w.WriteString("algorithm", AeadBox.Algorithm);
            w.WriteString("ciphertext", box.Ciphertext);
            w.WriteString("associated_data", box.AssociatedData);
            w.WriteString("nonce", box.Nonce);
            w.WriteEndObject();
        });
        return new NotificationEnvelope(id, eventType, body);
    }
}
