namespace WeChatPay.Specs.Model;

/// <summary>An event that WeChat Pay sends to the merchant; its decrypted resource is the class that is emitted.</summary>
public sealed record Notification
{
    /// <summary>2 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>E.g. <c>TRANSACTION.SUCCESS</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>E.g. <c>transaction</c>; null where no document names it.</summary>
    public string? OriginalType { get; init; }

    /// <summary>Below the root namespace: <c>Webhook.V3</c>.</summary>
    public required string Namespace { get; init; }

    /// <summary>The main shape, e.g. <c>TransactionSuccess</c>.</summary>
    public required ObjectShape Resource { get; init; }

    /// <summary>
    /// Members that tell the main shape's notifications from those of other events, where they travel without naming their event: names, or
    /// <c>name=value</c>. Of signed APIv2 notifications only.
    /// </summary>
    public EquatableArray<string> TellingMembers { get; init; }

    /// <summary>Further shapes that share the event (<c>TransactionSuccessCombine</c>).</summary>
    public EquatableArray<NotificationVariant> Variants { get; init; }

    /// <summary>How the merchant can tell that the notification is genuine, and where its content is.</summary>
    public NotificationProtection Protection { get; init; }

    /// <summary>The form of the content once it is decrypted; APIv2 notifications travel as XML.</summary>
    public NotificationWireFormat WireFormat { get; init; }

    public required Documentation Documentation { get; init; }

    /// <summary>The identity of a notification.</summary>
    public string Key => "v" + Version.ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + EventType;
}

/// <summary>A further shape of an event's resource.</summary>
public sealed record NotificationVariant
{
    public required ObjectShape Shape { get; init; }

    /// <summary>The original type that tells this shape; null: that of the notification.</summary>
    public string? OriginalType { get; init; }

    /// <summary>As of the notification.</summary>
    public EquatableArray<string> TellingMembers { get; init; }
}

public enum NotificationProtection
{
    /// <summary>The member <c>resource</c> holds the content, encrypted with AEAD_AES_256_GCM under the APIv3 key.</summary>
    AeadResource,

    /// <summary>The members stand in the open; a member <c>sign</c> covers all of them.</summary>
    SignedPlain,

    /// <summary>The member <c>req_info</c> holds the content, encrypted with AES-256-ECB under a hash of the APIv2 key.</summary>
    RequestInfo,

    /// <summary>The member <c>event_ciphertext</c> holds the content, encrypted; a member <c>sign</c> covers the envelope.</summary>
    SignedCiphertext,
}

public enum NotificationWireFormat
{
    Json,
    Xml,
}
