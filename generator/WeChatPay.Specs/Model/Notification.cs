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

    /// <summary>Further shapes that share the event (<c>TransactionSuccessCombine</c>).</summary>
    public EquatableArray<ObjectShape> Variants { get; init; }

    public required Documentation Documentation { get; init; }

    /// <summary>The identity of a notification.</summary>
    public string Key => "v" + Version.ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + EventType;
}

/// <summary>A shape that several operations use, declared in <c>models/&lt;name&gt;.md</c>.</summary>
public sealed record SharedShape
{
    public required string Name { get; init; }

    public required ObjectShape Shape { get; init; }

    /// <summary>The identity of a shared shape.</summary>
    public string Key => KeyOf(Name);

    public static string KeyOf(string name) => "model " + name;
}
