namespace QuickStart;

/// <summary>An order as the shop keeps it: what WeChat Pay says is compared with this, never the other way round.</summary>
/// <param name="Number">The shop's order number (<c>out_trade_no</c>).</param>
/// <param name="Description">What is sold.</param>
/// <param name="Total">The price in fen.</param>
/// <param name="OpenId">The buyer.</param>
internal sealed record ShopOrder(string Number, string Description, long Total, string OpenId)
{
    public const string Currency = "CNY";

    private int _isFulfilled;

    public bool IsFulfilled => Volatile.Read(ref _isFulfilled) == 1;

    /// <summary>True for exactly one caller: the same notification may come many times, also at once.</summary>
    public bool TryFulfil() => Interlocked.Exchange(ref _isFulfilled, 1) == 0;
}
