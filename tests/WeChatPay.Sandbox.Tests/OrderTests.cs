using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Sandbox.Tests;

/// <summary>The life of an order.</summary>
public sealed class OrderTests : IAsyncLifetime
{
    private const string Query = $"/v3/pay/transactions/out-trade-no/{Bodies.OutTradeNo}?mchid=1900000001";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 31, 1, 30, 0, TimeSpan.Zero));
    private SandboxGateway _gateway = null!;
    private HandMadeClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await SandboxGateway.StartAsync(
            new SandboxOptions { Merchants = { TestMerchants.First, TestMerchants.Second }, TimeProvider = _clock }, TestContext.Current.CancellationToken);
        _client = new HandMadeClient(_gateway) { Clock = _clock };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("jsapi", "prepay_id", "JSAPI")]
    [InlineData("app", "prepay_id", "APP")]
    [InlineData("native", "code_url", "NATIVE")]
    [InlineData("h5", "h5_url", "MWEB")]
    public async Task Each_kind_of_order_answers_with_its_own_member(string kind, string member, string tradeType)
    {
        var body = Bodies.Jsapi(_gateway).With("scene_info", new JsonObject { ["payer_client_ip"] = "127.0.0.1" });

        var answer = await _client.PostAsync($"/v3/pay/transactions/{kind}", body.ToJsonString());

        Assert.False(string.IsNullOrEmpty((string?)answer.Json[member]));
        Assert.Equal(tradeType, _gateway.Orders.Single().TradeType);
    }

    [Fact]
    public async Task An_unpaid_order_has_no_transaction_and_no_payment_time()
    {
        await OrderAsync(Bodies.Jsapi(_gateway).With("attach", "附加"));

        var order = (await _client.GetAsync(Query)).Json;

        Assert.Equal("NOTPAY", (string?)order["trade_state"]);
        Assert.Equal(100, (long)order["amount"]!["total"]!);
        Assert.Equal("附加", (string?)order["attach"]);
        Assert.Equal(Bodies.OutTradeNo, (string?)order["out_trade_no"]);
        Assert.Null(order["transaction_id"]);
        Assert.Null(order["success_time"]);
        Assert.Null(order["amount"]!["payer_total"]);
    }

    [Fact]
    public async Task A_paid_order_is_found_by_both_numbers()
    {
        var prepayId = await OrderAsync();

        var payment = await _gateway.PayAsync(prepayId, TestContext.Current.CancellationToken);

        var byNumber = await _client.GetAsync(Query);
        var byTransaction = await _client.GetAsync($"/v3/pay/transactions/id/{payment.TransactionId}?mchid=1900000001");
        Assert.Equal(Encoding.UTF8.GetString(byNumber.Body), Encoding.UTF8.GetString(byTransaction.Body));
        Assert.Equal("SUCCESS", (string?)byNumber.Json["trade_state"]);
        Assert.Equal(payment.TransactionId, (string?)byNumber.Json["transaction_id"]);
        Assert.Equal("2026-01-31T09:30:00+08:00", (string?)byNumber.Json["success_time"]);
        Assert.Equal("oTESTONLY0000000000000000001", (string?)byNumber.Json["payer"]!["openid"]);
        Assert.Equal(100, (long)byNumber.Json["amount"]!["payer_total"]!);
    }

    [Fact]
    public async Task The_same_order_again_gives_the_same_prepay_id()
    {
        var first = await OrderAsync();

        Assert.Equal(first, await OrderAsync());

        _clock.Advance(TimeSpan.FromMinutes(121));
        Assert.NotEqual(first, await OrderAsync());
    }

    [Fact]
    public async Task The_same_number_with_other_parameters_is_refused()
    {
        await OrderAsync();

        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway, total: 101).ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("INVALID_REQUEST", answer.Code);
        Assert.Equal(100, _gateway.Orders.Single().Total);
    }

    [Fact]
    public async Task A_paid_order_cannot_be_ordered_paid_or_closed_again()
    {
        await OrderAsync();
        await _gateway.PayAsync(Bodies.OutTradeNo, TestContext.Current.CancellationToken);

        Assert.Equal("ORDERPAID", (await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway).ToJsonString())).Code);
        Assert.Equal("ORDERPAID", (await CloseAsync()).Code);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _gateway.PayAsync(Bodies.OutTradeNo, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_closed_order_stays_closed()
    {
        await OrderAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await CloseAsync()).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await CloseAsync()).Status);
        Assert.Equal("CLOSED", (string?)(await _client.GetAsync(Query)).Json["trade_state"]);
        Assert.Equal("ORDERCLOSED", (await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway).ToJsonString())).Code);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _gateway.PayAsync(Bodies.OutTradeNo, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_order_expires()
    {
        await OrderAsync(Bodies.Jsapi(_gateway).With("time_expire", "2026-01-31T09:40:00+08:00"));

        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("CLOSED", (string?)(await _client.GetAsync(Query)).Json["trade_state"]);
    }

    [Fact]
    public async Task Unknown_orders_are_reported_as_such()
    {
        Assert.Equal("ORDER_NOT_EXIST", (await _client.GetAsync(Query)).Code);
        Assert.Equal("ORDER_NOT_EXIST", (await _client.GetAsync("/v3/pay/transactions/id/4200000001?mchid=1900000001")).Code);
        Assert.Equal("ORDER_NOT_EXIST", (await CloseAsync()).Code);
    }

    [Fact]
    public async Task A_query_needs_the_merchants_own_number()
    {
        await OrderAsync();

        Assert.Equal("mchid", (string?)(await _client.GetAsync(Query.Split('?')[0])).Json["detail"]!["field"]);
        Assert.Equal("PARAM_ERROR", (await _client.GetAsync(Query.Replace("1900000001", "1900000009", StringComparison.Ordinal))).Code);
    }

    [Fact]
    public async Task Another_merchants_order_does_not_exist()
    {
        await OrderAsync();
        using var other = new HandMadeClient(_gateway, TestMerchants.Second) { Clock = _clock };

        Assert.Equal("ORDER_NOT_EXIST", (await other.GetAsync(Query.Replace("1900000001", "1900000009", StringComparison.Ordinal))).Code);
    }

    [Theory]
    [InlineData("out_trade_no", "\"short\"")]
    [InlineData("out_trade_no", "\"has space\"")]
    [InlineData("notify_url", "\"https://example.com/x?y=1\"")]
    [InlineData("notify_url", "\"ftp://example.com/\"")]
    [InlineData("mchid", "\"1900000009\"")]
    [InlineData("description", "5")]
    [InlineData("time_expire", "\"20260131\"")]
    [InlineData("time_expire", "\"2020-01-31T09:30:00+08:00\"")]
    [InlineData("amount", "{\"total\":0}")]
    [InlineData("amount", "{\"total\":1.5}")]
    [InlineData("amount", "{\"total\":1e2}")]
    [InlineData("amount", "{\"total\":\"100\"}")]
    [InlineData("amount", "{\"currency\":\"CNY\"}")]
    [InlineData("amount", "{\"total\":1,\"currency\":\"USD\"}")]
    [InlineData("payer", "{}")]
    public async Task A_wrong_member_is_named(string name, string json)
    {
        var body = Bodies.Jsapi(_gateway).With(name, JsonNode.Parse(json)).ToJsonString();

        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", body);

        Assert.Equal("PARAM_ERROR", answer.Code);
        Assert.StartsWith("/" + name, (string?)answer.Json["detail"]!["field"], StringComparison.Ordinal);
        Assert.Empty(_gateway.Orders);
    }

    [Theory]
    [InlineData("appid")]
    [InlineData("mchid")]
    [InlineData("description")]
    [InlineData("out_trade_no")]
    [InlineData("notify_url")]
    [InlineData("amount")]
    [InlineData("payer")]
    public async Task A_missing_member_is_named(string name)
    {
        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway).Without(name).ToJsonString());

        Assert.Equal("/" + name, (string?)answer.Json["detail"]!["field"]);
    }

    [Fact]
    public async Task The_application_has_to_belong_to_the_merchant()
    {
        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway).With("appid", "wx1").ToJsonString());

        Assert.Equal("APPID_MCHID_NOT_MATCH", answer.Code);
    }

    [Fact]
    public async Task Encrypted_fields_are_opened_and_compared_by_their_content()
    {
        JsonObject Order() => Bodies.Jsapi(_gateway).With("payer", new JsonObject
        {
            ["openid"] = "oTESTONLY0000000000000000001",
            ["identity"] = new JsonObject { ["type"] = "IDCARD", ["number"] = Encrypt("11010119900101001X"), ["name"] = Encrypt("张三") },
        });
        _client.WechatpaySerial = _gateway.Merchant.PublicKeyId;

        var first = await OrderAsync(Order());

        // Encrypted again the text is another one, the order is the same.
        Assert.Equal(first, await OrderAsync(Order()));
        Assert.Equal("张三", (string?)JsonNode.Parse(_gateway.Orders.Single().RequestJson)!["payer"]!["identity"]!["name"]);
    }

    [Fact]
    public async Task Plain_text_where_ciphertext_is_due_is_refused()
    {
        var body = Bodies.Jsapi(_gateway).With("payer", new JsonObject
        {
            ["openid"] = "oTESTONLY0000000000000000001",
            ["identity"] = new JsonObject { ["type"] = "IDCARD", ["number"] = "11010119900101001X", ["name"] = "张三" },
        });
        Assert.Equal("Wechatpay-Serial", (string?)(await _client.PostAsync("/v3/pay/transactions/jsapi", body.ToJsonString())).Json["detail"]!["field"]);

        _client.WechatpaySerial = _gateway.Merchant.PublicKeyId;
        Assert.Contains("does not decrypt", (await _client.PostAsync("/v3/pay/transactions/jsapi", body.ToJsonString())).Explanation, StringComparison.Ordinal);
    }

    private string Encrypt(string text)
    {
        using var key = Signatures.ImportPublic(_gateway.Merchant.PublicKey);
        return Convert.ToBase64String(key.Encrypt(Encoding.UTF8.GetBytes(text), System.Security.Cryptography.RSAEncryptionPadding.OaepSHA1));
    }

    private async Task<string> OrderAsync(JsonObject? body = null)
    {
        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", (body ?? Bodies.Jsapi(_gateway)).ToJsonString());
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return (string)answer.Json["prepay_id"]!;
    }

    private Task<Answer> CloseAsync()
        => _client.PostAsync($"/v3/pay/transactions/out-trade-no/{Bodies.OutTradeNo}/close", """{"mchid":"1900000001"}""");
}
