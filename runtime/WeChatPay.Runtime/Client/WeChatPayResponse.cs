using System.Net.Http.Headers;
using System.Text.Json;

namespace WeChatPay;

/// <summary>
/// The base of every answer. Whoever holds one holds bytes whose signature was verified, except of the few APIv2 operations whose answers
/// carry none.
/// </summary>
public class WeChatPayResponse
{
    /// <summary>Status, request id, headers and the verified raw body.</summary>
    public WeChatPayHttp Http { get; internal set; } = WeChatPayHttp.None;
}

/// <summary>The HTTP side of a verified answer. Thread-safe.</summary>
public sealed class WeChatPayHttp
{
    private IReadOnlyDictionary<string, IReadOnlyList<string>>? _headers;
    private JsonDocument? _json;
    private IReadOnlyDictionary<string, string>? _xml;

    internal static WeChatPayHttp None { get; } = new();

    /// <summary>The status code; 0 on an answer that was made by hand.</summary>
    public int Status { get; internal init; }

    /// <summary>The <c>Request-ID</c> header: what WeChat Pay's support asks for.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The verified bytes as they came; empty if the answer has no content.</summary>
    public ReadOnlyMemory<byte> RawBody { get; internal init; }

    /// <summary>The headers as they came; names are case-insensitive. Only the body is covered by the signature, headers are not.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Headers => _headers ??= CopyHeaders();

    /// <summary>
    /// The verified body as JSON, for members that the spec lacks. <see cref="JsonElement.ValueKind"/> is
    /// <see cref="JsonValueKind.Undefined"/> if the answer has no content.
    /// </summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public JsonElement Json => RawBody.IsEmpty ? default : (_json ??= JsonDocument.Parse(Transport.TopLevelJson.WithoutMark(RawBody))).RootElement;

    /// <summary>
    /// The members of an APIv2 answer, for those that the spec lacks: text as it came, markup where an element holds others. Empty if the
    /// answer is no XML.
    /// </summary>
    public IReadOnlyDictionary<string, string> XmlMembers => _xml ??= V2.V2Answer.MembersOf(RawBody.Span);

    internal HttpResponseHeaders? ResponseHeaders { private get; init; }

    internal HttpContentHeaders? ContentHeaders { private get; init; }

    private Dictionary<string, IReadOnlyList<string>> CopyHeaders()
    {
        var copy = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var headers in new HttpHeaders?[] { ResponseHeaders, ContentHeaders })
        {
            if (headers is not null)
            {
                foreach (var (name, values) in headers.NonValidated)
                {
                    copy[name] = [.. values];
                }
            }
        }

        return copy;
    }
}

/// <summary>Options of one call.</summary>
public sealed class WeChatPayRequestOptions
{
    /// <summary>A time limit for this call instead of <see cref="WeChatPayOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Repetitions of this call instead of <see cref="WeChatPayOptions.MaxRepetitions"/>; they are made only where that would allow them.</summary>
    public int? MaxRepetitions { get; set; }
}
