using WeChatPay.Specs.Model;

namespace WeChatPay.Generator.Emit;

/// <summary>The segments of a route that are nodes of the client tree: all but the empty one of a trailing slash.</summary>
internal static class RouteNodes
{
    public static bool IsNode(RouteSegment segment) => segment.IsParameter || segment.Text.Length > 0;

    public static RouteSegment Last(EquatableArray<RouteSegment> route)
    {
        for (var i = route.Count - 1; i >= 0; i--)
        {
            if (IsNode(route[i])) return route[i];
        }

        throw new InvalidOperationException("An operation without a path segment.");
    }
}
