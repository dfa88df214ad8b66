namespace WeChatPay.Notifications;

/// <summary>Which handlers there are, and which of them a notification may be for.</summary>
internal sealed class NotificationTable
{
    private readonly Dictionary<string, List<NotificationRoute>> _routes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);

    /// <summary>Adds a handler.</summary>
    /// <exception cref="InvalidOperationException">Nothing would tell it from another one.</exception>
    public void Add(NotificationRoute route)
    {
        if (!_routes.TryGetValue(route.EventType, out var routes))
            _routes.Add(route.EventType, routes = []);
        foreach (var other in routes)
        {
            if (other.OriginalType == route.OriginalType && !(other.HasPredicate && route.HasPredicate))
            {
                throw new InvalidOperationException(
                    $"Two handlers are for {route.EventType} ({route.OriginalType ?? "no original type"}), and nothing tells their notifications apart. "
                    + "Give each of them a predicate: On<T>(when: n => …, handler).");
            }
        }

        routes.Add(route);
    }

    public void Ignore(string eventType) => _ignored.Add(eventType);

    public bool IsIgnored(string eventType) => _ignored.Contains(eventType);

    /// <summary>
    /// The handlers for a notification. One that names its original type goes to the handlers of that type, and only if there are none
    /// to those that name no type; one without goes to the handlers without, and only if there are none to all of the event.
    /// </summary>
    public IReadOnlyList<NotificationRoute> Candidates(string eventType, string? originalType)
    {
        if (!_routes.TryGetValue(eventType, out var routes))
            return [];
        var exact = routes.FindAll(route => route.OriginalType == originalType);
        if (exact.Count > 0)
            return exact;
        return originalType is null ? routes : routes.FindAll(static route => route.OriginalType is null);
    }
}
