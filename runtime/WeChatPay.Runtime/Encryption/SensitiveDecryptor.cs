using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using WeChatPay.Keys;

namespace WeChatPay.Encryption;

/// <summary>
/// Decrypts members that are encrypted for the merchant, in one document. A key in memory decrypts while the document is read. A key
/// elsewhere (vault, HSM) cannot: the first reading notes the ciphertexts, <see cref="DecryptNotedAsync"/> opens them, and a second
/// reading finds them opened. Not for several threads.
/// </summary>
internal sealed class SensitiveDecryptor(DecryptionKeys keys)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private Dictionary<string, string?>? _opened;

    /// <summary>Decrypts with one key.</summary>
    public SensitiveDecryptor(IMerchantKey key)
        : this(new DecryptionKeys(key, [], TimeProvider.System))
    {
    }

    /// <summary>There are ciphertexts that were noted and not opened, so what was read is not complete.</summary>
    public bool HasNoted { get; private set; }

    /// <summary>Why the key did not open a ciphertext, if it was something else than a wrong ciphertext.</summary>
    public Exception? KeyFailure { get; private set; }

    /// <summary>The plain text, or null if the text cannot be decrypted.</summary>
    /// <param name="base64">The member's text.</param>
    public string? Decrypt(ReadOnlySpan<byte> base64)
    {
        if (keys.AreLocal)
            return StrictBase64.Decode(base64) is { } ciphertext ? Open(ciphertext) : null;

        var text = Encoding.UTF8.GetString(base64);
        _opened ??= new(StringComparer.Ordinal);
        if (_opened.TryGetValue(text, out var plain))
            return plain;
        _opened.Add(text, "");
        HasNoted = true;
        return "";
    }

    /// <summary>Opens the ciphertexts that the first reading noted.</summary>
    public async ValueTask DecryptNotedAsync(CancellationToken cancellationToken)
    {
        foreach (var text in new List<string>(_opened!.Keys))
        {
            _opened[text] = null;
            if (StrictBase64.Decode(Encoding.UTF8.GetBytes(text)) is not { } ciphertext)
                continue;
            try
            {
                _opened[text] = Take(await keys.DecryptAsync(ciphertext, cancellationToken).ConfigureAwait(false));
            }
            catch (CryptographicException)
            {
                // Not for this key: reading says so, with the member's path.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                KeyFailure ??= e;
            }
        }

        HasNoted = false;
    }

    private string? Open(byte[] ciphertext)
    {
        try
        {
            return Take(keys.Decrypt(ciphertext));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string? Take(byte[] plaintext)
    {
        var text = Utf8.IsValid(plaintext) ? Encoding.UTF8.GetString(plaintext) : null;
        CryptographicOperations.ZeroMemory(plaintext);
        return text;
    }
}
