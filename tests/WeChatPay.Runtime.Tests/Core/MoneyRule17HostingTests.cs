using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WeChatPay.Transport;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 17: one thread-safe singleton over a handler that is set up as the API needs it; wrong options show at the start.</summary>
public class MoneyRule17HostingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_client_is_a_singleton_that_works()
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        await using var provider = Services(api).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var client = provider.GetRequiredService<TestClient>();
        Assert.Same(client, provider.CreateScope().ServiceProvider.GetRequiredService<TestClient>());
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
    }

    [Fact]
    public void Wrong_options_stop_the_start_of_the_host()
    {
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>("shop", options => options.MerchantId = "wx1");
        using var provider = services.BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal(4, failure.Failures.Count());
        Assert.All(failure.Failures, text => Assert.EndsWith("(merchant 'shop')", text, StringComparison.Ordinal));
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<TestClient>("shop"));
    }

    [Fact]
    public void Right_options_pass_the_start_of_the_host()
    {
        using var provider = Services(new FakeApi("{}")).BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void A_further_client_type_shares_the_merchants_core()
    {
        var services = Services(new FakeApi("{}"));
        services.AddWeChatPay<TestClient>("b", options => TestMerchant.Copy(TestMerchant.Options(), options));
        services.AddWeChatPayClient<OtherClient>();
        services.AddWeChatPayClient<OtherClient>("b");
        using var provider = services.BuildServiceProvider();
        Assert.Same(provider.GetRequiredService<TestClient>().Core, provider.GetRequiredService<OtherClient>().Core);
        Assert.Same(provider.GetRequiredKeyedService<TestClient>("b").Core, provider.GetRequiredKeyedService<OtherClient>("b").Core);
        Assert.NotSame(provider.GetRequiredService<OtherClient>().Core, provider.GetRequiredKeyedService<OtherClient>("b").Core);
        Assert.Single(provider.GetServices<OtherClient>());
    }

    private sealed class OtherClient(WeChatPayCore core) : WeChatPayClientBase(core), IWeChatPayClient<OtherClient>
    {
        public static OtherClient Create(WeChatPayCore core) => new(core);
    }

    [Fact]
    public void The_connections_are_set_up_as_the_API_needs_them()
    {
        var proxy = new WebProxy("http://proxy.example:3128");
        using var handler = Connections.CreateHandler(proxy);
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(DecompressionMethods.None, handler.AutomaticDecompression);
        Assert.Equal(TimeSpan.FromSeconds(7), handler.PooledConnectionIdleTimeout);
        Assert.InRange(handler.PooledConnectionLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        Assert.Same(proxy, handler.Proxy);
    }

    [Fact]
    public void The_factorys_client_has_these_connections_too_and_no_time_limit_of_its_own()
    {
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>(options => TestMerchant.Copy(TestMerchant.Options(), options));
        using var provider = services.BuildServiceProvider();
        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("WeChatPay");
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<SocketsHttpHandler>(handler).PooledConnectionIdleTimeout);
        Assert.Equal(Timeout.InfiniteTimeSpan, provider.GetRequiredService<IHttpClientFactory>().CreateClient("WeChatPay").Timeout);
    }

    [Fact]
    public async Task Handlers_and_clients_that_were_handed_in_outlive_the_client()
    {
        var api = new FakeApi("{}");
        using var http = new HttpClient(api);
        new TestClient(TestMerchant.Options(), http).Dispose();
        new TestClient(TestMerchant.Options(), api).Dispose();
        using var client = new TestClient(TestMerchant.Options(), http);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
    }

    [Fact]
    public async Task Activities_and_measurements_tell_operation_status_and_outcome()
    {
        var activities = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "WeChatPay",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (activities)
                {
                    activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var outcomes = new List<string?>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Meter.Name == "WeChatPay") l.EnableMeasurementEvents(instrument); } };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            lock (outcomes)
            {
                outcomes.Add(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal)));
            }
        });
        meters.Start();

        using var parent = new Activity("test").Start();
        var status = 200;
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(_ => FakeApi.Signed("""{"code":"NO_AUTH"}""".Replace("code", status == 200 ? "x" : "code", StringComparison.Ordinal), status)));
        await client.Orders.GetAsync("SECRET-ORDER", null, Ct);
        status = 403;
        await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.GetAsync("SECRET-ORDER", null, Ct));

        List<Activity> own;
        lock (activities)
        {
            own = [.. activities.Where(activity => activity.TraceId == parent.TraceId)];
        }

        Assert.Equal(["GET /v3/pay/transactions/out-trade-no/{out_trade_no}"], own.Select(activity => activity.DisplayName).Distinct());
        Assert.Equal(["Succeeded", "Rejected"], own.Select(activity => activity.GetTagItem("wechatpay.outcome")));
        Assert.Equal([200, 403], own.Select(activity => activity.GetTagItem("http.response.status_code")));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], own.Select(activity => activity.Status));
        Assert.Equal("NO_AUTH", own[1].GetTagItem("error.type"));
        Assert.Equal("08TESTONLY0000000000-0", own[0].GetTagItem("wechatpay.request_id"));
        lock (outcomes)
        {
            Assert.Contains(
                "error.type=NO_AUTH http.request.method=GET http.response.status_code=403 url.template=/v3/pay/transactions/out-trade-no/{out_trade_no} wechatpay.outcome=Rejected", outcomes);
        }
    }

    private static ServiceCollection Services(HttpMessageHandler api)
    {
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>(options => TestMerchant.Copy(TestMerchant.Options(), options));
        services.AddHttpClient("WeChatPay").ConfigurePrimaryHttpMessageHandler(() => api);
        return services;
    }
}
