namespace WeChatPay;

/// <summary>
/// A ciphertext inside a verified message could not be opened: a notification's resource (APIv3 key) or an encrypted member of an answer
/// (merchant's private key).
/// </summary>
public sealed class WeChatPayDecryptionException : WeChatPayException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What could not be opened and which key to check; no key material, no plaintext.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public WeChatPayDecryptionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The verified body as it came. A method, so that loggers that print properties do not print bodies.</summary>
    /// <returns>The raw bytes, still encrypted; empty if they are not known.</returns>
    public ReadOnlyMemory<byte> GetRawBody() => RawBody;

    internal ReadOnlyMemory<byte> RawBody { private get; set; }
}
