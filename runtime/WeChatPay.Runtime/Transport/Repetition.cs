using System.IO;
using System.Net.Http;

namespace WeChatPay.Transport;

/// <summary>
/// Whether a call is made once more after its request may have been carried out. Only by option, only where the same bytes twice have the effect of once, and
/// only for failures that pass; what is odd about an answer (signature, form, another order) never is a reason.
/// </summary>
internal static class Repetition
{
    public const int Most = 5;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    // Who is asked to wait longer is better off with the failure than with a call that sleeps.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait before the next attempt.</summary>
    /// <param name="e">How the last attempt ended.</param>
    /// <param name="call">The call, after as many repetitions as it counts.</param>
    /// <param name="limit">The time limit of the whole call.</param>
    /// <param name="elapsed">How much of it has passed.</param>
    /// <returns>The wait; null if there is no next attempt.</returns>
    public static TimeSpan? WaitAfter(Exception e, WeChatPayCall call, in TimeLimit limit, TimeSpan elapsed)
    {
        if (call.Repetitions >= call.MaxRepetitions || !call.MayRepeat || limit.Token.IsCancellationRequested || !Passes(e))
        {
            return null;
        }

        // Not all callers of a gateway that came back at once come back at once.
        var wait = First * Math.Pow(2, call.Repetitions) * (0.75 + (Random.Shared.NextDouble() / 2));
        wait = wait < Longest ? wait : Longest;
        if (e is WeChatPayApiException { RetryAfter: { } asked } && asked > wait)
        {
            if (asked > LongestAsked)
            {
                return null;
            }

            wait = asked;
        }

        // What would end in the time limit ends now, with the failure that says more.
        return call.Timeout == Timeout.InfiniteTimeSpan || elapsed + wait < call.Timeout ? wait : null;
    }

    private static bool Passes(Exception e) => e switch
    {
        WeChatPayApiException api => api.IsRateLimited || api.Status >= 500,
        HttpRequestException or IOException or AttemptTimeoutException => true,

        // The connect time limit, or that of a host's HTTP client: ours has not passed, or nobody would ask.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
