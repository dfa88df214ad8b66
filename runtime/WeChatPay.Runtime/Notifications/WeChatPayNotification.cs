using System.Diagnostics;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>
/// A notification whose signature, time and merchant were verified and whose resource was decrypted, not yet read as a type. One of APIv2 has no time,
/// and not every one is signed: see <see cref="IsAuthenticated"/>.
/// </summary>
[DebuggerDisplay("{EventType,nq} {Id,nq}")]
public sealed class WeChatPayNotification
{
    private readonly NotificationDocument _document;
    private readonly MerchantCredentials _credentials;

    internal WeChatPayNotification(MerchantCredentials credentials, NotificationDocument document)
    {
        _credentials = credentials;
        _document = document;
    }

    /// <summary>3, or 2 for the XML notifications of APIv2.</summary>
    public int Version { get; internal init; } = 3;

    /// <summary>
    /// The notification's id. The same one comes again when an earlier reply failed; business numbers are the safer key against doing a thing twice.
    /// Where APIv2 sends none, it is the number and status of what it is about (<c>4200000000:SUCCESS</c>), the same each time.
    /// </summary>
    public string Id { get; internal init; } = "";

    /// <summary>
    /// A signature proves that WeChat Pay sent it. False for the refund notification of APIv2, which has none and could be made up of parts of older ones:
    /// ask for the refund (<c>pay/refundquery</c>) before you act on it.
    /// </summary>
    public bool IsAuthenticated { get; internal init; } = true;

    /// <summary>APIv2: <c>return_code</c>, <c>result_code</c> or <c>trade_state</c> says something else than success, e.g. that a payment failed.</summary>
    public bool IsFailed { get; internal init; }

    /// <summary>When WeChat Pay made the notification.</summary>
    public WeChatPayTime? CreateTime { get; internal init; }

    /// <summary>What happened, e.g. <c>TRANSACTION.SUCCESS</c>. Several products share one event type. Empty for most notifications of APIv2, which do not say.</summary>
    public string EventType { get; internal init; } = "";

    /// <summary>What kind of resource it is, e.g. <c>transaction</c>; null where WeChat Pay does not say.</summary>
    public string? OriginalType { get; internal init; }

    /// <summary>A short text for people.</summary>
    public string? Summary { get; internal init; }

    /// <summary>The <c>Request-ID</c> header: what WeChat Pay's support asks for.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The verified bytes as they came, with the resource still encrypted.</summary>
    public ReadOnlyMemory<byte> RawBody { get; internal init; }

    /// <summary>The merchant with whose keys it was verified and opened.</summary>
    internal string MerchantId => _credentials.MerchantId;

    /// <summary>The clock of that merchant's options.</summary>
    internal TimeProvider Clock => _credentials.Clock;

    /// <summary>How the content of an APIv2 notification travels.</summary>
    internal XmlNotificationForm Form { get; init; }

    /// <summary>The decrypted resource as it came; empty for APIv2. A method, so that loggers that print properties do not print personal data.</summary>
    public ReadOnlyMemory<byte> GetResourceJson() => Version == 3 ? _document.Utf8 : default;

    /// <summary>The content of an APIv2 notification as it came, decrypted where it was encrypted; empty for APIv3. A method for the same reason.</summary>
    public ReadOnlyMemory<byte> GetResourceXml() => Version == 2 ? _document.Utf8 : default;

    /// <summary>Reads the resource.</summary>
    /// <typeparam name="T">The resource's class.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> belongs to another event or kind of resource.</exception>
    /// <exception cref="WeChatPaySerializationException">The resource cannot be read as <typeparamref name="T"/>.</exception>
    /// <exception cref="WeChatPayDecryptionException">
    /// A member that is encrypted once more for the merchant's certificate cannot be decrypted. With a key outside of this process use <see cref="AsAsync"/>.
    /// </exception>
    public WeChatPayNotification<T> As<T>()
        where T : class, INotificationContent<T>
    {
        CheckType<T>();
        var decryptor = _credentials.DecryptionKeys.AreLocal ? new SensitiveDecryptor(_credentials.DecryptionKeys) : null;
        try
        {
            return Typed(T.ReadContent(_document.With(decryptor)));
        }
        catch (JsonBodyException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>Reads the resource, also where a member of it needs a merchant key outside of this process.</summary>
    /// <typeparam name="T">The resource's class.</typeparam>
    /// <param name="cancellationToken">Ends waiting for the key.</param>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> belongs to another event or kind of resource.</exception>
    /// <exception cref="WeChatPaySerializationException">The resource cannot be read as <typeparamref name="T"/>.</exception>
    /// <exception cref="WeChatPayDecryptionException">A member that is encrypted once more for the merchant's certificate cannot be decrypted.</exception>
    public ValueTask<WeChatPayNotification<T>> AsAsync<T>(CancellationToken cancellationToken = default)
        where T : class, INotificationContent<T>
    {
        CheckType<T>();
        return ReadAsync<T>(cancellationToken);
    }

    /// <summary>Reads without asking whether it is the content of this notification.</summary>
    internal async ValueTask<WeChatPayNotification<T>> ReadAsync<T>(CancellationToken cancellationToken)
        where T : class, INotificationContent<T>
    {
        var decryptor = new SensitiveDecryptor(_credentials.DecryptionKeys);
        try
        {
            var content = T.ReadContent(_document.With(decryptor));
            if (decryptor.HasNoted)
            {
                await decryptor.DecryptNotedAsync(cancellationToken).ConfigureAwait(false);
                content = T.ReadContent(_document.With(decryptor));
            }

            return Typed(content);
        }
        catch (JsonBodyException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>A member of an APIv2 notification's content.</summary>
    internal string? Find(string name) => _document.Xml?.Find(name);

    /// <summary>In words, for messages and log entries.</summary>
    internal string Describe()
    {
        if (Version == 3)
            return $"{FailureText.OneLine(EventType)} ({FailureText.OneLine(OriginalType ?? "no original type")})";
        var what = EventType.Length > 0 ? FailureText.OneLine(EventType) : Form == XmlNotificationForm.RequestInfo ? "a refund" : "an event without a name";
        return IsFailed ? $"{what} (APIv2, failed)" : $"{what} (APIv2)";
    }

    private void CheckType<T>()
        where T : class, INotificationContent<T>
    {
        if (!T.Kind.Fits(this))
            throw new InvalidOperationException($"{typeof(T)} is the resource of {T.Kind.Describe()}, and this notification is {Describe()}.");
    }

    private WeChatPayNotification<T> Typed<T>(T resource)
        where T : class, INotificationContent<T>
        => new()
        {
            Id = Id,
            CreateTime = CreateTime,
            EventType = EventType.Length > 0 ? EventType : T.Kind.EventType,
            OriginalType = OriginalType,
            Summary = Summary,
            RequestId = RequestId,
            RawBody = RawBody,
            Version = Version,
            IsAuthenticated = IsAuthenticated,
            IsFailed = IsFailed,
            Resource = resource,
            Content = _document.Utf8,
        };

    private WeChatPayException Failure(JsonBodyException e)
        => e.IsDecryption
            ? new WeChatPayDecryptionException($"The resource of the notification: {e.Message}", e.InnerException) { IsVerified = IsAuthenticated, RequestId = RequestId, RawBody = RawBody }
            : new WeChatPaySerializationException($"The resource of the notification: {e.Message}")
            {
                IsVerified = IsAuthenticated,
                RequestId = RequestId,
                Path = e.Path.Length == 0 ? null : "$." + e.Path,
                RawBody = RawBody,
            };
}
