namespace WeChatPay.Sandbox;

/// <summary>All orders and refunds of one gateway, in memory. Every access holds <see cref="Gate"/>.</summary>
internal sealed class OrderBook
{
    private readonly Dictionary<(string MerchantId, string OutTradeNo), Order> _orders = [];
    private readonly Dictionary<string, Order> _byPrepayId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string MerchantId, string TransactionId), Order> _byTransactionId = [];
    private readonly Dictionary<(string MerchantId, string OutRefundNo), Refund> _refunds = [];

    public object Gate { get; } = new();

    public IEnumerable<Order> Orders => _orders.Values;

    public IEnumerable<Refund> Refunds => _refunds.Values;

    public void Add(Order order) => _orders.Add((order.Merchant.MerchantId, order.OutTradeNo), order);

    public void Add(Refund refund)
    {
        _refunds.Add((refund.Order.Merchant.MerchantId, refund.OutRefundNo), refund);
        refund.Order.Refunds.Add(refund);
    }

    public Order? Find(SandboxMerchant merchant, string outTradeNo) => _orders.GetValueOrDefault((merchant.MerchantId, outTradeNo));

    public Order? FindTransaction(SandboxMerchant merchant, string transactionId)
        => _byTransactionId.GetValueOrDefault((merchant.MerchantId, transactionId));

    public Refund? FindRefund(SandboxMerchant merchant, string outRefundNo) => _refunds.GetValueOrDefault((merchant.MerchantId, outRefundNo));

    /// <summary>Gives the order a prepay id that can be paid with from now on.</summary>
    public void Prepay(Order order, DateTimeOffset now)
    {
        order.PrepayId = $"wx{BeijingTime.Compact(now)}{RandomText.LowerHex(20)}";
        order.PrepaidAt = now;
        _byPrepayId.Add(order.PrepayId, order);
    }

    /// <summary>Takes the payer's money.</summary>
    /// <exception cref="InvalidOperationException">The order is paid, closed or expired.</exception>
    public void Pay(Order order, DateTimeOffset now)
    {
        order.CloseIfExpired(now);
        if (order.State != TradeState.NotPaid)
            throw new InvalidOperationException($"Order {order.OutTradeNo} cannot be paid: its state is {order.State}.");

        if (now - order.PrepaidAt > Order.PrepayLife)
            throw new InvalidOperationException($"Order {order.OutTradeNo} cannot be paid: its prepay id is older than two hours.");

        order.State = TradeState.Success;
        order.TransactionId = $"42000{BeijingTime.Compact(now)[..8]}{RandomText.Digits(15)}";
        order.SuccessTime = now;
        order.Payer = order.OpenId ?? "oSANDBOX0000000000000000001";
        _byTransactionId.Add((order.Merchant.MerchantId, order.TransactionId), order);
    }

    /// <summary>Finds an order by prepay id or, over all merchants, by its number.</summary>
    /// <exception cref="InvalidOperationException">None, or several merchants have one of that number.</exception>
    public Order Locate(string outTradeNoOrPrepayId)
    {
        if (_byPrepayId.TryGetValue(outTradeNoOrPrepayId, out var order))
            return order;

        var found = _orders.Values.Where(o => o.OutTradeNo == outTradeNoOrPrepayId).Take(2).ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw new InvalidOperationException($"The sandbox has no order with the number or prepay id '{outTradeNoOrPrepayId}'."),
            _ => throw new InvalidOperationException($"Several merchants have an order {outTradeNoOrPrepayId}: name it by its prepay id."),
        };
    }

    /// <summary>Finds a refund by its number over all merchants.</summary>
    /// <exception cref="InvalidOperationException">None, or several merchants have one of that number.</exception>
    public Refund LocateRefund(string outRefundNo)
    {
        var found = _refunds.Values.Where(r => r.OutRefundNo == outRefundNo || r.RefundId == outRefundNo).Take(2).ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw new InvalidOperationException($"The sandbox has no refund with the number '{outRefundNo}'."),
            _ => throw new InvalidOperationException($"Several merchants have a refund {outRefundNo}: name it by its refund id."),
        };
    }
}
