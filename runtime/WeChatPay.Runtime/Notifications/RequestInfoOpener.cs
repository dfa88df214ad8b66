using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using WeChatPay.Encryption;

namespace WeChatPay.Notifications;

/// <summary>
/// Opens <c>req_info</c> of APIv2's refund notifications: AES-256-ECB; the key is the MD5 of the APIv2 key, as the ASCII of its 32 lower-case hex
/// digits. The mode authenticates nothing: whoever holds an older notification can put its blocks together anew.
/// </summary>
internal static class RequestInfoOpener
{
    /// <summary>Decrypts.</summary>
    /// <exception cref="WeChatPayDecryptionException">It cannot be opened.</exception>
    [SuppressMessage("Security", "CA5351", Justification = "The protocol's key derivation.")]
    [SuppressMessage("Security", "CA5358", Justification = "The protocol's mode; what comes out of it is marked as not authenticated.")]
    public static byte[] Open(string apiV2Key, string requestInfo)
    {
        if (StrictBase64.Decode(Encoding.UTF8.GetBytes(requestInfo)) is not { Length: > 0 } ciphertext)
            throw new WeChatPayDecryptionException("The member 'req_info' of the notification is no base64 text.");
        var key = Encoding.ASCII.GetBytes(LowerHex(MD5.HashData(Encoding.UTF8.GetBytes(apiV2Key))));
        try
        {
            using var aes = Aes.Create();
            aes.Key = key;
            return aes.DecryptEcb(ciphertext, PaddingMode.PKCS7);
        }
        catch (CryptographicException)
        {
            throw new WeChatPayDecryptionException(
                "The member 'req_info' of the notification cannot be opened with the APIv2 key: it was changed, or the key that is set is not this merchant's present one.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "The protocol's spelling of the key.")]
    private static string LowerHex(byte[] hash) => Convert.ToHexString(hash).ToLowerInvariant();
}
