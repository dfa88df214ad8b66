using WeChatPay.Encryption;
using WeChatPay.V2;

namespace WeChatPay.Serialization;

/// <summary>Whole APIv2 documents, read into their classes.</summary>
internal static class XmlBody
{
    /// <summary>Reads a document whose encrypted members may need a key outside of this process.</summary>
    /// <typeparam name="T">Its class.</typeparam>
    /// <param name="root">What was verified.</param>
    /// <param name="decryptor">For members that are encrypted for the merchant; one of its own for each document.</param>
    /// <param name="cancellationToken">Ends with the call.</param>
    /// <exception cref="JsonBodyException">A member has a form that its class does not take.</exception>
    public static ValueTask<T> ReadAsync<T>(XmlNode root, SensitiveDecryptor decryptor, CancellationToken cancellationToken)
        where T : class, IXmlReadable<T>
    {
        var value = XmlBodyReader.Read<T>(root, decryptor);
        return decryptor.HasNoted ? ReadAgainAsync<T>(root, decryptor, cancellationToken) : new(value);
    }

    private static async ValueTask<T> ReadAgainAsync<T>(XmlNode root, SensitiveDecryptor decryptor, CancellationToken cancellationToken)
        where T : class, IXmlReadable<T>
    {
        await decryptor.DecryptNotedAsync(cancellationToken).ConfigureAwait(false);
        return XmlBodyReader.Read<T>(root, decryptor);
    }
}
