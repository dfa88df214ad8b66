namespace WeChatPay;

/// <summary>
/// A body could not be written or read. Reading: the bytes were verified, so something did happen at WeChat Pay, but what is unknown until
/// they are understood; <see cref="GetRawBody"/> has them.
/// </summary>
public sealed class WeChatPaySerializationException : WeChatPayException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which member could not be written or read, and why; no values.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public WeChatPaySerializationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The place in the document, e.g. <c>$.amount.total</c>; null if it is not known.</summary>
    public string? Path { get; init; }

    /// <summary>The verified body as it came. A method, so that loggers that print properties do not print bodies.</summary>
    /// <returns>The raw bytes; empty if the failure is on the request's side.</returns>
    public ReadOnlyMemory<byte> GetRawBody() => RawBody;

    internal ReadOnlyMemory<byte> RawBody { private get; init; }
}
