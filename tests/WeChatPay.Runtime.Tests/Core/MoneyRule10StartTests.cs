using System.Net.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 10: whether there are keys to work with is found at the start of the host; a merchant that has one starts without the network.</summary>
public class MoneyRule10StartTests
{
    private static readonly TestCertificate Platform = new(TestCertificate.SerialOf(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_merchant_without_any_key_and_without_certificates_at_WeChat_Pay_stops_the_start()
    {
        await using var provider = Host(new FakeApi(_ => FakeApi.Unsigned("""{"code":"RESOURCE_NOT_EXISTS","message":"m"}""", 404)), "shop");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(provider));
        Assert.Contains("1900000001", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Set PublicKeyId and PublicKey", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merchant_without_any_key_has_its_certificates_when_the_host_has_started()
    {
        var api = new FakeApi(_ => Platform.Answer(TestCertificate.List(Platform)));
        await using var provider = Host(api, "");
        await StartAsync(provider);
        Assert.Single(api.Requests);
        Assert.True(provider.GetRequiredService<TestClient>().Core.Keyring.IsReady);
    }

    [Fact]
    public async Task Many_merchants_without_keys_ask_a_few_at_a_time()
    {
        var (running, most) = (0, 0);
        var api = new FakeApi(_ =>
        {
            Interlocked.Decrement(ref running);
            return Platform.Answer(TestCertificate.List(Platform));
        });
        api.Before = async (_, ct) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (api)
                most = Math.Max(most, now);
            await Task.Delay(5, ct);
        };
        var services = SecretWatch.Services();
        for (var i = 0; i < 24; i++)
        {
            var id = $"19000000{i:D2}";
            services.AddWeChatPay<TestClient>(id, options =>
            {
                TestMerchant.Copy(TestMerchant.Options(), options);
                (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.FetchPlatformCertificates) = (null, null, [], true);
                options.MerchantId = id;
            });
            services.AddHttpClient("WeChatPay:" + id).ConfigurePrimaryHttpMessageHandler(() => api);
        }

        await using var provider = services.BuildServiceProvider();
        await StartAsync(provider);
        Assert.Equal(24, api.Requests.Count);
        Assert.InRange(most, 1, 4);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("unsigned")]
    [InlineData("silent")]
    public async Task A_failure_that_may_pass_does_not_stop_the_start(string failure)
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var api = new FakeApi(_ => failure == "500" ? FakeApi.Unsigned("""{"code":"SYSTEM_ERROR"}""", 500) : FakeApi.Unsigned(TestCertificate.List(Platform), 200));
        if (failure == "silent")
            api.Before = (_, ct) => Task.Delay(Timeout.Infinite, ct);
        await using var provider = Host(api, "shop", clock: clock);
        var start = StartAsync(provider);
        while (!start.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Ct);
        }

        await start;
        Assert.False(provider.GetRequiredKeyedService<TestClient>("shop").Core.Keyring.IsReady);
    }

    [Fact]
    public async Task A_start_that_is_given_up_ends()
    {
        var api = new FakeApi("{}") { Before = (_, ct) => Task.Delay(Timeout.Infinite, ct) };
        await using var provider = Host(api, "shop");
        using var impatient = new CancellationTokenSource();
        var start = provider.GetServices<IHostedService>().Single().StartAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    [Theory]
    [InlineData("public key")]
    [InlineData("certificate")]
    public async Task A_merchant_with_a_key_starts_without_the_network(string has)
    {
        var api = new FakeApi(_ => throw new HttpRequestException("no network"));
        await using var provider = Host(api, "shop", options =>
        {
            if (has == "certificate")
                options.PlatformCertificates = [TestMerchant.KeyText("platform.cert.pem")];
            else
                (options.PublicKeyId, options.PublicKey) = (TestMerchant.PublicKeyId, TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem"));
        });
        await StartAsync(provider);
        Assert.Empty(api.Requests);
    }

    private static Task StartAsync(ServiceProvider provider) => Assert.Single(provider.GetServices<IHostedService>()).StartAsync(Ct);

    private static ServiceProvider Host(HttpMessageHandler api, string name, Action<WeChatPayOptions>? change = null, TimeProvider? clock = null)
    {
        var services = SecretWatch.Services();
        void Configure(WeChatPayOptions options)
        {
            TestMerchant.Copy(TestMerchant.Options(clock), options);
            (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.FetchPlatformCertificates) = (null, null, [], true);
            change?.Invoke(options);
        }

        if (name.Length == 0)
            services.AddWeChatPay<TestClient>(Configure);
        else
            services.AddWeChatPay<TestClient>(name, Configure);
        services.AddHttpClient(name.Length == 0 ? "WeChatPay" : "WeChatPay:" + name).ConfigurePrimaryHttpMessageHandler(() => api);
        return services.BuildServiceProvider();
    }
}
