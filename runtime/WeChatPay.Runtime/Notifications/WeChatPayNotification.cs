using System.Diagnostics;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>A notification whose signature, time and merchant were verified and whose resource was decrypted, not yet read as a type.</summary>
[DebuggerDisplay("{EventType,nq} {Id,nq}")]
public sealed class WeChatPayNotification
{
    private readonly ReadOnlyMemory<byte> _resource;
    private readonly MerchantCredentials _credentials;

    internal WeChatPayNotification(MerchantCredentials credentials, ReadOnlyMemory<byte> resource)
    {
        _credentials = credentials;
        _resource = resource;
    }

    /// <summary>The notification's id. The same one comes again when an earlier reply failed; business numbers are the safer key against doing a thing twice.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>When WeChat Pay made the notification.</summary>
    public WeChatPayTime? CreateTime { get; internal init; }

    /// <summary>What happened, e.g. <c>TRANSACTION.SUCCESS</c>. Several products share one event type.</summary>
    public string EventType { get; internal init; } = "";

    /// <summary>What kind of resource it is, e.g. <c>transaction</c>; null where WeChat Pay does not say.</summary>
    public string? OriginalType { get; internal init; }

    /// <summary>A short text for people.</summary>
    public string? Summary { get; internal init; }

    /// <summary>The <c>Request-ID</c> header: what WeChat Pay's support asks for.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The verified bytes as they came, with the resource still encrypted.</summary>
    public ReadOnlyMemory<byte> RawBody { get; internal init; }

    /// <summary>The decrypted resource as it came. A method, so that loggers that print properties do not print personal data.</summary>
    public ReadOnlyMemory<byte> GetResourceJson() => _resource;

    /// <summary>Reads the resource.</summary>
    /// <typeparam name="T">The resource's class.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> belongs to another event or kind of resource.</exception>
    /// <exception cref="WeChatPaySerializationException">The resource cannot be read as <typeparamref name="T"/>.</exception>
    /// <exception cref="WeChatPayDecryptionException">
    /// A member that is encrypted once more for the merchant's certificate cannot be decrypted. With a key outside of this process use <see cref="AsAsync"/>.
    /// </exception>
    public WeChatPayNotification<T> As<T>()
        where T : class, INotificationResource<T>
    {
        CheckType<T>();
        var decryptor = _credentials.Key is ILocalMerchantKey ? new SensitiveDecryptor(_credentials.Key) : null;
        try
        {
            return Typed(JsonBody.Read<T>(_resource, decryptor));
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
    public async ValueTask<WeChatPayNotification<T>> AsAsync<T>(CancellationToken cancellationToken = default)
        where T : class, INotificationResource<T>
    {
        CheckType<T>();
        try
        {
            return Typed(await JsonBody.ReadAsync<T>(_resource, new SensitiveDecryptor(_credentials.Key), cancellationToken).ConfigureAwait(false));
        }
        catch (JsonBodyException e)
        {
            throw Failure(e);
        }
    }

    private void CheckType<T>()
        where T : class, INotificationResource<T>
    {
        if (T.EventType != EventType || (T.OriginalType is not null && OriginalType is not null && T.OriginalType != OriginalType))
        {
            throw new InvalidOperationException(
                $"{typeof(T)} is the resource of {T.EventType} ({T.OriginalType ?? "any type"}), and this notification is "
                + $"{FailureText.OneLine(EventType)} ({FailureText.OneLine(OriginalType ?? "no type")}).");
        }
    }

    private WeChatPayNotification<T> Typed<T>(T resource)
        where T : class, INotificationResource<T>
        => new()
        {
            Id = Id,
            CreateTime = CreateTime,
            EventType = EventType,
            OriginalType = OriginalType,
            Summary = Summary,
            RequestId = RequestId,
            RawBody = RawBody,
            Resource = resource,
            ResourceJson = _resource,
        };

    private WeChatPayException Failure(JsonBodyException e)
        => e.IsDecryption
            ? new WeChatPayDecryptionException($"The resource of the notification: {e.Message}", e.InnerException) { IsVerified = true, RequestId = RequestId, RawBody = RawBody }
            : new WeChatPaySerializationException($"The resource of the notification: {e.Message}")
            {
                IsVerified = true,
                RequestId = RequestId,
                Path = e.Path.Length == 0 ? null : "$." + e.Path,
                RawBody = RawBody,
            };
}
