namespace WeChatPay;

/// <summary>Why no usable answer came.</summary>
public enum WeChatPayTransportFailure
{
    /// <summary>The connection broke, or the server sent what is not HTTP.</summary>
    ConnectionLost,

    /// <summary>No connection could be made (name, TCP, TLS or proxy); nothing was sent.</summary>
    ConnectFailed,

    /// <summary>The time limit of the call passed.</summary>
    Timeout,

    /// <summary>The answer is larger than the limit.</summary>
    AnswerTooLarge,

    /// <summary>The answer has a <c>Content-Encoding</c>, so its bytes are not those that were signed.</summary>
    UnexpectedEncoding,

    /// <summary>A handler of the host followed a redirect.</summary>
    Redirected,

    /// <summary>A handler of the host tried to send a request again that must be sent once only.</summary>
    RepetitionRefused,

    /// <summary>A handler of the host changed the request after it was signed.</summary>
    RequestChanged,

    /// <summary>The merchant's key (vault, HSM) could not sign.</summary>
    SigningFailed,

    /// <summary>A handler of the host failed for a reason of its own (circuit breaker, rate limiter …).</summary>
    HandlerFailed,

    /// <summary>The file of an upload could not be read, or changed while it was sent.</summary>
    ContentFailed,

    /// <summary>The operation is served by a host that does not belong to the configured <c>BaseAddress</c>; nothing was sent.</summary>
    HostRefused,
}

/// <summary>The request could not be sent, or no usable answer came back.</summary>
public sealed class WeChatPayTransportException : WeChatPayException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">What went wrong.</param>
    /// <param name="message">What happened and how to mend it.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public WeChatPayTransportException(WeChatPayTransportFailure reason, string message, Exception? innerException = null)
        : base(message, innerException)
        => Reason = reason;

    /// <summary>What went wrong.</summary>
    public WeChatPayTransportFailure Reason { get; }
}
