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

    [Fact]
    public void Members_in_reverse_order_and_between_unknown_ones_are_read()
    {
        var answer = Read("""
            {"new":{"total":1,"amount":[{}]},"closed":true,"x":[[],{"a":"}"}],"amount":{"currency":"CNY","y":null,"total":5,"z":1},"trade_state":"CLOSED","out_trade_no":"A2","last":1.5e3}
            """);

        Assert.Equal(("A2", "CLOSED", 5L, "CNY", true), (answer.OutTradeNo, answer.TradeState?.Value, answer.Amount?.Total, answer.Amount?.Currency, answer.Closed));
    }

    [Fact]
    public void The_last_of_two_members_of_one_name_wins()
    {
        Assert.Equal("B", Read("""{"out_trade_no":"A","amount":{"total":1},"out_trade_no":"B"}""").OutTradeNo);
        Assert.Equal("B", Read("""{"out_trade_no":"A","out_trade_no":"B"}""").OutTradeNo);
        Assert.Null(Read("""{"out_trade_no":"A","out_trade_no":null}""").OutTradeNo);
        Assert.Equal(2, Read("""{"amount":{"total":1,"currency":"CNY"},"amount":{"total":2}}""").Amount?.Total);
        Assert.Null(Read("""{"amount":{"total":1,"currency":"CNY"},"amount":{"total":2}}""").Amount?.Currency);
    }

    [Fact]
    public void Null_and_missing_members_are_null()
    {
        foreach (var json in (string[])["{}", " { } \r\n", """{"out_trade_no":null,"trade_state":null,"success_time":null,"amount":null,"goods_detail":null,"tags":null,"rate":null,"count":null,"closed":null,"scene_info":null,"payer_name":null,"other_names":null}"""])
        {
            var answer = Read(json);
            Assert.Null(answer.OutTradeNo);
            Assert.Null(answer.TradeState);
            Assert.Null(answer.SuccessTime);
            Assert.Null(answer.Amount);
            Assert.Null(answer.GoodsDetail);
            Assert.Null(answer.Tags);
            Assert.Null(answer.Rate);
            Assert.Null(answer.Count);
            Assert.Null(answer.Closed);
            Assert.Null(answer.SceneInfo);
            Assert.Null(answer.PayerName);
            Assert.Null(answer.OtherNames);
        }
    }

    [Fact]
    public void Text_and_numbers_stand_for_each_other()
    {
        var answer = Read("""{"out_trade_no":1.50,"trade_state":7,"success_time":20180608103456,"amount":{"total":"100","currency":true},"rate":"0.5","count":"7","closed":"FALSE","numbers":["-3"]}""");

        Assert.Equal("1.50", answer.OutTradeNo);
        Assert.Equal("7", answer.TradeState?.Value);
        Assert.Equal("20180608103456", answer.SuccessTime?.Text);
        Assert.Equal(100, answer.Amount?.Total);
        Assert.Equal("true", answer.Amount?.Currency);
        Assert.Equal(0.5m, answer.Rate);
        Assert.Equal(7ul, answer.Count);
        Assert.False(answer.Closed);
        Assert.Equal([-3L], answer.Numbers);
    }

    [Fact]
    public void Escapes_in_names_and_values_are_read()
    {
        var answer = Read("""{"out\u005ftrade_no":"\u4e2d\ud83c\udf4e\/\"","trade_state":"SUC\u0043ESS","amount":{"t\u006ftal":"\u0031"}}""");

        Assert.Equal("中🍎/\"", answer.OutTradeNo);
        Assert.Equal("SUCCESS", answer.TradeState?.Value);
        Assert.Equal(1, answer.Amount?.Total);
    }

    [Fact]
    public void A_text_may_be_long_and_Chinese()
    {
        var text = string.Concat(Enumerable.Repeat("微信支付", 5000));
        Assert.Equal(text, Read($$"""{"out_trade_no":"{{text}}","trade_state":"{{text}}"}""").OutTradeNo);
    }

    [Fact]
    public void A_byte_order_mark_in_front_is_skipped()
        => Assert.Equal("A", Read("\uFEFF{\"out_trade_no\":\"A\"}").OutTradeNo);

    [Theory]
    [InlineData("""{"out_trade_no":{}}""", "out_trade_no", "is an object where a text is expected.")]
    [InlineData("""{"out_trade_no":[1]}""", "out_trade_no", "is a list where a text is expected.")]
    [InlineData("""{"trade_state":[]}""", "trade_state", "is a list where a text is expected.")]
    [InlineData("""{"amount":{"total":1.0}}""", "amount.total", "is no 64-bit integer: it has a fraction, an exponent or too many digits.")]
    [InlineData("""{"amount":{"currency":"CNY","total":"1.0"}}""", "amount.total", "is a text that is no 64-bit integer.")]
    [InlineData("""{"amount":{"total":true}}""", "amount.total", "is a truth value where an integer is expected.")]
    [InlineData("""{"amount":5}""", "amount", "is a number where an object is expected.")]
    [InlineData("""{"amount":""}""", "amount", "is a text where an object is expected.")]
    [InlineData("""{"amount":[]}""", "amount", "is a list where an object is expected.")]
    [InlineData("""{"x":1,"goods_detail":[{"price":1},{"goods_id":"a","price":"x"}]}""", "goods_detail[1].price", "is a text that is no 64-bit integer.")]
    [InlineData("""{"goods_detail":[{"parts":[{},{},{"price":1.5}]}]}""", "goods_detail[0].parts[2].price", "is no 64-bit integer: it has a fraction, an exponent or too many digits.")]
    [InlineData("""{"goods_detail":{}}""", "goods_detail", "is an object where a list is expected.")]
    [InlineData("""{"goods_detail":[[]]}""", "goods_detail[0]", "is a list where an object is expected.")]
    [InlineData("""{"numbers":[1,2,3e2]}""", "numbers[2]", "is no 64-bit integer: it has a fraction, an exponent or too many digits.")]
    [InlineData("""{"tags":["a",{}]}""", "tags[1]", "is an object where a text is expected.")]
    [InlineData("""{"closed":1}""", "closed", "is a number where a truth value is expected.")]
    [InlineData("""{"closed":"yes"}""", "closed", "is a text that is neither true nor false.")]
    [InlineData("""{"count":-1}""", "count", "is no unsigned 64-bit integer: it is negative, has a fraction, an exponent or too many digits.")]
    [InlineData("""{"count":"-1"}""", "count", "is a text that is no unsigned 64-bit integer.")]
    [InlineData("""{"rate":"1,5"}""", "rate", "is no number that 28 decimal digits can hold exactly.")]
    [InlineData("""{"out_trade_no":"\ud800"}""", "out_trade_no", "holds half of a surrogate pair, which is no text.")]
    [InlineData("""{"payer_name":"AAAA"}""", "payer_name", "is encrypted for the merchant, and there is no key to decrypt it with here.")]
    [InlineData("""{"other_names":["","AAAA"]}""", "other_names[1]", "is encrypted for the merchant, and there is no key to decrypt it with here.")]
    public void A_member_that_cannot_be_read_fails_with_its_path(string json, string path, string problem)
    {
        var failure = Fails(json);

        Assert.Equal(path, failure.Path);
        Assert.Equal(problem, failure.Problem);
        Assert.Equal($"The member '{path}' {problem}", failure.Message);
        Assert.Null(failure.InnerException);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{\"out_trade_no\"")]
    [InlineData("{\"out_trade_no\":")]
    [InlineData("{\"out_trade_no\":\"A\"")]
    [InlineData("{\"out_trade_no\":\"A\",}")]
    [InlineData("{\"out_trade_no\":\"A\"}}")]
    [InlineData("{\"out_trade_no\":\"A\"}{}")]
    [InlineData("{\"out_trade_no\":\"A\"} x")]
    [InlineData("{\"out_trade_no\":\"A\"}\0")]
    [InlineData("{\"out_trade_no\":\"A\" /* c */}")]
    [InlineData("{'out_trade_no':1}")]
    [InlineData("{\"unknown\":tru}")]
    [InlineData("{\"amount\":{\"total\":01}}")]
    [InlineData("{\"amount\":{\"total\":+1}}")]
    [InlineData("{\"out_trade_no\":\"line\nbreak\"}")]
    [InlineData("\uFEFF\uFEFF{}")]
    public void What_is_no_JSON_object_fails(string json) => Fails(json);

    [Fact]
    public void Malformed_JSON_names_the_member_where_it_breaks_and_quotes_nothing()
    {
        var failure = Fails("""{"goods_detail":[{"goods_id":"a"},{"goods_id":secret}]}""");

        Assert.Contains("at 'goods_detail[1].goods_id'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_UTF8_fails_even_in_a_member_that_is_skipped()
    {
        byte[] json = [.. "{\"unknown\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        var failure = Assert.Throws<JsonBodyException>(() => JsonBody.Read<OrderAnswer>(json, null));
        Assert.Equal("The document is not valid UTF-8.", failure.Message);
    }

    [Fact]
    public void More_than_64_levels_fail()
    {
        static string Nested(int levels) => "{\"unknown\":" + new string('[', levels - 1) + new string(']', levels - 1) + "}";
        Read(Nested(64));
        Fails(Nested(65));

        static string Parts(int levels) => string.Concat(Enumerable.Repeat("{\"parts\":[", levels)) + string.Concat(Enumerable.Repeat("]}", levels));
        Read("{\"goods_detail\":[" + Parts(31) + "]}");
        Fails("{\"goods_detail\":[" + Parts(32) + "]}");
    }

    [Fact]
    public void A_path_is_fit_for_a_log_line()
    {
        var name = "a\\nb" + new string('c', 500);
        var failure = Fails("{\"" + name + "\":{\"x\":y}}");
        Assert.DoesNotContain('\n', failure.Message);
        Assert.True(failure.Message.Length < 200, failure.Message);
    }

    [Fact]
    public void Known_texts_are_one_object()
    {
        var first = Read("""{"trade_state":"SUCCESS","amount":{"currency":"CNY"}}""");
        var second = Read("""{"trade_state":"SUCCESS","amount":{"currency":"CNY"}}""");
        Assert.Same(first.TradeState?.Value, second.TradeState?.Value);
        Assert.Same(first.Amount?.Currency, second.Amount?.Currency);
    }
}
