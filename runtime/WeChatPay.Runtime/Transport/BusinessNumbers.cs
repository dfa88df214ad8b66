namespace WeChatPay.Transport;

/// <summary>Finds the number with which a merchant can ask what became of a request.</summary>
internal static class BusinessNumbers
{
    // The number that this request creates comes before the number of what it refers to: a refund names its order as well.
    private static readonly string[] Names =
    [
        "out_refund_no", "out_return_no", "out_bill_no", "out_batch_no", "out_detail_no", "out_request_no", "out_order_no", "out_contract_code",
        "combine_out_trade_no", "out_trade_no", "refund_id", "transaction_id",
    ];

    public static string? Find(WeChatPayCall call)
    {
        if (call.Operation.IdempotentBy is { } name && call.FindInput(name) is { } number)
        {
            return number;
        }

        foreach (var known in Names)
        {
            if (call.FindInput(known) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }
}
