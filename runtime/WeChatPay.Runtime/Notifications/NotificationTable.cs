namespace WeChatPay.Notifications;

/// <summary>Which handlers there are, and which of them a notification may be for.</summary>
internal sealed class NotificationTable
{
    private readonly Dictionary<string, List<NotificationRoute>> _routes = new(StringComparer.Ordinal);
    private readonly XmlNotificationTable _xml = new();
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);
    private readonly List<NotificationKind> _ignoredKinds = [];

    /// <summary>Adds a handler.</summary>
    /// <exception cref="InvalidOperationException">Nothing would tell it from another one.</exception>
    public void Add(NotificationRoute route)
    {
        if (route.Kind.Version == 2)
        {
            _xml.Add(route);
            return;
        }

        if (!_routes.TryGetValue(route.Kind.EventType, out var routes))
            _routes.Add(route.Kind.EventType, routes = []);
        foreach (var other in routes)
        {
            if (other.Kind.OriginalType == route.Kind.OriginalType && !(other.HasPredicate && route.HasPredicate))
            {
                throw new InvalidOperationException(
                    $"Two handlers are for {route.Kind.Describe()}, and nothing tells their notifications apart. "
                    + "Give each of them a predicate: On<T>(when: n => …, handler).");
            }
        }

        routes.Add(route);
    }

    public void Ignore(string eventType) => _ignored.Add(eventType);

    /// <summary>Ignores one kind; for APIv2 it is often the only way, since there most notifications do not name their event.</summary>
    /// <exception cref="InvalidOperationException">Nothing tells notifications of this kind.</exception>
    public void Ignore(NotificationKind kind)
    {
        XmlNotificationTable.CheckTelling(kind, hasPredicate: false);
        _ignoredKinds.Add(kind);
    }

    public bool IsIgnored(WeChatPayNotification notification)
        => _ignored.Contains(notification.EventType) || _ignoredKinds.Exists(kind => kind.Fits(notification));

    /// <summary>
    /// The handlers for a notification. One that names its original type goes to the handlers of that type, and only if there are none
    /// to those that name no type; one without goes to the handlers without, and only if there are none to all of the event.
    /// </summary>
    public IReadOnlyList<NotificationRoute> Candidates(WeChatPayNotification notification)
    {
        if (notification.Version == 2)
            return _xml.Candidates(notification);
        if (!_routes.TryGetValue(notification.EventType, out var routes))
            return [];
        var exact = routes.FindAll(route => route.Kind.OriginalType == notification.OriginalType);
        if (exact.Count > 0)
            return exact;
        return notification.OriginalType is null ? routes : routes.FindAll(static route => route.Kind.OriginalType is null);
    }
}
