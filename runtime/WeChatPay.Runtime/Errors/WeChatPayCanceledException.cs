namespace WeChatPay;

/// <summary>
/// The caller's own token ended the call. It is an <see cref="OperationCanceledException"/>, as callers and hosts expect, and still says
/// whether the request may have been carried out. A time limit of the client is a <see cref="WeChatPayTransportException"/> instead.
/// </summary>
public sealed class WeChatPayCanceledException : OperationCanceledException, IWeChatPayFailure
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public WeChatPayCanceledException(string message, Exception? innerException, CancellationToken cancellationToken)
        : base(message, innerException, cancellationToken)
    {
    }

    /// <inheritdoc />
    public WeChatPayOutcome Outcome { get; init; }

    /// <inheritdoc />
    public bool IsVerified => false;

    /// <inheritdoc />
    public string? BusinessNumber { get; init; }

    /// <inheritdoc />
    public string? RequestId { get; init; }

    /// <inheritdoc />
    public string? Operation { get; init; }

    /// <inheritdoc />
    public override string Message => FailureText.Compose(base.Message, this);
}
