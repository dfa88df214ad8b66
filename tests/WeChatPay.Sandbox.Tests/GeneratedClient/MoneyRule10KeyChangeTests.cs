using System.IO;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Sandbox.Tests.GeneratedClient;

/// <summary>Rule 10 over real HTTP: certificates rotate, expire and give way to the public key and back, and no good message is ever refused.</summary>
public sealed class MoneyRule10KeyChangeTests
{
    private const int Callers = 16;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>With the public key configured and the migration not begun, answers too are signed with the newest certificate at once.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rotation_under_load_refuses_no_answer_and_no_notification(bool hasPublicKey)
    {
        for (var round = 0; round < 5; round++)
        {
            // A clock that stands still: the time limits are no matter of this test, and a busy machine must not fail it.
            var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
            using var merchant = SandboxMerchant.Create(timeProvider: clock);
            merchant.KeyMode = SandboxKeyMode.Certificate;
            await using var listener = await MerchantListener.StartAsync();
            await using var shop = await Shop.OpenAsync(
                merchant,
                options =>
                {
                    if (!hasPublicKey)
                        options.PublicKeyId = options.PublicKey = null;

                    // With the public key the first certificate would be an unknown one too, and the second would come within the same minute.
                    if (hasPublicKey || round % 2 == 1)
                        options.PlatformCertificates = [merchant.PlatformCertificates[0].Pem];
                },
                new SandboxOptions { TimeProvider = clock });

            var calls = 0;
            var rotated = new TaskCompletionSource();
            var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                for (var (i, after) = (0, 0); after < 4; i++)
                {
                    if (rotated.Task.IsCompleted)
                        after++;
                    await CallAsync(shop, listener, $"TEST-{round}-{caller}-{i:D4}", pays: i % 4 == 0);
                    Interlocked.Increment(ref calls);
                }
            }, Ct)).ToArray();
            while (Volatile.Read(ref calls) < 3 * Callers && !callers.Any(task => task.IsFaulted))
                await Task.Delay(5, Ct);
            merchant.AddPlatformCertificate();
            rotated.SetResult();
            await Task.WhenAll(callers);
            await ReadAllAsync(shop, listener);

            // The old list, perhaps, and the one that brought the new certificate.
            Assert.InRange(shop.Gateway.Exchanges.Count(exchange => exchange.Target.StartsWith("/v3/certificates", StringComparison.Ordinal)), 1, 2);
        }
    }

    [Fact]
    public async Task A_client_that_starts_with_an_expired_certificate_recovers()
    {
        using var merchant = SandboxMerchant.Create();
        merchant.KeyMode = SandboxKeyMode.Certificate;
        await using var shop = await Shop.OpenAsync(merchant, options =>
        {
            options.PublicKeyId = options.PublicKey = null;
            options.PlatformCertificates = [File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "keys", "TEST_ONLY_platform_expired.cert.pem"))];
        });
        Assert.NotNull((await shop.OrderAsync("TEST-ORDER-0001")).PrepayId);
        Assert.Equal("/v3/certificates", shop.Gateway.Exchanges[0].Target);
        Assert.False(shop.Gateway.Exchanges[0].RequestHeaders.ContainsKey("Wechatpay-Serial"));
    }

    [Fact]
    public async Task Sensitive_members_are_encrypted_with_the_newest_certificate()
    {
        using var merchant = SandboxMerchant.Create();
        merchant.KeyMode = SandboxKeyMode.Certificate;
        var newest = merchant.AddPlatformCertificate();
        await using var shop = await Shop.OpenAsync(merchant, options => options.PublicKeyId = options.PublicKey = null);
        var order = shop.Order("TEST-ORDER-0001");
        order.Payer.Identity = new() { Type = "IDCARD", Number = "11010119900101001X", Name = "张三" };
        await shop.Client.V3.Pay.Transactions.Jsapi.PostAsync(order, cancellationToken: Ct);
        Assert.Equal(newest.SerialNumber, shop.Gateway.Exchanges[^1].RequestHeaders["Wechatpay-Serial"]);
    }

    /// <summary>Answers follow the serial that was asked for, notifications come mixed in a random share, and the way is gone in both directions.</summary>
    [Fact]
    public async Task The_migration_to_the_public_key_and_back_refuses_nothing()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var merchant = SandboxMerchant.Create(timeProvider: clock);
        await using var listener = await MerchantListener.StartAsync();
        merchant.KeyMode = SandboxKeyMode.Certificate;
        await using var shop = await Shop.OpenAsync(merchant, sandbox: new SandboxOptions { TimeProvider = clock });
        var random = new Random(20241015);
        SandboxKeyMode[] way = [SandboxKeyMode.Certificate, SandboxKeyMode.Migration, SandboxKeyMode.PublicKey, SandboxKeyMode.Migration, SandboxKeyMode.Certificate, SandboxKeyMode.PublicKey, SandboxKeyMode.Migration];
        var number = 0;
        foreach (var mode in way)
        {
            merchant.KeyMode = mode;
            for (var i = 0; i < 6; i++)
            {
                merchant.PublicKeyShare = random.NextDouble();
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CallAsync(shop, listener, $"TEST-{Interlocked.Increment(ref number):D6}", pays: true)));
            }
        }

        var serials = await ReadAllAsync(shop, listener);
        Assert.Equal(way.Length * 6 * 4, serials.Count);
        Assert.InRange(serials.Count(serial => serial == merchant.PublicKeyId), 50, 150);
        Assert.All(
            shop.Gateway.Exchanges.Where(exchange => !exchange.Target.StartsWith("/v3/certificates", StringComparison.Ordinal)),
            exchange => Assert.Equal(merchant.PublicKeyId, exchange.RequestHeaders["Wechatpay-Serial"]));
    }

    /// <summary>A merchant that has not taken the public key yet lives on certificates until it does, also while its answers could have the public key.</summary>
    [Fact]
    public async Task A_client_that_knows_certificates_only_keeps_getting_their_answers_during_the_migration()
    {
        using var merchant = SandboxMerchant.Create();
        merchant.KeyMode = SandboxKeyMode.Migration;
        await using var shop = await Shop.OpenAsync(merchant, options => options.PublicKeyId = options.PublicKey = null);
        for (var i = 0; i < 8; i++)
            Assert.NotNull((await shop.OrderAsync($"TEST-ORDER-{i:D4}")).PrepayId);
        Assert.Equal(merchant.PlatformCertificates.Single().SerialNumber, shop.Gateway.Exchanges[^1].RequestHeaders["Wechatpay-Serial"]);
    }

    [Fact]
    public async Task A_merchant_with_the_public_key_alone_asks_for_no_certificates()
    {
        await using var listener = await MerchantListener.StartAsync();
        await using var shop = await Shop.OpenAsync();
        await CallAsync(shop, listener, "TEST-ORDER-0001", pays: true);
        Assert.Equal([shop.Gateway.Merchant.PublicKeyId], await ReadAllAsync(shop, listener));
        Assert.DoesNotContain(shop.Gateway.Exchanges, exchange => exchange.Target.Contains("certificates", StringComparison.Ordinal));
    }

    /// <summary>Orders and queries, and pays some of the orders.</summary>
    private static async Task CallAsync(Shop shop, MerchantListener listener, string outTradeNo, bool pays)
    {
        var order = shop.Order(outTradeNo);
        order.NotifyUrl = listener.Url;
        var answer = await shop.Client.V3.Pay.Transactions.Jsapi.PostAsync(order, cancellationToken: Ct);
        if (pays)
        {
            var payment = await shop.Gateway.PayAsync(answer.PrepayId!, Ct);
            await payment.Notification!.Delivered.WaitAsync(Ct);
        }

        Assert.Equal(outTradeNo, (await shop.QueryAsync(outTradeNo)).OutTradeNo);
    }

    /// <summary>Verifies every notification that came.</summary>
    /// <returns>The serials of the keys that signed them.</returns>
    private static async Task<List<string>> ReadAllAsync(Shop shop, MerchantListener listener)
    {
        var serials = new List<string>();
        foreach (var received in listener.Requests)
        {
            var notification = await shop.Client.Notifications.ReadAsync(
                new(name => received.Headers.TryGetValue(name, out var value) ? [value] : [], received.Body), Ct);
            Assert.Equal("TRANSACTION.SUCCESS", notification.EventType);
            serials.Add(received.Headers["Wechatpay-Serial"]);
        }

        return serials;
    }
}
