using WeChatPay.Specs.Model;

namespace WeChatPay.Specs.Binding;

/// <summary>
/// The C# names of an operation: pure functions of its verb and path, never of what else a project holds, so
/// that adding a spec renames nothing.
/// </summary>
internal static class RouteNames
{
    /// <param name="verb"><c>Post</c>.</param>
    public static OperationNames Operation(Route route, string verb)
    {
        var segments = route.Segments;
        var last = 0;
        for (var i = 0; i < segments.Count; i++)
        {
            if (!segments[i].IsParameter) last = i;
        }

        var prefix = string.Concat(segments.Skip(last).Select(Natural)) + verb;
        return new OperationNames
        {
            Namespace = Namespace(segments, last),
            TypePrefix = prefix,
            RequestTypeName = prefix + "Request",
            ResponseTypeName = prefix + "Response",
            MethodName = verb + "Async",
        };
    }

    public static EquatableArray<RouteSegment> Nodes(Route route, Func<PathSegment, (TypeReference Type, string? Description)> parameter)
    {
        var nodes = new RouteSegment[route.Segments.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            var segment = route.Segments[i];
            var natural = Natural(segment);
            var node = new RouteSegment
            {
                Text = segment.Text,
                IsParameter = segment.IsParameter,
                IsVirtual = segment.IsVirtual,
                MemberName = segment.IsParameter ? natural : ReservedNames.Node(natural, i == 0 ? "" : nodes[i - 1].ResourceTypeName, i == 0),
                ResourceTypeName = natural + "Resource",
                ResourceNamespace = Namespace(route.Segments, i),
            };
            if (segment.IsParameter)
            {
                var (type, description) = parameter(segment);
                node = node with { ArgumentName = NamingPolicy.Argument(segment.Text), ParameterType = type, Description = description };
            }

            nodes[i] = node;
        }

        return new EquatableArray<RouteSegment>(nodes);
    }

    private static string Namespace(IReadOnlyList<PathSegment> segments, int count) => string.Join(".", segments.Take(count).Select(s => ReservedNames.Namespace(Natural(s))));

    private static string Natural(PathSegment segment)
        => segment.IsParameter ? "By" + NamingPolicy.Pascal(segment.Text) : NamingPolicy.Pascal(segment.Text);
}
