using System.IO;
using System.Net.Http;
using WeChatPay.Serialization;

namespace WeChatPay.Transport;

/// <summary>
/// Turns whatever ended a call into an exception that says what is known about its effect. Once a request is with the handlers, only a failure
/// to connect proves that nothing was sent.
/// </summary>
internal static class FailureTranslation
{
    public static Exception Translate(Exception e, WeChatPayCall call, TimeLimit limit, CancellationToken caller)
    {
        var outcome = MayHaveLeft(call) ? WeChatPayOutcome.Unknown : WeChatPayOutcome.NotSent;
        var failure = e switch
        {
            WeChatPayException own => own,
            WeChatPayCanceledException => e,
            OperationCanceledException when limit.EndedByCaller => new WeChatPayCanceledException(
                outcome == WeChatPayOutcome.NotSent ? "The call was cancelled before it was sent." : "The call was cancelled while it was under way.", e, caller)
            {
                Outcome = outcome,
                Operation = call.Name,
                RequestId = call.RequestId,
                BusinessNumber = BusinessNumbers.Find(call),
            },
            JsonBodyException json => Unreadable(json, call),
            OperationCanceledException when limit.EndedByTime => new WeChatPayTransportException(
                WeChatPayTransportFailure.Timeout, $"No complete answer came within {call.Timeout.TotalSeconds:0.###} s.", e) { Outcome = outcome },
            _ when call.Phase == CallPhase.Parsing => new WeChatPaySerializationException(
                $"The {Verified(call)}answer could not be read ({e.GetType().Name}).", e) { IsVerified = IsVerified(call), RawBody = call.VerifiedBody },
            _ when call.Phase == CallPhase.Sending && ConnectFailures.IsOne(e, call.Attempt) => new WeChatPayTransportException(
                WeChatPayTransportFailure.ConnectFailed, $"No connection could be made to {HostOf(call)} (name, TCP or TLS).", e) { Outcome = WeChatPayOutcome.NotSent },
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } when call.Phase == CallPhase.Sending && call.Attempt?.Content is not { WasRead: true } => new WeChatPayTransportException(
                WeChatPayTransportFailure.ConnectFailed, $"The proxy did not connect to {HostOf(call)}.", e) { Outcome = WeChatPayOutcome.NotSent },
            AttemptTimeoutException => new WeChatPayTransportException(WeChatPayTransportFailure.Timeout, e.Message, e) { Outcome = outcome },
            OperationCanceledException { InnerException: TimeoutException } or TimeoutException => new WeChatPayTransportException(
                WeChatPayTransportFailure.Timeout, "The HTTP client's own time limit passed before an answer came.", e) { Outcome = outcome },
            HttpRequestException or IOException => new WeChatPayTransportException(
                WeChatPayTransportFailure.ConnectionLost, "The connection broke before a complete answer came.", e) { Outcome = outcome },
            _ when call.Phase == CallPhase.Signing => new WeChatPayTransportException(
                WeChatPayTransportFailure.SigningFailed, $"The request could not be signed ({e.GetType().Name}).", e) { Outcome = WeChatPayOutcome.NotSent },
            _ => new WeChatPayTransportException(
                WeChatPayTransportFailure.HandlerFailed, $"A handler of the HTTP client failed ({e.GetType().Name}).", e) { Outcome = outcome },
        };
        if (failure is WeChatPayException { Outcome: var last } && SaysTooMuch(last, call))
        {
            ((WeChatPayException)failure).SetOutcome(WeChatPayOutcome.Unknown);
        }

        (failure as WeChatPayException)?.Complete(call.Name, BusinessNumbers.Find(call), call.RequestId);
        return failure;
    }

    /// <summary>A verified answer has a form that its model does not take.</summary>
    private static WeChatPayException Unreadable(JsonBodyException e, WeChatPayCall call) => e.IsDecryption
        ? new WeChatPayDecryptionException($"{e.Message} Check that the merchant's private key belongs to the certificate for which WeChat Pay encrypted it.", e)
        {
            IsVerified = IsVerified(call),
            RawBody = call.VerifiedBody,
        }
        : new WeChatPaySerializationException($"The {Verified(call)}answer could not be read: {e.Message}", e)
        {
            IsVerified = IsVerified(call),
            Path = e.Path.Length == 0 ? null : e.Path,
            RawBody = call.VerifiedBody,
        };

    private static bool IsVerified(WeChatPayCall call) => !call.Operation.IsAnswerUnsigned;

    private static string Verified(WeChatPayCall call) => IsVerified(call) ? "verified " : "";

    /// <summary>The last of several attempts knows of itself only: what it says of a query holds, but not of what an earlier one may have done.</summary>
    private static bool SaysTooMuch(WeChatPayOutcome last, WeChatPayCall call) => call.MayHaveLeftBefore && last switch
    {
        WeChatPayOutcome.NotSent => true,
        WeChatPayOutcome.Rejected => call.Operation.Method != "GET",
        _ => false,
    };

    private static bool MayHaveLeft(WeChatPayCall call) => call.MayHaveLeftBefore || call.Phase switch
    {
        CallPhase.Signing => false,
        CallPhase.Sending => call.Attempt!.MayHaveLeft,
        _ => true,
    };

    private static string HostOf(WeChatPayCall call) => (call.Attempt?.Address ?? call.Address).Authority;
}
