using WeChatPay.V2;

namespace WeChatPay.Notifications;

/// <summary>The merchant that an APIv2 notification names has to be the one whose endpoint this is: merchants may share a key, and the refund notification has no signature.</summary>
internal static class XmlMerchantBinding
{
    private static readonly string[] Names = ["mch_id", "mchid", "combine_mch_id", "combine_mchid", "sp_mchid", "sp_mch_id"];

    /// <summary>Looks at every member that names the receiving merchant.</summary>
    /// <exception cref="WeChatPaySignatureException">Another merchant is named.</exception>
    public static void Check(XmlNode root, string merchantId, bool isAuthenticated)
    {
        foreach (var name in Names)
        {
            if (root.Find(name) is { Length: > 0 } named && named != merchantId)
            {
                throw new WeChatPaySignatureException(
                    WeChatPaySignatureFailure.EchoMismatch, $"The {name} of the notification is not {merchantId}: it belongs to another merchant and is refused here.")
                {
                    IsVerified = isAuthenticated,
                };
            }
        }
    }
}
