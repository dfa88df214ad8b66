using WeChatPay.Serialization;

namespace WeChatPay.Notifications;

/// <summary>
/// The handlers of APIv2. Few of its notifications name their event: those are told by <c>event_type</c>, the refund by <c>req_info</c>, and all others by
/// members that their spec names, or by the predicates of the handlers.
/// </summary>
internal sealed class XmlNotificationTable
{
    private readonly List<NotificationRoute> _routes = [];

    /// <summary>Adds a handler.</summary>
    /// <exception cref="InvalidOperationException">Nothing would tell its notifications, or tell them from those of another one.</exception>
    public void Add(NotificationRoute route)
    {
        CheckTelling(route.Kind, route.HasPredicate);
        foreach (var other in _routes)
        {
            if (other.TakesFailed == route.TakesFailed && !(other.HasPredicate && route.HasPredicate) && AreAlike(other, route))
            {
                throw new InvalidOperationException(
                    $"Two handlers are for {route.Kind.Describe()} and {other.Kind.Describe()}, and nothing tells their notifications apart. "
                    + "Give each of them a predicate: On<T>(when: n => …, handler).");
            }
        }

        _routes.Add(route);
    }

    /// <summary>The handlers that the notification may be for; those with a predicate still have to be asked.</summary>
    public IReadOnlyList<NotificationRoute> Candidates(WeChatPayNotification notification)
        => _routes.FindAll(route => route.TakesFailed == notification.IsFailed
            && (HasOnlyPredicate(route) ? route.Kind.MayFit(notification) : route.Kind.Fits(notification)));

    /// <summary>Refuses what no notification would ever reach.</summary>
    /// <exception cref="InvalidOperationException">Nothing tells notifications of this kind.</exception>
    public static void CheckTelling(NotificationKind kind, bool hasPredicate)
    {
        if (kind.Version == 2 && kind.Form == XmlNotificationForm.Signed && kind.TellingMembers.Count == 0 && !hasPredicate)
        {
            throw new InvalidOperationException(
                $"The spec of {kind.Describe()} names no member that tells its notifications from others, and they carry no event_type. "
                + "Mark such a member in the spec with @discriminator, or give the handler a predicate: On<T>(when: n => …, handler).");
        }
    }

    /// <summary>A predicate chooses among the notifications of one kind; only where nothing else tells the kind, it stands for that as well.</summary>
    private static bool HasOnlyPredicate(NotificationRoute route) => route.HasPredicate && route.Kind.TellingMembers.Count == 0;

    private static bool AreAlike(NotificationRoute one, NotificationRoute other)
    {
        if (one.Kind.Form != other.Kind.Form)
            return false;
        if (one.Kind.Form == XmlNotificationForm.RequestInfo || one.Kind.EventType == other.Kind.EventType)
            return true;
        return one.Kind.Form == XmlNotificationForm.Signed && !one.HasPredicate && !other.HasPredicate
            && new HashSet<string>(one.Kind.TellingMembers, StringComparer.Ordinal).SetEquals(other.Kind.TellingMembers);
    }
}
