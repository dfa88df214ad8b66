using System.Text.Json;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Notifications;
using WeChatPay.Serialization;
using WeChatPay.Signing;

namespace WeChatPay;

/// <summary>
/// Reads the notifications of one merchant. APIv3: verifies the signature over the raw bytes, then the time, only then parses, decrypts with
/// the APIv3 key, and checks that the merchant named inside is this one. APIv2 (XML): verifies the member <c>sign</c> with the APIv2 key, opens what is
/// encrypted, and checks the merchant. Thread-safe.
/// </summary>
public sealed class WeChatPayNotifications
{
    /// <summary>The longest body that is looked at, in bytes (1 MB).</summary>
    public const int MaxBodyLength = 1024 * 1024;

    private readonly MerchantKeyring _keyring;

    internal WeChatPayNotifications(MerchantKeyring keyring) => _keyring = keyring;

    /// <summary>Verifies and decrypts a notification.</summary>
    /// <param name="message">The notification as it arrived.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The verified notification; <see cref="WeChatPayNotification.As{T}"/> reads its resource.</returns>
    /// <exception cref="WeChatPaySignatureException">It is not proven to come from WeChat Pay for this merchant. Reply 401.</exception>
    /// <exception cref="WeChatPayDecryptionException">The resource cannot be opened with the APIv3 key, or the refund of APIv2 with the APIv2 key. Reply 500.</exception>
    /// <exception cref="WeChatPaySerializationException">
    /// The verified body is no notification, or it is larger than <see cref="MaxBodyLength"/>. Reply 500. The XML of APIv2 holds its own signature: if it cannot be
    /// read, <see cref="WeChatPayException.IsVerified"/> is false.
    /// </exception>
    /// <exception cref="InvalidOperationException">The APIv3 key, or for APIv2 the APIv2 key, is not set.</exception>
    public async ValueTask<WeChatPayNotification> ReadAsync(WeChatPayNotificationMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        if (message.Body.Length > MaxBodyLength)
            throw new WeChatPaySerializationException($"The notification is longer than {MaxBodyLength} bytes.");

        // One snapshot for all of the notification; only a platform certificate that it does not know may come out of a later one.
        var credentials = _keyring.Current;
        if (XmlNotification.IsXml(message.Body.Span)) return XmlNotification.Open(credentials, message);
        var failure = await _keyring.CheckAsync(credentials, SignatureHeaders.Read(message.Headers), message.Body, cancellationToken).ConfigureAwait(false);
        return failure is null ? Open(credentials, message) : throw failure;
    }

    private static WeChatPayNotification Open(MerchantCredentials credentials, WeChatPayNotificationMessage message)
    {
        var requestId = message.Headers("Request-ID") is [var id] ? id : null;
        var envelope = Parse(message.Body, requestId);
        byte[] resource;
        try
        {
            resource = credentials.OpenResource(
                envelope.Resource!.Algorithm, envelope.Resource.Nonce, envelope.Resource.AssociatedData, envelope.Resource.Ciphertext);
        }
        catch (WeChatPayDecryptionException e)
        {
            e.Complete(operation: null, businessNumber: null, requestId);
            e.RawBody = message.Body;
            throw;
        }

        try
        {
            MerchantBinding.Check(resource, credentials.MerchantId, credentials.IsBrand);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Without the reader's own exception, which quotes the decrypted text.
            throw Unreadable("The decrypted resource of the notification is no JSON object.", requestId, message.Body);
        }

        return new WeChatPayNotification(credentials, new NotificationDocument(resource, xml: null))
        {
            Id = envelope.Id ?? "",
            CreateTime = envelope.CreateTime,
            EventType = envelope.EventType!,
            OriginalType = envelope.Resource.OriginalType,
            Summary = envelope.Summary,
            RequestId = requestId,
            RawBody = message.Body,
        };
    }

    private static NotificationEnvelope Parse(ReadOnlyMemory<byte> body, string? requestId)
    {
        NotificationEnvelope envelope;
        try
        {
            envelope = JsonBody.Read<NotificationEnvelope>(body, decryptor: null);
        }
        catch (JsonBodyException e)
        {
            throw Unreadable($"The notification cannot be read: {e.Message}", requestId, body);
        }

        if (string.IsNullOrEmpty(envelope.EventType))
            throw Unreadable("The notification has no event_type.", requestId, body);
        if (envelope.Resource is null)
            throw Unreadable("The notification has no resource.", requestId, body);
        return envelope;
    }

    private static WeChatPaySerializationException Unreadable(string message, string? requestId, ReadOnlyMemory<byte> body)
        => new(message) { IsVerified = true, RequestId = requestId, RawBody = body };
}
