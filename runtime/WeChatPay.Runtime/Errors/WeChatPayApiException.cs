using System.Text.Json;
using WeChatPay.Transport;

namespace WeChatPay;

/// <summary>
/// The API answered, and not with plain success: a status other than 2xx, a 202 (accepted, not done yet), or a body with an error <c>code</c>.
/// Only <see cref="IWeChatPayFailure.IsVerified"/> answers are proven to come from WeChat Pay; error answers often carry no signature.
/// </summary>
public sealed class WeChatPayApiException : WeChatPayException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened; no body.</param>
    public WeChatPayApiException(string message)
        : base(message)
    {
    }

    /// <summary>The HTTP status, e.g. 400.</summary>
    public int Status { get; init; }

    /// <summary>The error code, e.g. <c>PARAM_ERROR</c>. The list is open. Null if the body was not the API's (HTML of a proxy, empty).</summary>
    public string? Code { get; init; }

    /// <summary>The <c>message</c> member of the body as it came; may contain what a user typed.</summary>
    public string? ApiMessage { get; init; }

    /// <summary>The <c>detail</c> member of the body, whatever shape it has; null if absent.</summary>
    public JsonElement? Detail { get; init; }

    /// <summary>
    /// The API asks for fewer calls: status 429, or a code such as <c>RATELIMIT_EXCEEDED</c> or <c>FREQUENCY_LIMITED</c>. Wait for
    /// <see cref="RetryAfter"/>, or for seconds that grow, before the next call; of what the call was to do nothing is known.
    /// </summary>
    public bool IsRateLimited => OutcomeRules.IsRateLimit(Status, Code);

    /// <summary>How long the server asks to wait before the next request (<c>Retry-After</c>); null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The body as it came. A method, so that loggers that print properties do not print bodies.</summary>
    /// <returns>The raw bytes; empty if the answer had none or they could not be read.</returns>
    public ReadOnlyMemory<byte> GetRawBody() => RawBody;

    internal ReadOnlyMemory<byte> RawBody { private get; init; }
}
