using System.ComponentModel;
using WeChatPay.Notifications;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>What a handler of notifications takes: the content of one kind of notification, of APIv3 or APIv2.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INotificationContent<TSelf>
    where TSelf : class, INotificationContent<TSelf>
{
    /// <summary>Which notifications have this content.</summary>
    static abstract NotificationKind Kind { get; }

    /// <summary>Reads the content.</summary>
    static abstract TSelf ReadContent(NotificationDocument document);
}

/// <summary>The decrypted resource of an APIv3 notification.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INotificationResource<TSelf> : INotificationContent<TSelf>, IJsonReadable<TSelf>
    where TSelf : class, INotificationResource<TSelf>
{
    /// <summary>The <c>event_type</c> of the envelope.</summary>
    static abstract string EventType { get; }

    /// <summary>The <c>resource.original_type</c>, or null where no document names it.</summary>
    static abstract string? OriginalType { get; }

    static NotificationKind INotificationContent<TSelf>.Kind => NotificationKind.OfJson(TSelf.EventType, TSelf.OriginalType);

    static TSelf INotificationContent<TSelf>.ReadContent(NotificationDocument document) => JsonBody.Read<TSelf>(document.Utf8, document.Decryptor);
}

/// <summary>The content of an APIv2 notification: the signed message itself, or what is encrypted in it.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IXmlNotification<TSelf> : INotificationContent<TSelf>, IXmlReadable<TSelf>
    where TSelf : class, IXmlNotification<TSelf>
{
    /// <summary>The name of the event. Most APIv2 notifications do not carry it: then it is the name that the spec gave.</summary>
    static abstract string EventType { get; }

    /// <summary>How the content travels.</summary>
    static abstract XmlNotificationForm Form { get; }

    /// <summary>
    /// Members by which a signed notification without <c>event_type</c> is known to be of this kind: names, or <c>name=value</c>. Empty if
    /// the spec tells none.
    /// </summary>
    static abstract IReadOnlyList<string> TellingMembers { get; }

    static NotificationKind INotificationContent<TSelf>.Kind => NotificationKind.OfXml(TSelf.EventType, TSelf.Form, TSelf.TellingMembers);

    static TSelf INotificationContent<TSelf>.ReadContent(NotificationDocument document) => XmlBodyReader.Read<TSelf>(document.Root, document.Decryptor);
}

/// <summary>How the content of an APIv2 notification travels.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum XmlNotificationForm
{
    /// <summary>In the open, with a member <c>sign</c> over all of it: payments, contracts.</summary>
    Signed,

    /// <summary>In <c>event_ciphertext</c>, under the APIv3 key; <c>sign</c> covers the envelope: pay score, parking.</summary>
    SignedCiphertext,

    /// <summary>In <c>req_info</c>, under a hash of the APIv2 key, mostly without a signature: refunds.</summary>
    RequestInfo,
}

/// <summary>Content before it is read: proven as far as its kind can be, and decrypted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NotificationDocument
{
    internal NotificationDocument(ReadOnlyMemory<byte> utf8, XmlNode? xml, Encryption.SensitiveDecryptor? decryptor = null)
    {
        Utf8 = utf8;
        Xml = xml;
        Decryptor = decryptor;
    }

    internal ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Null in APIv3.</summary>
    internal XmlNode? Xml { get; }

    internal Encryption.SensitiveDecryptor? Decryptor { get; }

    /// <exception cref="JsonBodyException">It is of APIv3.</exception>
    internal XmlNode Root => Xml ?? throw new JsonBodyException("", "is no XML.");

    internal NotificationDocument With(Encryption.SensitiveDecryptor? decryptor) => new(Utf8, Xml, decryptor);
}
