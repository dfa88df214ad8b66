using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WeChatPay.Keys;

namespace WeChatPay.Encryption;

/// <summary>
/// Encrypts personal data of one request for WeChat Pay with one platform key, whose serial the request names and which decides on the algorithm.
/// Thread-safe.
/// </summary>
internal sealed class SensitiveEncryptor(string serial, IPlatformKey key)
{
    /// <summary>The most bytes of any ciphertext: those of an RSA key of 8192 bits.</summary>
    public const int LargestCiphertext = 1024;

    private readonly int _longest = key.LongestText;

    /// <summary>Encrypts with a platform key.</summary>
    public SensitiveEncryptor(PlatformKey key)
        : this(key.Serial, key.Key)
    {
    }

    /// <summary>Encrypts with an RSA key.</summary>
    public SensitiveEncryptor(string serial, RSA key)
        : this(serial, new RsaPlatformKey(key))
    {
    }

    /// <summary>The serial that goes into <c>Wechatpay-Serial</c>.</summary>
    public string Serial { get; } = serial;

    /// <summary>Why <see cref="TryEncrypt"/> refused a text.</summary>
    public string TooLong => string.Create(
        CultureInfo.InvariantCulture, $"is longer than the {_longest} UTF-8 bytes that this key can encrypt.");

    /// <summary>Encrypts a text; false if it is too long for the key.</summary>
    /// <param name="text">The plain text.</param>
    /// <param name="ciphertext">Where the ciphertext goes, <see cref="LargestCiphertext"/> bytes.</param>
    /// <param name="written">The length of the ciphertext.</param>
    public bool TryEncrypt(string text, Span<byte> ciphertext, out int written)
    {
        written = 0;
        if (text.Length > _longest || Encoding.UTF8.GetByteCount(text) > _longest)
            return false;
        var plain = ArrayPool<byte>.Shared.Rent(_longest);
        try
        {
            var length = Encoding.UTF8.GetBytes(text, plain);
            written = key.Encrypt(plain.AsSpan(0, length), ciphertext);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            ArrayPool<byte>.Shared.Return(plain);
        }
    }
}
