using System.Text;
using System.Text.Json;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

public sealed class JsonConverterTests
{
    [Fact]
    public void An_answer_is_stored_as_the_JSON_that_was_verified_and_read_back()
    {
        const string Json = """{"out_trade_no":"A","new_member":{"x":1},"amount":{"total":1}}""";
        var answer = JsonBodyReaderTests.Read(Json);
        answer.Http = new WeChatPayHttp { Status = 200, RawBody = Encoding.UTF8.GetBytes("\uFEFF" + Json) };

        var stored = JsonSerializer.Serialize(answer);
        Assert.Equal(Json, stored);

        var back = JsonSerializer.Deserialize<OrderAnswer>(stored)!;
        Assert.Equal("A", back.OutTradeNo);
        Assert.Equal(1, back.Amount?.Total);
        Assert.Equal(0, back.Http.Status);
        Assert.Equal(Json, JsonSerializer.Serialize(back));
    }

    [Fact]
    public void An_answer_inside_something_else_is_stored_and_read_back()
    {
        var stored = """{"When":1,"Answer":{"out_trade_no":"A"},"Then":[2]}""";
        var back = JsonSerializer.Deserialize<Stored>(stored)!;
        Assert.Equal(("A", 2), (back.Answer!.OutTradeNo, back.Then![0]));
        Assert.Equal(stored, JsonSerializer.Serialize(back));
    }

    [Fact]
    public void An_answer_made_by_hand_cannot_be_stored()
    {
        var failure = Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new OrderAnswer { OutTradeNo = "A" }));
        Assert.Contains("made by hand", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_cannot_be_read_back_names_the_member()
        => Assert.Equal("amount.total", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<OrderAnswer>("""{"amount":{"total":1.5}}""")).Path);

    [Fact]
    public void A_request_is_written_as_it_would_be_sent()
    {
        var order = new OrderRequest { Appid = "wx中", Amount = new() { Total = 1, Currency = "CNY" } };
        Assert.Equal("""{"appid":"wx中","amount":{"total":1,"currency":"CNY"}}""", JsonSerializer.Serialize(order));
    }

    [Fact]
    public void A_request_with_personal_data_is_not_written_in_plain_text()
    {
        var order = new OrderRequest { Appid = "wx1", Amount = new() { Total = 1, Currency = "CNY" }, PayerName = "张三" };
        var failure = Assert.Throws<ArgumentException>(() => JsonSerializer.Serialize(order));
        Assert.Equal("payer_name", failure.ParamName);
        Assert.DoesNotContain("张三", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_is_never_read()
    {
        var failure = Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<OrderRequest>("{}"));
        Assert.Contains("written to JSON and never read", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Stored
    {
        public int When { get; set; }

        public OrderAnswer? Answer { get; set; }

        public int[]? Then { get; set; }
    }
}
