using System.Security.Cryptography;
using System.Text;
using WeChatPay.Encryption;
using WeChatPay.Keys;

namespace WeChatPay.Bills;

/// <summary>What opens an encrypted file: algorithm and nonce, checked, and the key, which may still be encrypted for the merchant.</summary>
internal sealed class FileSeal
{
    private readonly string _algorithm;
    private readonly int _keyLength;
    private readonly byte[] _nonce;
    private readonly byte[] _key;
    private readonly IAlgorithmSuite? _suite;

    private FileSeal(string algorithm, int keyLength, byte[] nonce, byte[] key, IAlgorithmSuite? suite)
    {
        _algorithm = algorithm;
        _keyLength = keyLength;
        _nonce = nonce;
        _key = key;
        _suite = suite;
    }

    /// <summary>Reads what the answer says.</summary>
    /// <exception cref="ArgumentException">Something is missing, unknown or malformed.</exception>
    public static FileSeal Parse(WeChatPayFileEncryption encryption, IAlgorithmSuite? suite)
    {
        ArgumentException.ThrowIfNullOrEmpty(encryption.Algorithm);
        ArgumentException.ThrowIfNullOrEmpty(encryption.EncryptKey);
        ArgumentException.ThrowIfNullOrEmpty(encryption.Nonce);
        var algorithm = encryption.Algorithm;
        var keyLength = algorithm == AeadOpener.Aes256Gcm ? 32 : suite?.FileKeyLengthOf(algorithm) ?? 0;
        if (keyLength == 0)
        {
            throw new ArgumentException(
                $"The file is encrypted with '{FailureText.OneLine(algorithm)}', and only {AeadOpener.Aes256Gcm} and the algorithms of WeChatPayOptions.AlgorithmSuite are known.",
                nameof(encryption));
        }

        var nonce = Encoding.UTF8.GetBytes(encryption.Nonce);
        if (nonce.Length is not (12 or 16))
        {
            throw new ArgumentException($"The nonce of the file has {nonce.Length} bytes; 12 or 16 are known.", nameof(encryption));
        }

        var text = Encoding.UTF8.GetBytes(encryption.EncryptKey);
        return new(
            algorithm,
            keyLength,
            nonce,
            text.Length == keyLength ? text : StrictBase64.Decode(text) ?? throw new ArgumentException("The encrypt_key of the file is no base64 text.", nameof(encryption)),
            suite);
    }

    /// <summary>Opens the key with the merchant's private key, wherever that lives.</summary>
    /// <exception cref="WeChatPayDecryptionException">It cannot be opened, or is no key of the algorithm.</exception>
    public async ValueTask<GcmOpener> StartAsync(DecryptionKeys keys, CancellationToken cancellationToken)
    {
        var key = _key.Length == _keyLength ? (byte[])_key.Clone() : await OpenKeyAsync(keys, cancellationToken).ConfigureAwait(false);
        try
        {
            return key.Length == _keyLength
                ? new(_algorithm == AeadOpener.Aes256Gcm ? new AesBlockCipher(key) : _suite!.CreateFileCipher(_algorithm, key), _nonce)
                : throw new WeChatPayDecryptionException($"The encrypt_key of the file holds {key.Length} bytes; a key of {_algorithm} has {_keyLength}.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async ValueTask<byte[]> OpenKeyAsync(DecryptionKeys keys, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.DecryptAsync(_key, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException e)
        {
            throw new WeChatPayDecryptionException(
                "The encrypt_key of the file cannot be opened with the merchant's private key: check that the key belongs to the certificate for which WeChat Pay encrypted it.", e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new WeChatPayDecryptionException($"The merchant's key could not open the encrypt_key of the file ({e.GetType().Name}).", e);
        }
    }
}
