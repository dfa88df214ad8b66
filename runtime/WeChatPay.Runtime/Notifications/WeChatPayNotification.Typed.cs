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
    where T : class, INotificationContent<T>
{
    /// <summary>3, or 2 for the XML notifications of APIv2.</summary>
    public int Version { get; init; } = T.Kind.Version;

    /// <summary>
    /// The notification's id. The same one comes again when an earlier reply failed; business numbers are the safer key against doing a thing twice.
    /// Where APIv2 sends none, it is the number and status of what it is about (<c>4200000000:SUCCESS</c>), the same each time.
    /// </summary>
    public string Id { get; init; } = "";

    /// <summary>
    /// A signature proves that WeChat Pay sent it. False for the refund notification of APIv2, which has none and could be made up of parts of older ones:
    /// ask for the refund (<c>pay/refundquery</c>) before you act on it.
    /// </summary>
    public bool IsAuthenticated { get; init; } = true;

    /// <summary>APIv2: <c>return_code</c>, <c>result_code</c> or <c>trade_state</c> says something else than success, e.g. that a payment failed.</summary>
    public bool IsFailed { get; init; }

    /// <summary>When WeChat Pay made the notification.</summary>
    public WeChatPayTime? CreateTime { get; init; }

    /// <summary>What happened, e.g. <c>TRANSACTION.SUCCESS</c>. Where APIv2 does not say, the name that the spec gave the event.</summary>
    public string EventType { get; init; } = T.Kind.EventType;

    /// <summary>What kind of resource it is, e.g. <c>transaction</c>; null where WeChat Pay does not say.</summary>
    public string? OriginalType { get; init; } = T.Kind.OriginalType;

    /// <summary>A short text for people.</summary>
    public string? Summary { get; init; }

    /// <summary>The <c>Request-ID</c> header: what WeChat Pay's support asks for.</summary>
    public string? RequestId { get; init; }

    /// <summary>The decrypted resource. Its members are nullable: what WeChat Pay did not send is null and never 0.</summary>
    public required T Resource { get; init; }

    /// <summary>The verified bytes as they came, with the resource still encrypted; empty on a notification made by hand.</summary>
    public ReadOnlyMemory<byte> RawBody { get; init; }

    internal ReadOnlyMemory<byte> Content { private get; init; }

    /// <summary>The decrypted resource as it came, with members that the class lacks; empty for APIv2 and on a notification made by hand. A method, so that loggers that print properties do not print personal data.</summary>
    public ReadOnlyMemory<byte> GetResourceJson() => Version == 3 ? Content : default;

    /// <summary>The content of an APIv2 notification as it came, decrypted where it was encrypted; empty for APIv3 and on one made by hand. A method for the same reason.</summary>
    public ReadOnlyMemory<byte> GetResourceXml() => Version == 2 ? Content : default;
}
