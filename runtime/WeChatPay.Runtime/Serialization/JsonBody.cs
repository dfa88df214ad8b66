using WeChatPay.Encryption;

namespace WeChatPay.Serialization;

/// <summary>Whole JSON documents: what a request sends, and what a verified answer or a decrypted notification says.</summary>
internal static class JsonBody
{
    /// <summary>Writes a request's body.</summary>
    /// <param name="request">The caller's request, which is not changed.</param>
    /// <param name="encryptor">For members that are sent encrypted; null if there is no platform key.</param>
    /// <exception cref="ArgumentException">A required member is not set, or a value cannot be sent; the message names the member's path.</exception>
    public static WrittenBody Write(IWeChatPayRequest request, SensitiveEncryptor? encryptor) => JsonBodyWriter.WriteRequest(request, encryptor);

    /// <summary>Reads a document.</summary>
    /// <typeparam name="T">Its class.</typeparam>
    /// <param name="utf8">The bytes, just those that were verified or decrypted.</param>
    /// <param name="decryptor">For members that are encrypted for the merchant; null if there is no key.</param>
    /// <exception cref="JsonBodyException">The document cannot be read.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, SensitiveDecryptor? decryptor)
        where T : class, IJsonReadable<T>
        => JsonBodyReader.ReadDocument<T>(utf8.Span, decryptor);
}
