using System.Diagnostics;
using System.Text;
using WeChatPay.Encryption;
using WeChatPay.Keys;
using WeChatPay.Serialization;

namespace WeChatPay;

/// <summary>
/// Encrypts and decrypts personal data by hand, for operations whose documents ask for it and whose spec marks no member. Members that
/// a spec marks are encrypted and decrypted by the call itself.
/// </summary>
public sealed class WeChatPaySensitiveData
{
    private readonly MerchantKeyring _keyring;

    internal WeChatPaySensitiveData(MerchantKeyring keyring) => _keyring = keyring;

    /// <summary>Encrypts a text for WeChat Pay under the platform key that is in use now, as base64: RSAES-OAEP with SHA-1 if it is an RSA key.</summary>
    /// <param name="text">The plain text: with a 2048-bit RSA key at most 214 UTF-8 bytes, which are 71 Chinese characters. Empty text stays empty.</param>
    /// <returns>The ciphertext, and the serial that the request names in <c>Wechatpay-Serial</c>.</returns>
    /// <exception cref="ArgumentException">The text is too long for the key, or holds half of a surrogate pair.</exception>
    /// <exception cref="WeChatPaySignatureException">
    /// No platform key is valid now. A merchant without a public key may not have its certificates yet: <see cref="EncryptAsync"/> waits for them.
    /// </exception>
    public WeChatPayEncryptedText Encrypt(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var encryptor = new SensitiveEncryptor(_keyring.Current.PlatformKeys.EncryptionKey);
        if (text.Length == 0)
            return new("", encryptor.Serial);
        if (!MemberError.IsWellFormed(text))
            throw new ArgumentException("The text " + MemberError.HalfCharacter, nameof(text));
        Span<byte> ciphertext = stackalloc byte[SensitiveEncryptor.LargestCiphertext];
        return encryptor.TryEncrypt(text, ciphertext, out var written)
            ? new(Convert.ToBase64String(ciphertext[..written]), encryptor.Serial)
            : throw new ArgumentException("The text " + encryptor.TooLong, nameof(text));
    }

    /// <summary>Encrypts a text as <see cref="Encrypt"/> does, and fetches the platform certificates first if there is no key yet.</summary>
    /// <param name="text">The plain text, with the same limits. Empty text stays empty.</param>
    /// <param name="cancellationToken">Ends waiting for the certificates.</param>
    /// <returns>The ciphertext, and the serial that the request names in <c>Wechatpay-Serial</c>.</returns>
    /// <exception cref="ArgumentException">The text is too long for the key, or holds half of a surrogate pair.</exception>
    /// <exception cref="WeChatPaySignatureException">No platform key is valid now, and none could be fetched.</exception>
    public async ValueTask<WeChatPayEncryptedText> EncryptAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        await _keyring.MakeReadyAsync(cancellationToken).ConfigureAwait(false);
        return Encrypt(text);
    }

    /// <summary>Decrypts a text that WeChat Pay encrypted for the merchant's certificate. Empty text stays empty.</summary>
    /// <param name="ciphertext">The ciphertext as base64.</param>
    /// <param name="cancellationToken">Ends waiting for a key outside of this process.</param>
    /// <exception cref="WeChatPayDecryptionException">The text is not encrypted for the merchant's present key.</exception>
    public async ValueTask<string> DecryptAsync(string ciphertext, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        if (ciphertext.Length == 0)
            return "";
        var decryptor = new SensitiveDecryptor(_keyring.Current.DecryptionKeys);
        var bytes = Encoding.UTF8.GetBytes(ciphertext);
        var text = decryptor.Decrypt(bytes);
        if (decryptor.HasNoted)
        {
            await decryptor.DecryptNotedAsync(cancellationToken).ConfigureAwait(false);
            text = decryptor.Decrypt(bytes);
        }

        return text ?? throw new WeChatPayDecryptionException(
            "The text cannot be decrypted with the merchant's private key: it is no ciphertext, or made for another certificate.", decryptor.KeyFailure);
    }
}

/// <summary>A text that is encrypted for WeChat Pay.</summary>
/// <param name="Text">The ciphertext as base64.</param>
/// <param name="Serial">The serial of the platform key, which the request has to name in <c>Wechatpay-Serial</c>.</param>
[DebuggerDisplay("encrypted with {Serial}")]
public readonly record struct WeChatPayEncryptedText(string Text, string Serial);
