using System.Collections.Frozen;

namespace WeChatPay.Transport;

/// <summary>
/// From status and code to outcome. Rejected takes an answer of the API itself, that is a 4xx with a code, and a code that says no;
/// everything else is unknown.
/// </summary>
internal static class OutcomeRules
{
    private static readonly string[] RateLimitCodes =
    [
        "RATELIMIT_EXCEEDED", "RATELIMIT_EXCEED", "RATE_LIMITED", "RATE_LIMIT_EXCEEDED", "FREQUENCY_LIMITED", "FREQUENCY_LIMIT_EXCEED", "FREQ_LIMIT",
    ];

    private static readonly FrozenSet<string> RateLimits = FrozenSet.ToFrozenSet(RateLimitCodes, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Undecided = FrozenSet.ToFrozenSet(
        [
            "SYSTEM_ERROR", "SYSTEMERROR", "BANK_ERROR", "BANKERROR", "USERPAYING", "USER_PAYING", "SERVICE_UNAVAILABLE", "ACCEPTED", "PROCESSING",
            .. RateLimitCodes,
        ],
        StringComparer.OrdinalIgnoreCase);

    // APIv2 codes after which its documents ask to query before anything else.
    private static readonly FrozenSet<string> UndecidedInApiV2 = FrozenSet.ToFrozenSet(["SEND_FAILED", "BIZERR_NEED_RETRY"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The API asks for fewer calls. Documents and users report several spellings, and some of them with another status than 429.</summary>
    public static bool IsRateLimit(int status, string? code) => status == 429 || (code is not null && RateLimits.Contains(code));

    /// <summary>APIv2 answers 200 to everything: only a code of the business, not a refusal in transport, is a no.</summary>
    public static WeChatPayOutcome OfApiV2(string? code)
        => code is not null && !Undecided.Contains(code) && !UndecidedInApiV2.Contains(code) ? WeChatPayOutcome.Rejected : WeChatPayOutcome.Unknown;

    public static WeChatPayOutcome Of(int status, string? code)
        => status is >= 400 and <= 499 and not (408 or 425 or 429) && code is not null && !Undecided.Contains(code)
            ? WeChatPayOutcome.Rejected
            : WeChatPayOutcome.Unknown;
}
