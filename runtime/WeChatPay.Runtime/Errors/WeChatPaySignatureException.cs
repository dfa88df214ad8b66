namespace WeChatPay;

/// <summary>Why a signed message was refused.</summary>
public enum WeChatPaySignatureFailure
{
    /// <summary>A <c>Wechatpay-*</c> header that every signed message has is missing; in APIv2 the member <c>sign</c>.</summary>
    MissingHeader,

    /// <summary>A <c>Wechatpay-*</c> header occurs more than once.</summary>
    DuplicateHeader,

    /// <summary>A <c>Wechatpay-*</c> header has characters or a form that it cannot have.</summary>
    MalformedHeader,

    /// <summary>The timestamp is further from the local clock than <see cref="WeChatPayOptions.ClockTolerance"/>.</summary>
    ClockSkew,

    /// <summary>No key of this merchant's trust set has the serial that the message names.</summary>
    UnknownSerial,

    /// <summary>The certificate of that serial is out of date or not valid yet.</summary>
    ExpiredCertificate,

    /// <summary>The message declares another algorithm than that of the key.</summary>
    UnsupportedAlgorithm,

    /// <summary>The signature is not base64 in its one canonical form, or not as long as the key makes it.</summary>
    MalformedSignature,

    /// <summary>The signature does not belong to this message.</summary>
    Mismatch,

    /// <summary>The signature is good, but the answer repeats another business number or merchant than the request named.</summary>
    EchoMismatch,

    /// <summary>No key of WeChat Pay is valid now and none could be fetched, so no answer could be verified. Nothing was sent.</summary>
    NoPlatformKey,
}

/// <summary>
/// A message that should be signed by WeChat Pay is not, or not for this request. Nothing of it was parsed. After a call the outcome is
/// unknown: the request may have been carried out.
/// </summary>
public sealed class WeChatPaySignatureException : WeChatPayException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why the message was refused.</param>
    /// <param name="message">What was found and expected; no body, no key material.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public WeChatPaySignatureException(WeChatPaySignatureFailure reason, string message, Exception? innerException = null)
        : base(message, innerException)
        => Reason = reason;

    /// <summary>Why the message was refused.</summary>
    public WeChatPaySignatureFailure Reason { get; }

    /// <summary>
    /// The signature begins with <c>WECHATPAY/SIGNTEST/</c>: WeChat Pay sends a few deliberately wrong ones to see whether they are refused.
    /// Nothing needs mending; a notification comes again with a good signature.
    /// </summary>
    public bool IsProbe { get; init; }
}
