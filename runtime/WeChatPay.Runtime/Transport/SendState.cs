using System.Diagnostics;
using System.Net.Http;

namespace WeChatPay.Transport;

/// <summary>
/// What is known of one signed request on its way through handlers that others have put in: whether it reached the wire, and whether it may
/// do so again. Travels with the request and with its content, so that a handler that copies either still carries it.
/// </summary>
internal sealed class SendState(string method, Uri address, bool mayRepeat, TimeProvider clock, long signedAt)
{
    /// <summary>The server refuses signatures that are older than five minutes; a minute is kept for the way.</summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(240);

    private readonly object _lock = new();
    private bool _entered;
    private bool _enteredAgain;
    private Task<HttpResponseMessage>? _attempt;

    public Uri Address { get; } = address;

    public SignedContent? Content { get; set; }

    /// <summary>An innermost handler of ours watches what reaches the wire.</summary>
    public bool IsWatched { get; set; }

    /// <summary>
    /// The signature of a request that handlers of the host see; set where it leaves, so that none of them and none of their loggers holds it. Empty if the
    /// request has it already, and for APIv2.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Authorization { get; init; } = "";

    /// <summary>The innermost handler sends over a <see cref="SocketsHttpHandler"/>.</summary>
    public bool IsOverSockets { get; private set; }

    /// <summary>The request may have left this machine.</summary>
    public bool MayHaveLeft => !IsWatched || _entered;

    /// <summary>The request has an effect and may have left more than once, so an answer to the last one says nothing about those before.</summary>
    public bool WasRepeated => Content is not null && (_enteredAgain || Content.WasReadAgain);

    public bool IsOld => clock.GetElapsedTime(signedAt) >= LongestAge;

    /// <summary>Lets the request through to the wire, if it is still the one that was signed and may be sent now.</summary>
    /// <exception cref="WeChatPayTransportException">It is not or may not.</exception>
    public void Enter(HttpRequestMessage request, bool isOverSockets)
    {
        lock (_lock)
        {
            if (request.Method.Method != method || request.RequestUri != Address || !ReferenceEquals(request.Content, Content))
            {
                throw Changed(_entered ? WeChatPayOutcome.Unknown : WeChatPayOutcome.NotSent);
            }

            if (_entered && !NeverReachedTheWire(_attempt))
            {
                RefuseRepetition();
                _enteredAgain = true;
            }

            IsOverSockets = isOverSockets;
            _entered = true;
            _attempt = null;
        }
    }

    /// <summary>The attempt that was let through last is under way.</summary>
    public void Follow(Task<HttpResponseMessage> attempt)
    {
        lock (_lock)
        {
            _attempt = attempt;
        }
    }

    public static WeChatPayTransportException Changed(WeChatPayOutcome outcome) => new(
        WeChatPayTransportFailure.RequestChanged,
        "A handler of the host changed verb, address or content of the request after it was signed, so its signature no longer fits. "
            + "Remove that handler from this HTTP client; for another address set BaseAddress.")
    {
        Outcome = outcome,
    };

    /// <summary>
    /// The connect time limit of <see cref="SocketsHttpHandler"/> passed. It has no exception of its own, and what it throws looks like the time limit
    /// of an <see cref="HttpClient"/>; only the innermost attempt tells them apart.
    /// </summary>
    public bool ConnectTimedOut
    {
        get
        {
            if (!IsOverSockets || Content is { WasRead: true } || _attempt is not { IsCanceled: true } attempt)
            {
                return false;
            }

            try
            {
                attempt.GetAwaiter().GetResult();
                return false;
            }
            catch (OperationCanceledException e)
            {
                return e.InnerException is TimeoutException;
            }
        }
    }

    // The word of a foreign handler counts only while it has not read what it was to send: it may have tried twice itself.
    private bool NeverReachedTheWire(Task<HttpResponseMessage>? attempt)
        => ConnectTimedOut
            || (attempt is { IsFaulted: true, Exception.InnerException: HttpRequestException e }
                && ConnectFailures.IsOne(e) && (IsOverSockets || Content is not { WasRead: true }));

    private void RefuseRepetition()
    {
        if (!mayRepeat)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.RepetitionRefused,
                "A handler of the host (retry, hedging) tried to send this request a second time. It may have been carried out already, and this operation "
                    + "must not be repeated blindly. Take the resilience handler off this HTTP client; what is safe to repeat, this library repeats itself.",
                _attempt?.Exception?.InnerException);
        }

        if (IsOld)
        {
            throw new WeChatPayTransportException(
                WeChatPayTransportFailure.RepetitionRefused,
                $"A handler of the host tried to send this request again more than {LongestAge.TotalSeconds:0} seconds after it was signed; the server would refuse the signature.",
                _attempt?.Exception?.InnerException);
        }
    }
}
