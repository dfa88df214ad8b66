using System.Security.Cryptography;
using System.Text;
using WeChatPay.V2;

namespace WeChatPay.Notifications;

/// <summary>
/// APIv2 notifications mostly have no id. Number and status stand in for it: the same event comes again with the same ones, though with another nonce.
/// Together with kind and merchant they identify a notification.
/// </summary>
internal static class XmlNotificationId
{
    // The most particular number first: a refund also names its payment, a payment also its contract.
    private static readonly string[] Numbers =
    [
        "refund_id", "out_refund_no", "combine_out_trade_no", "transaction_id", "out_trade_no", "out_order_no", "order_id", "event_code", "contract_id", "contract_code",
    ];

    private static readonly string[] States = ["refund_status", "change_type", "trade_state", "state", "result_code"];

    public static string Of(XmlNode content)
    {
        var status = FirstOf(content, States);
        return FirstOf(content, Numbers) is { } number
            ? status is null ? number : $"{number}:{status}"
            : HashOf(content);
    }

    private static string? FirstOf(XmlNode content, string[] names)
    {
        foreach (var name in names)
        {
            if (content.Find(name) is { Length: > 0 } text)
                return text;
        }

        return null;
    }

    /// <summary>Of everything but what is new each time. A hash, because ids are logged and members are not.</summary>
    private static string HashOf(XmlNode content)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in V2Signature.Members(content))
        {
            if (name is not (V2Signature.SignName or V2Signature.SignTypeName or "nonce_str"))
                text.Append(name).Append('\n').Append(value.Length).Append('\n').Append(value).Append('\n');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }
}
