namespace WeChatPay;

/// <summary>The base of all failures that this library reports of its own.</summary>
public abstract class WeChatPayException : Exception, IWeChatPayFailure
{
    private WeChatPayOutcome _outcome;
    private bool _isVerified;
    private string? _businessNumber;
    private string? _requestId;
    private string? _operation;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and how to mend it; no secrets and no bodies.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    protected WeChatPayException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <inheritdoc />
    public WeChatPayOutcome Outcome
    {
        get => _outcome;
        init => _outcome = value;
    }

    /// <inheritdoc />
    public bool IsVerified
    {
        get => _isVerified;
        init => _isVerified = value;
    }

    /// <inheritdoc />
    public string? BusinessNumber
    {
        get => _businessNumber;
        init => _businessNumber = value;
    }

    /// <inheritdoc />
    public string? RequestId
    {
        get => _requestId;
        init => _requestId = value;
    }

    /// <inheritdoc />
    public string? Operation
    {
        get => _operation;
        init => _operation = value;
    }

    /// <summary>What happened, in which operation, what is known about the effect, and what to do next.</summary>
    public override string Message => FailureText.Compose(base.Message, this);

    /// <summary>The reason alone, without what <see cref="Message"/> adds.</summary>
    internal string BaseMessage => base.Message;

    /// <summary>The place that throws often knows less than the call around it; the call fills in what is still open.</summary>
    internal void Complete(string? operation, string? businessNumber, string? requestId)
    {
        _operation ??= operation;
        _businessNumber ??= businessNumber;
        _requestId ??= requestId;
    }

    /// <summary>Used where the call knows that nothing was sent and the place that threw did not.</summary>
    internal void SetOutcome(WeChatPayOutcome outcome) => _outcome = outcome;
}
