using System.Text;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

public sealed class JsonBodyReaderTests
{
    internal static OrderAnswer Read(string json) => JsonBody.Read<OrderAnswer>(Encoding.UTF8.GetBytes(json), null);

    private static JsonBodyException Fails(string json) => Assert.Throws<JsonBodyException>(() => Read(json));

    [Fact]
    public void Members_in_declaration_order_are_read()
    {
        var answer = Read("""
            {"out_trade_no":"A1","trade_state":"SUCCESS","success_time":"2018-06-08T10:34:56+08:00","bill_date":"2018-06-08",
             "amount":{"total":100,"currency":"CNY"},"goods_detail":[{"goods_id":"g","price":7,"parts":[{"price":8},null]}],
             "tags":["a",null,"b"],"numbers":[1,null,"2"],"states":["SUCCESS","NEW"],"rate":1.25,"count":18446744073709551615,"closed":false,"scene_info":{"a":[1]}}
            """);

        Assert.Equal("A1", answer.OutTradeNo);
        Assert.Equal(TradeState.Success, answer.TradeState?.Value);
        Assert.Equal(new DateTimeOffset(2018, 6, 8, 10, 34, 56, TimeSpan.FromHours(8)), answer.SuccessTime?.Time);
        Assert.Equal(new DateOnly(2018, 6, 8), answer.BillDate?.Date);
        Assert.Equal(100, answer.Amount?.Total);
        Assert.Equal("CNY", answer.Amount?.Currency);
        var goods = Assert.Single(answer.GoodsDetail!);
        Assert.Equal(7, goods.Price);
        Assert.Equal(8, Assert.Single(goods.Parts!).Price);
        Assert.Equal(["a", "b"], answer.Tags);
        Assert.Equal([1L, 2L], answer.Numbers);
        Assert.Equal(["SUCCESS", "NEW"], answer.States!.Select(s => s.Value));
        Assert.Equal(1.25m, answer.Rate);
        Assert.Equal(ulong.MaxValue, answer.Count);
        Assert.False(answer.Closed);
        Assert.Equal("""{"a":[1]}""", answer.SceneInfo?.GetRawText());
    }
}
