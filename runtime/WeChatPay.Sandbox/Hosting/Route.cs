namespace WeChatPay.Sandbox;

/// <summary>An operation of the gateway.</summary>
internal sealed class Route(string method, string template, Func<GatewayRequest, GatewayAnswer> handle)
{
    private readonly string[] _segments = template.Split('/');

    public string Method { get; } = method;

    public string Operation { get; } = $"{method} {template}";

    public bool HasJsonBody => Method == "POST";

    public GatewayAnswer Handle(GatewayRequest request) => handle(request);

    /// <summary>The decoded path parameters; null if the path is another one.</summary>
    public Dictionary<string, string>? Match(string rawPath)
    {
        var given = rawPath.Split('/');
        if (given.Length != _segments.Length)
            return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < given.Length; i++)
        {
            if (_segments[i].StartsWith('{'))
            {
                if (given[i].Length == 0)
                    return null;

                values[_segments[i][1..^1]] = Uri.UnescapeDataString(given[i]);
            }
            else if (_segments[i] != given[i])
            {
                return null;
            }
        }

        return values;
    }
}
