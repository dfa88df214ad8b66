using System.ComponentModel;
using WeChatPay.Serialization;

namespace WeChatPay.Notifications;

/// <summary>Which notifications a class is the content of.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NotificationKind
{
    private NotificationKind(int version, string eventType, string? originalType, XmlNotificationForm form, IReadOnlyList<string> tellingMembers)
    {
        Version = version;
        EventType = eventType;
        OriginalType = originalType;
        Form = form;
        TellingMembers = tellingMembers;
    }

    internal int Version { get; }

    internal string EventType { get; }

    /// <summary>APIv3 only.</summary>
    internal string? OriginalType { get; }

    /// <summary>APIv2 only.</summary>
    internal XmlNotificationForm Form { get; }

    /// <summary>APIv2 only.</summary>
    internal IReadOnlyList<string> TellingMembers { get; }

    internal static NotificationKind OfJson(string eventType, string? originalType) => new(3, eventType, originalType, default, []);

    internal static NotificationKind OfXml(string eventType, XmlNotificationForm form, IReadOnlyList<string> tellingMembers)
        => new(2, eventType, null, form, tellingMembers);

    /// <summary>The notification is of this kind, as far as it says.</summary>
    internal bool Fits(WeChatPayNotification notification)
    {
        if (!MayFit(notification))
            return false;
        return Version == 3 || Form != XmlNotificationForm.Signed || notification.EventType.Length > 0 || HasTellingMembers(notification);
    }

    /// <summary>Nothing but its members could still say that the notification is of another kind.</summary>
    internal bool MayFit(WeChatPayNotification notification)
    {
        if (Version != notification.Version)
            return false;
        if (Version == 3)
            return EventType == notification.EventType && (OriginalType is null || notification.OriginalType is null || OriginalType == notification.OriginalType);
        return Form == notification.Form
            && (Form == XmlNotificationForm.RequestInfo || notification.EventType.Length == 0 || EventType == notification.EventType);
    }

    /// <summary>In words, for messages.</summary>
    internal string Describe() => Version == 3 ? $"{EventType} ({OriginalType ?? "no original type"})" : $"{EventType} (APIv2)";

    private bool HasTellingMembers(WeChatPayNotification notification)
    {
        foreach (var member in TellingMembers)
        {
            var equals = member.IndexOf('=', StringComparison.Ordinal);
            var value = notification.Find(equals < 0 ? member : member[..equals]);
            if (equals < 0 ? string.IsNullOrEmpty(value) : !member.AsSpan(equals + 1).SequenceEqual(value))
                return false;
        }

        return TellingMembers.Count > 0;
    }
}
