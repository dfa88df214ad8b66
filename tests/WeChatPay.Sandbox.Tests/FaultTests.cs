using System.Net;
using System.Net.Http;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Faults strike where they are aimed at, as often as ordered, and only there.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string Query = $"/v3/pay/transactions/out-trade-no/{Bodies.OutTradeNo}?mchid=1900000001";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private SandboxGateway _gateway = null!;
    private HandMadeClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await SandboxGateway.StartAsync(
            new SandboxOptions { Merchants = { TestMerchants.First }, TimeProvider = _clock }, TestContext.Current.CancellationToken);
        _client = new HandMadeClient(_gateway) { Clock = _clock };
        await OrderAsync(Bodies.OutTradeNo);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_tampered_body_differs_in_one_bit_and_once()
    {
        var good = await QueryAsync();
        _gateway.Faults.Add(SandboxFault.TamperBody());

        var bad = await QueryAsync();
        var after = await QueryAsync();

        Assert.Equal(1, good.Body.Zip(bad.Body, (a, b) => System.Numerics.BitOperations.PopCount((uint)(a ^ b))).Sum());
        Assert.False(bad.IsSignedBy(_gateway.Merchant.PublicKey));
        Assert.True(after.IsSignedBy(_gateway.Merchant.PublicKey));
        Assert.Equal(["tampered body"], _gateway.Exchanges[^2].Faults);
    }

    [Fact]
    public async Task An_answer_without_content_is_tampered_with_as_well()
    {
        const string Close = $"/v3/pay/transactions/out-trade-no/{Bodies.OutTradeNo}/close";
        const string Merchant = """{"mchid":"1900000001"}""";
        _gateway.Faults.Add(SandboxFault.TamperBody());
        var tampered = await _client.PostAsync(Close, Merchant);
        _gateway.Faults.Add(SandboxFault.AnswerWith("{}"));
        var other = await _client.PostAsync(Close, Merchant);
        var good = await _client.PostAsync(Close, Merchant);

        Assert.False(tampered.IsSignedBy(_gateway.Merchant.PublicKey));
        Assert.Equal("{}", Encoding.UTF8.GetString(other.Body));
        Assert.True(other.IsSignedBy(_gateway.Merchant.PublicKey));
        Assert.Equal(HttpStatusCode.NoContent, good.Status);
        Assert.True(good.IsSignedBy(_gateway.Merchant.PublicKey));
        Assert.Equal([200, 200, 204], _gateway.Exchanges.TakeLast(3).Select(e => e.Status));
    }

    [Fact]
    public async Task A_tampered_signature_is_still_base64()
    {
        _gateway.Faults.Add(SandboxFault.TamperSignature());

        Assert.False((await QueryAsync()).IsSignedBy(_gateway.Merchant.PublicKey));
    }

    [Fact]
    public async Task A_probe_signature_begins_like_the_real_ones()
    {
        _gateway.Faults.Add(SandboxFault.ProbeSignature());

        Assert.StartsWith("WECHATPAY/SIGNTEST/", (await QueryAsync()).Header("Wechatpay-Signature"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_can_be_dropped_replaced_and_doubled()
    {
        _gateway.Faults.Add(SandboxFault.DropHeader("Wechatpay-Nonce"));
        Assert.False((await QueryAsync()).Headers.ContainsKey("Wechatpay-Nonce"));

        _gateway.Faults.Add(SandboxFault.DropSignature());
        Assert.DoesNotContain((await QueryAsync()).Headers.Keys, k => k.StartsWith("Wechatpay-", StringComparison.OrdinalIgnoreCase));

        _gateway.Faults.Add(SandboxFault.ReplaceHeader("Wechatpay-Serial", "PUB_KEY_ID_X"));
        Assert.Equal("PUB_KEY_ID_X", (await QueryAsync()).Header("Wechatpay-Serial"));

        _gateway.Faults.Add(SandboxFault.DuplicateHeader("Wechatpay-Timestamp"));
        Assert.Equal(2, (await QueryAsync()).Headers["Wechatpay-Timestamp"].Length);
    }

    [Fact]
    public async Task A_shifted_clock_signs_rightly_for_another_time()
    {
        _gateway.Faults.Add(SandboxFault.ShiftClock(TimeSpan.FromSeconds(-301)));

        var answer = await QueryAsync();

        var timestamp = long.Parse(answer.Header("Wechatpay-Timestamp"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(301, _clock.GetUtcNow().ToUnixTimeSeconds() - timestamp);
        Assert.True(answer.IsSignedBy(_gateway.Merchant.PublicKey));
    }

    [Fact]
    public async Task A_swapped_answer_is_validly_signed_but_belongs_to_another_order()
    {
        await OrderAsync("TEST-ORDER-0002");
        await _client.GetAsync(Query.Replace(Bodies.OutTradeNo, "TEST-ORDER-0002", StringComparison.Ordinal));
        _gateway.Faults.Add(SandboxFault.SwapAnswer());

        var answer = await QueryAsync();

        Assert.Equal("TEST-ORDER-0002", (string?)answer.Json["out_trade_no"]);
        Assert.True(answer.IsSignedBy(_gateway.Merchant.PublicKey));
    }

    [Fact]
    public async Task Any_json_can_be_answered_with_a_valid_signature()
    {
        _gateway.Faults.Add(SandboxFault.AnswerWith("""{"trade_state":"新"}"""));

        var answer = await QueryAsync();

        Assert.Equal("""{"trade_state":"新"}""", Encoding.UTF8.GetString(answer.Body));
        Assert.True(answer.IsSignedBy(_gateway.Merchant.PublicKey));
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_order_behind()
    {
        _gateway.Faults.Add(SandboxFault.LoseAnswer());

        await Assert.ThrowsAsync<HttpRequestException>(() => OrderAsync("TEST-ORDER-0002"));

        Assert.Contains(_gateway.Orders, o => o.OutTradeNo == "TEST-ORDER-0002");
    }

    [Fact]
    public async Task A_failure_leaves_nothing_behind_and_is_not_signed()
    {
        _gateway.Faults.Add(SandboxFault.Fail(500, "SYSTEM_ERROR"));

        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway, "TEST-ORDER-0002").ToJsonString());

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Equal("SYSTEM_ERROR", answer.Code);
        Assert.False(answer.Headers.ContainsKey("Wechatpay-Signature"));
        Assert.Single(_gateway.Orders);
    }

    [Fact]
    public async Task A_delay_comes_after_the_work()
    {
        _gateway.Faults.Add(SandboxFault.Delay(TimeSpan.FromSeconds(20)));

        var order = OrderAsync("TEST-ORDER-0002");
        while (_gateway.Orders.Count == 1)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        // The order stands, the answer waits for the gateway's clock.
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(order.IsCompleted);
        while (!order.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(20));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await order;
    }

    [Fact]
    public async Task Faults_can_be_aimed_repeated_and_forgotten()
    {
        _gateway.Faults.Add(SandboxFault.DropSignature().On("GET", "/v3/pay/transactions/id/"));
        Assert.True((await QueryAsync()).Headers.ContainsKey("Wechatpay-Signature"));

        _gateway.Faults.Clear();
        _gateway.Faults.Add(SandboxFault.DropSignature().On("GET", "/v3/pay/transactions/out-trade-no/").Times(2));
        Assert.False((await QueryAsync()).Headers.ContainsKey("Wechatpay-Signature"));
        Assert.False((await QueryAsync()).Headers.ContainsKey("Wechatpay-Signature"));
        Assert.True((await QueryAsync()).Headers.ContainsKey("Wechatpay-Signature"));

        _gateway.Faults.Add(SandboxFault.DropSignature().Times(int.MaxValue));
        _gateway.Faults.Clear();
        Assert.True((await QueryAsync()).Headers.ContainsKey("Wechatpay-Signature"));
    }

    [Fact]
    public async Task Notifications_have_faults_of_their_own()
    {
        await using var listener = await MerchantListener.StartAsync();
        await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway, "TEST-ORDER-0002").With("notify_url", listener.Url).ToJsonString());
        _gateway.Faults.Add(SandboxFault.TamperSignature().OnNotifications("REFUND.SUCCESS"));
        _gateway.Faults.Add(SandboxFault.DropHeader("Wechatpay-Serial").OnNotifications("TRANSACTION.SUCCESS"));

        var payment = await _gateway.PayAsync("TEST-ORDER-0002", TestContext.Current.CancellationToken);
        await payment.Notification.Delivered;

        Assert.False(listener.Requests.Single().Headers.ContainsKey("Wechatpay-Serial"));
        Assert.True((await QueryAsync()).Headers.ContainsKey("Wechatpay-Serial"));
    }

    private Task<Answer> QueryAsync() => _client.GetAsync(Query);

    private async Task OrderAsync(string number)
        => Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway, number).ToJsonString())).Status);
}
