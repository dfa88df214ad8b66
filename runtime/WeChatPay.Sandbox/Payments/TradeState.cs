namespace WeChatPay.Sandbox;

/// <summary>Wire texts of <c>trade_state</c> and <c>refund status</c> that the sandbox knows.</summary>
internal static class TradeState
{
    public const string NotPaid = "NOTPAY";
    public const string Success = "SUCCESS";
    public const string Refunded = "REFUND";
    public const string Closed = "CLOSED";

    public static string Describe(string state) => state switch
    {
        NotPaid => "订单未支付",
        Success => "支付成功",
        Refunded => "订单发生过退款，退款详情请查询退款单",
        Closed => "订单已关闭",
        _ => state,
    };
}
