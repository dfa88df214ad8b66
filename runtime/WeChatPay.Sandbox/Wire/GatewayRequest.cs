using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WeChatPay.Sandbox;

/// <summary>A request as it came over the wire, and what verification found out about it.</summary>
internal sealed class GatewayRequest
{
    public required string Method { get; init; }

    /// <summary>Path and query exactly as in the request line.</summary>
    public required string Target { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    public required byte[] Body { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The value of the Host header, for the addresses that the gateway hands out and for explanations.</summary>
    public required string Host { get; init; }

    public string RawPath => Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? Target[..at] : Target;

    public string RawQuery => Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? Target[(at + 1)..] : string.Empty;

    /// <summary>Set by verification.</summary>
    public SandboxMerchant Merchant { get; set; } = null!;

    /// <summary>Set by verification: the key that the answer is signed with.</summary>
    public PlatformSigner AnswerSigner { get; set; } = null!;

    /// <summary>Set by routing: decoded path parameters.</summary>
    public IReadOnlyDictionary<string, string> RouteValues { get; set; } = new Dictionary<string, string>();

    /// <summary>Set by routing: the JSON document of the body; undefined when the operation has none.</summary>
    public JsonElement Json { get; set; }

    public string? Header(string name) => Headers.TryGetValue(name, out var values) && values.Count > 0 ? values.ToString() : null;

    /// <summary>A query parameter, decoded; null when absent.</summary>
    /// <exception cref="GatewayException">It occurs twice.</exception>
    public string? Query(string name)
    {
        string? found = null;
        foreach (var pair in RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
            if (key != name)
                continue;

            if (found is not null)
                throw GatewayException.Parameter("query", name, found, "given more than once");

            found = equals < 0 ? string.Empty : Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
        }

        return found;
    }

    /// <summary>A query parameter that the operation demands.</summary>
    public string RequiredQuery(string name)
        => Query(name) is { Length: > 0 } value ? value : throw GatewayException.Parameter("query", name, null, "required");
}
