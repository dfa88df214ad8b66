using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Notifications arrive over real HTTP, signed and encrypted, and are repeated until they are accepted.</summary>
public sealed class NotificationTests : IAsyncLifetime
{
    private MerchantListener _listener = null!;

    public async ValueTask InitializeAsync() => _listener = await MerchantListener.StartAsync();

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    [Fact]
    public async Task A_payment_is_announced()
    {
        await using var gateway = await StartAsync(new SandboxOptions());
        var payment = await OrderAndPayAsync(gateway);

        Assert.True(await payment.Notification.Delivered);

        var received = Assert.Single(_listener.Requests);
        var envelope = JsonNode.Parse(received.Body)!;
        Assert.Equal("POST", received.Method);
        Assert.Equal("application/json", received.Headers["Content-Type"]);
        Assert.Equal(gateway.Merchant.PublicKeyId, received.Headers["Wechatpay-Serial"]);
        Assert.True(IsSigned(received, gateway.Merchant.PublicKey));
        Assert.Equal(payment.Notification.Id, (string?)envelope["id"]);
        Assert.Equal("TRANSACTION.SUCCESS", (string?)envelope["event_type"]);
        Assert.Equal("encrypt-resource", (string?)envelope["resource_type"]);
        Assert.Equal("transaction", (string?)envelope["resource"]!["original_type"]);
        var transaction = Open(envelope, gateway.Merchant);
        Assert.Equal(Bodies.OutTradeNo, (string?)transaction["out_trade_no"]);
        Assert.Equal(payment.TransactionId, (string?)transaction["transaction_id"]);
        Assert.Equal("1900000001", (string?)transaction["mchid"]);
        Assert.Equal(100, (long)transaction["amount"]!["total"]!);
        var delivery = Assert.Single(gateway.Deliveries);
        Assert.True(delivery.IsAccepted);
        Assert.Equal(204, delivery.Status);
    }

    [Theory]
    [InlineData(SandboxRefundResult.Success, "REFUND.SUCCESS", "SUCCESS")]
    [InlineData(SandboxRefundResult.Abnormal, "REFUND.ABNORMAL", "ABNORMAL")]
    [InlineData(SandboxRefundResult.Closed, "REFUND.CLOSED", "CLOSED")]
    public async Task The_end_of_a_refund_is_announced(SandboxRefundResult result, string eventType, string status)
    {
        await using var gateway = await StartAsync(new SandboxOptions { RefundDelay = null });
        await (await OrderAndPayAsync(gateway)).Notification.Delivered;
        await RefundAsync(gateway);

        var notification = await gateway.CompleteRefundAsync("REFUND-1", result, TestContext.Current.CancellationToken);

        Assert.True(await notification!.Delivered);
        var received = _listener.Requests.Last();
        var envelope = JsonNode.Parse(received.Body)!;
        Assert.Equal(eventType, (string?)envelope["event_type"]);
        var refund = Open(envelope, gateway.Merchant);
        Assert.Equal("REFUND-1", (string?)refund["out_refund_no"]);
        Assert.Equal(status, (string?)refund["refund_status"]);
        Assert.Equal(30, (long)refund["amount"]!["refund"]!);
        Assert.Equal(result == SandboxRefundResult.Success, refund["success_time"] is not null);
    }

    [Fact]
    public async Task A_refund_ends_by_itself()
    {
        await using var gateway = await StartAsync(new SandboxOptions { RefundDelay = TimeSpan.FromMilliseconds(20) });
        await (await OrderAndPayAsync(gateway)).Notification.Delivered;

        await RefundAsync(gateway);

        await WaitForAsync(() => gateway.Deliveries.Any(d => d.EventType == "REFUND.SUCCESS"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(302)]
    [InlineData(201)]
    public async Task Whatever_is_not_200_or_204_is_repeated_with_a_fresh_signature(int status)
    {
        _listener.Statuses.Enqueue(status);
        _listener.Statuses.Enqueue(status);
        await using var gateway = await StartAsync(new SandboxOptions());
        var payment = await OrderAndPayAsync(gateway);

        Assert.True(await payment.Notification.Delivered);

        Assert.Equal([status, status, 204], gateway.Deliveries.Select(d => d.Status!.Value));
        Assert.Equal([1, 2, 3], gateway.Deliveries.Select(d => d.Attempt));
        var received = _listener.Requests.ToArray();
        Assert.All(received, r => Assert.True(IsSigned(r, gateway.Merchant.PublicKey)));
        Assert.All(received, r => Assert.Equal(received[0].Body, r.Body));
        Assert.Equal(3, received.Select(r => r.Headers["Wechatpay-Nonce"]).Distinct().Count());
    }

    [Fact]
    public async Task The_waits_follow_the_schedule_and_the_clock()
    {
        var clock = new WatchedClock();
        for (var i = 0; i < 100; i++)
            _listener.Statuses.Enqueue(500);

        await using var gateway = await StartAsync(new SandboxOptions { TimeProvider = clock, NotificationSpeedUp = 1 });
        var payment = await OrderAndPayAsync(gateway, clock);

        var attempts = 1;
        foreach (var wait in SandboxOptions.StandardNotificationSchedule)
        {
            // The wait begins a moment after the delivery is recorded.
            await WaitForAsync(() => clock.Waits.Count(w => w != new SandboxOptions().NotificationTimeout) == attempts);
            Assert.Equal(attempts, gateway.Deliveries.Count);
            Assert.False(payment.Notification.Delivered.IsCompleted);
            clock.Advance(wait);
            attempts++;
        }

        Assert.False(await payment.Notification.Delivered);
        Assert.Equal(16, gateway.Deliveries.Count);
        Assert.Equal(new TimeSpan(24, 4, 0), gateway.Deliveries[^1].SentAt - gateway.Deliveries[0].SentAt);
    }

    [Fact]
    public async Task A_duplicate_can_be_sent()
    {
        await using var gateway = await StartAsync(new SandboxOptions());
        var payment = await OrderAndPayAsync(gateway);
        await payment.Notification.Delivered;

        var delivery = await gateway.ResendAsync(payment.Notification, TestContext.Current.CancellationToken);

        Assert.True(delivery.IsAccepted);
        Assert.Equal(2, _listener.Requests.Count);
        Assert.Equal(_listener.Requests.First().Body, _listener.Requests.Last().Body);
    }

    [Theory]
    [InlineData("http://192.0.2.1/notify")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://[2001:db8::1]/notify")]
    public async Task Remote_addresses_get_nothing(string url)
    {
        await using var gateway = await StartAsync(new SandboxOptions { NotificationSchedule = [] });

        var payment = await OrderAndPayAsync(gateway, url: url);

        Assert.False(await payment.Notification.Delivered);
        Assert.Contains("loopback and private addresses only", Assert.Single(gateway.Deliveries).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("192.168.1.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("11.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2001:db8::1", false)]
    public void Near_addresses_are_loopback_and_private(string address, bool isNear)
        => Assert.Equal(isNear, NotificationConnector.IsNear(IPAddress.Parse(address)));

    [Fact]
    public async Task During_the_migration_both_keys_sign()
    {
        using var merchant = SandboxMerchant.Create();
        merchant.KeyMode = SandboxKeyMode.Migration;
        await using var gateway = await StartAsync(new SandboxOptions { Merchants = { merchant } });

        merchant.PublicKeyShare = 1;
        var payment = await OrderAndPayAsync(gateway);
        await payment.Notification.Delivered;
        merchant.PublicKeyShare = 0;
        await gateway.ResendAsync(payment.Notification, TestContext.Current.CancellationToken);

        Assert.True(IsSigned(_listener.Requests.First(), merchant.PublicKey));
        Assert.True(IsSigned(_listener.Requests.Last(), merchant.PlatformCertificates.Single().Pem));
    }

    private static bool IsSigned(Received received, string pem) => Signatures.Verify(
        pem, received.Headers["Wechatpay-Timestamp"], received.Headers["Wechatpay-Nonce"], received.Body, received.Headers["Wechatpay-Signature"]);

    private static JsonNode Open(JsonNode envelope, SandboxMerchant merchant)
    {
        var box = envelope["resource"]!;
        Assert.Equal("AEAD_AES_256_GCM", (string?)box["algorithm"]);
        return JsonNode.Parse(Signatures.Decrypt(merchant.ApiV3Key, (string)box["nonce"]!, (string)box["associated_data"]!, (string)box["ciphertext"]!))!;
    }

    private static Task<SandboxGateway> StartAsync(SandboxOptions options)
    {
        if (options.Merchants.Count == 0)
            options.Merchants.Add(TestMerchants.First);

        return SandboxGateway.StartAsync(options, TestContext.Current.CancellationToken);
    }

    private async Task<SandboxPayment> OrderAndPayAsync(SandboxGateway gateway, TimeProvider? clock = null, string? url = null)
    {
        using var client = new HandMadeClient(gateway) { Clock = clock ?? TimeProvider.System };
        var answer = await client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(gateway).With("notify_url", url ?? _listener.Url).ToJsonString());
        return await gateway.PayAsync((string)answer.Json["prepay_id"]!, TestContext.Current.CancellationToken);
    }

    private async Task RefundAsync(SandboxGateway gateway)
    {
        using var client = new HandMadeClient(gateway);
        var answer = await client.PostAsync(
            "/v3/refund/domestic/refunds", Bodies.Refund("REFUND-1", 30, 100).With("notify_url", _listener.Url).ToJsonString());
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (var i = 0; i < 3000 && !condition(); i++)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        Assert.True(condition());
    }

    /// <summary>Tells when somebody has begun to wait.</summary>
    private sealed class WatchedClock() : FakeTimeProvider(DateTimeOffset.UtcNow)
    {
        public ConcurrentQueue<TimeSpan> Waits { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Waits.Enqueue(dueTime);
            return timer;
        }
    }
}
