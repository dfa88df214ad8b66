using WeChatPay.Keys;
using WeChatPay.Serialization;
using WeChatPay.V2;

namespace WeChatPay.Notifications;

/// <summary>
/// The member <c>sign</c> of an APIv2 notification, over all other members that are not empty, known or not. Which algorithm it is shows in its
/// length, because most notifications name none and some merchants get the one they did not order with; one that is named must agree.
/// </summary>
internal static class XmlNotificationSignature
{
    /// <summary>Verifies the signature.</summary>
    /// <returns>False if there is none and its form has none: refunds.</returns>
    /// <exception cref="WeChatPaySignatureException">It is missing or wrong.</exception>
    /// <exception cref="InvalidOperationException">No APIv2 key is set.</exception>
    public static bool Check(MerchantCredentials credentials, XmlNode envelope, XmlNotificationForm form)
    {
        var key = credentials.ApiV2Key;
        var sign = envelope.Find(V2Signature.SignName) ?? "";
        if (sign.Length == 0)
        {
            return form == XmlNotificationForm.RequestInfo
                ? false
                : throw new WeChatPaySignatureException(WeChatPaySignatureFailure.MissingHeader, "The notification has no member 'sign'.");
        }

        if (V2Signature.ByLength(sign) is not { } type)
        {
            throw new WeChatPaySignatureException(
                WeChatPaySignatureFailure.MalformedSignature, "The member 'sign' of the notification is neither of 32 nor of 64 characters, so it is neither MD5 nor HMAC-SHA256.");
        }

        CheckNamed(envelope, V2Signature.SignTypeName, type);
        CheckNamed(envelope, "algorithm", type);
        if (type == V2SignType.Md5 && !credentials.AcceptsMd5Notifications)
        {
            throw new WeChatPaySignatureException(
                WeChatPaySignatureFailure.UnsupportedAlgorithm, "The notification is signed with MD5, and WeChatPayOptions.AcceptMd5Notifications is false.");
        }

        if (type == V2SignType.Md5 && form == XmlNotificationForm.SignedCiphertext)
        {
            throw new WeChatPaySignatureException(
                WeChatPaySignatureFailure.UnsupportedAlgorithm, "The notification has an encrypted content and is signed with MD5; such notifications are signed with HMAC-SHA256.");
        }

        return V2Signature.Verify(V2Signature.Members(envelope), key, type, sign)
            ? true
            : throw new WeChatPaySignatureException(
                WeChatPaySignatureFailure.Mismatch, "The member 'sign' of the notification does not belong to it. Check that WeChatPayOptions.ApiV2Key is this merchant's.");
    }

    private static void CheckNamed(XmlNode envelope, string name, V2SignType type)
    {
        var named = envelope.Find(name);
        if (!string.IsNullOrEmpty(named) && (!V2Signature.TryParse(named, out var namedType) || namedType != type))
        {
            throw new WeChatPaySignatureException(
                WeChatPaySignatureFailure.UnsupportedAlgorithm,
                $"The member '{name}' of the notification is not the algorithm of its signature, which by its length is {(type == V2SignType.Md5 ? V2Signature.Md5Name : V2Signature.HmacName)}.");
        }
    }
}
