namespace WeChatPay.Serialization;

/// <summary>
/// A document that cannot be read. The message names the member, never a value: what is read here may be decrypted personal data,
/// and for the same reason the JSON reader's own exceptions, which quote the text, are not kept as inner exceptions. An inner exception is
/// one of a merchant key outside of this process.
/// </summary>
internal sealed class JsonBodyException(string path, string problem, bool isDecryption = false, Exception? innerException = null)
    : Exception(path.Length == 0 ? $"The document {problem}" : $"The member '{path}' {problem}", innerException)
{
    /// <summary>The member's path, such as <c>amount.total</c>; empty for the document itself.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong, without the path.</summary>
    public string Problem { get; } = problem;

    /// <summary>The member is encrypted for the merchant and could not be decrypted.</summary>
    public bool IsDecryption { get; } = isDecryption;
}
