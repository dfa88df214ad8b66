using WeChatPay.Keys;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Models;

internal sealed partial class NotificationMaker
{
    /// <summary>The merchant that the notifications are for, perhaps changed.</summary>
    public static WeChatPayNotifications Receiver(Action<WeChatPayOptions>? change = null)
    {
        var options = TestMerchant.Options();
        change?.Invoke(options);
        var credentials = MerchantCredentials.Create(options);
        return new(MerchantKeyring.Of(credentials));
    }
}
