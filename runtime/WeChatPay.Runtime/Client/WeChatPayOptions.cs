namespace WeChatPay;

public sealed class WeChatPayOptions
{
    public string? MerchantId { get; set; }
}
