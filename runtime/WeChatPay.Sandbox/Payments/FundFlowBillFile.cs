using System.Globalization;

namespace WeChatPay.Sandbox;

/// <summary>The fund flow bill of one day: what came into the basic account and what left it. No fees are taken in the sandbox.</summary>
internal static class FundFlowBillFile
{
    /// <summary>Null if nothing happened on that day.</summary>
    public static byte[]? Write(OrderBook book, SandboxMerchant merchant, DateOnly date)
    {
        var income = book.Orders.Where(o => o.Merchant == merchant && TradeBillFile.On(o.SuccessTime, date))
            .Select(o => (Time: o.SuccessTime!.Value, Id: o.TransactionId!, Kind: "交易", Amount: o.Total, Number: o.OutTradeNo));
        var spending = book.Refunds.Where(r => r.Order.Merchant == merchant && TradeBillFile.On(r.SuccessTime, date))
            .Select(r => (Time: r.SuccessTime!.Value, Id: r.RefundId, Kind: "退款", Amount: -r.Amount, Number: r.OutRefundNo));
        var flows = income.Concat(spending).OrderBy(f => f.Time).ToArray();
        if (flows.Length == 0)
            return null;

        var text = new BillText();
        text.Header("记账时间", "微信支付业务单号", "资金流水单号", "业务名称", "业务类型", "收支类型", "收支金额(元)", "账户结余(元)", "资金变更提交申请人", "备注", "业务凭证号");
        var balance = 0L;
        foreach (var flow in flows)
        {
            balance += flow.Amount;
            text.Row(
                BeijingTime.Spaced(flow.Time), flow.Id, flow.Id, flow.Kind, flow.Kind, flow.Amount > 0 ? "收入" : "支出",
                BillText.Yuan(Math.Abs(flow.Amount)), BillText.Yuan(balance), "system", string.Empty, flow.Number);
        }

        text.Header("资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额");
        text.Row(
            Count(flows.Length), Count(flows.Count(f => f.Amount > 0)), BillText.Yuan(flows.Where(f => f.Amount > 0).Sum(f => f.Amount)),
            Count(flows.Count(f => f.Amount < 0)), BillText.Yuan(-flows.Where(f => f.Amount < 0).Sum(f => f.Amount)));
        return text.ToBytes();
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
