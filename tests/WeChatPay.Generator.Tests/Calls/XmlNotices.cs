using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>APIv2 notifications as they arrive; signed and encrypted with code of its own.</summary>
internal static class XmlNotices
{
    public const string Key = "TESTONLYapiv2key0123456789ABCDEF";
    private const string ApiV3Key = "TESTONLYapiv3key0123456789abcdef";

    public static WeChatPayNotificationMessage Signed(params (string Name, string Value)[] members)
    {
        var text = string.Concat(members.Where(member => member.Value.Length > 0).OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={member.Value}&"));
        var sign = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(text + "key=" + Key)));
        return Message([.. members, ("sign", sign)]);
    }

    [SuppressMessage("Security", "CA5351", Justification = "The protocol's.")]
    [SuppressMessage("Security", "CA5358", Justification = "The protocol's.")]
    public static WeChatPayNotificationMessage Refund(params (string Name, string Value)[] content)
    {
        using var aes = Aes.Create();
        aes.Key = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(Key))));
        return Message(("return_code", "SUCCESS"), ("mch_id", "1900000001"), ("req_info", Convert.ToBase64String(aes.EncryptEcb(Encoding.UTF8.GetBytes(Xml("root", content)), PaddingMode.PKCS7))));
    }

    public static WeChatPayNotificationMessage Sealed(string eventType, params (string Name, string Value)[] content)
    {
        const string Nonce = "0123456789ab";
        var plain = Encoding.UTF8.GetBytes(Xml("xml", content));
        var bytes = new byte[plain.Length + 16];
        using (var aes = new AesGcm(Encoding.UTF8.GetBytes(ApiV3Key), 16)) aes.Encrypt(Encoding.UTF8.GetBytes(Nonce), plain, bytes.AsSpan(0, plain.Length), bytes.AsSpan(plain.Length));
        return Signed(
            ("mch_id", "1900000001"), ("algorithm", "HMAC-SHA256"), ("event_id", "EV-2"), ("event_type", eventType), ("event_algorithm", "AEAD_AES_256_GCM"),
            ("event_nonce", Nonce), ("event_associated_data", ""), ("event_ciphertext", Convert.ToBase64String(bytes)));
    }

    private static WeChatPayNotificationMessage Message(params (string Name, string Value)[] members) => new(static _ => [], Encoding.UTF8.GetBytes(Xml("xml", members)));

    private static string Xml(string root, (string Name, string Value)[] members)
        => $"<{root}>{string.Concat(members.Select(member => $"<{member.Name}><![CDATA[{member.Value}]]></{member.Name}>"))}</{root}>";
}
