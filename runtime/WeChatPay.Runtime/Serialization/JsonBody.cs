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
    /// <param name="decryptor">For members that are encrypted for the merchant; null if there is no key. One with a key outside of this process needs <see cref="ReadAsync"/>.</param>
    /// <exception cref="JsonBodyException">The document cannot be read.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, SensitiveDecryptor? decryptor)
        where T : class, IJsonReadable<T>
        => JsonBodyReader.ReadDocument<T>(utf8.Span, decryptor);

    /// <summary>Reads a document whose encrypted members may need a key outside of this process.</summary>
    /// <typeparam name="T">Its class.</typeparam>
    /// <param name="utf8">The bytes, just those that were verified or decrypted.</param>
    /// <param name="decryptor">For members that are encrypted for the merchant; one of its own for each document.</param>
    /// <param name="cancellationToken">Ends with the call.</param>
    /// <exception cref="JsonBodyException">The document cannot be read.</exception>
    public static ValueTask<T> ReadAsync<T>(ReadOnlyMemory<byte> utf8, SensitiveDecryptor decryptor, CancellationToken cancellationToken)
        where T : class, IJsonReadable<T>
    {
        var value = Read<T>(utf8, decryptor);
        return decryptor.HasNoted ? ReadAgainAsync<T>(utf8, decryptor, cancellationToken) : new(value);
    }

    private static async ValueTask<T> ReadAgainAsync<T>(ReadOnlyMemory<byte> utf8, SensitiveDecryptor decryptor, CancellationToken cancellationToken)
        where T : class, IJsonReadable<T>
    {
        await decryptor.DecryptNotedAsync(cancellationToken).ConfigureAwait(false);
        return Read<T>(utf8, decryptor);
    }
}
