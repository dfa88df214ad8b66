using System.Diagnostics;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>
/// A verified and decrypted notification. Before you fulfil an order on it, compare amount, currency, merchant and order number with
/// your own order: a good signature proves the sender, not that the payment is the one you expect.
/// </summary>
/// <typeparam name="T">The resource's class.</typeparam>
[DebuggerDisplay("{EventType,nq} {Id,nq}")]
public sealed class WeChatPayNotification<T>
    where T : class, INotificationResource<T>
{
    /// <summary>The notification's id. The same one comes again when an earlier reply failed; business numbers are the safer key against doing a thing twice.</summary>
    public string Id { get; init; } = "";

    /// <summary>When WeChat Pay made the notification.</summary>
    public WeChatPayTime? CreateTime { get; init; }

    /// <summary>What happened, e.g. <c>TRANSACTION.SUCCESS</c>.</summary>
    public string EventType { get; init; } = T.EventType;

    /// <summary>What kind of resource it is, e.g. <c>transaction</c>; null where WeChat Pay does not say.</summary>
    public string? OriginalType { get; init; } = T.OriginalType;

    /// <summary>A short text for people.</summary>
    public string? Summary { get; init; }

    /// <summary>The <c>Request-ID</c> header: what WeChat Pay's support asks for.</summary>
    public string? RequestId { get; init; }

    /// <summary>The decrypted resource. Its members are nullable: what WeChat Pay did not send is null and never 0.</summary>
    public required T Resource { get; init; }

    /// <summary>The verified bytes as they came, with the resource still encrypted; empty on a notification made by hand.</summary>
    public ReadOnlyMemory<byte> RawBody { get; init; }

    internal ReadOnlyMemory<byte> ResourceJson { private get; init; }

    /// <summary>The decrypted resource as it came, with members that the class lacks; empty on a notification made by hand. A method, so that loggers that print properties do not print personal data.</summary>
    public ReadOnlyMemory<byte> GetResourceJson() => ResourceJson;
}
