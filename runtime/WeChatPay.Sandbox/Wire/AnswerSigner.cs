using System.Globalization;

namespace WeChatPay.Sandbox;

/// <summary>The five headers that prove who sent an answer or a notification.</summary>
internal static class AnswerSigner
{
    public static List<KeyValuePair<string, string>> Sign(PlatformSigner signer, DateTimeOffset time, ReadOnlySpan<byte> body)
    {
        var timestamp = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = RandomText.LowerHex(32);
        var signature = signer.Sign(SignedMessage.Answer(timestamp, nonce, body));
        return
        [
            new("Wechatpay-Nonce", nonce),
            new("Wechatpay-Serial", signer.Serial),
            new("Wechatpay-Signature", Convert.ToBase64String(signature)),
            new("Wechatpay-Signature-Type", AuthorizationHeader.Scheme),
            new("Wechatpay-Timestamp", timestamp),
        ];
    }
}
