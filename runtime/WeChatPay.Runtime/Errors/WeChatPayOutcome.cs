namespace WeChatPay;

/// <summary>What is known about the effect of a call that failed.</summary>
public enum WeChatPayOutcome
{
    /// <summary>
    /// The request may or may not have been carried out. Query with the same business number, or repeat with the same number and
    /// the same parameters; never with a new number. This is the default: whatever is not known for certain is unknown.
    /// </summary>
    Unknown = 0,

    /// <summary>No byte of the request left this machine; repeating it is harmless.</summary>
    NotSent = 1,

    /// <summary>
    /// The API answered that it does not carry out this request. Where <see cref="IWeChatPayFailure.IsVerified"/> is false nobody signed
    /// that: do nothing irreversible on it without a verified query.
    /// </summary>
    Rejected = 2,

    /// <summary>The request was carried out; only a later step on this machine failed.</summary>
    Succeeded = 3,
}
