using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.AspNetCore.Tests;

/// <summary>Money rule 9 for merchants that are known only at run time: bound by the route, unknown 404, another's notification refused.</summary>
public sealed class MoneyRule09RunTimeMerchantTests
{
    private const string OtherKey = "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC";
    private const string ForC = """{"mchid":"1900000007"}""";

    private readonly HashSet<string> _known = ["c"];
    private readonly List<string> _asked = [];
    private readonly List<string> _calls = [];

    [Fact]
    public async Task The_route_names_a_merchant_of_the_factory()
    {
        await using var app = await StartAsync();
        var factory = app.App.Services.GetRequiredService<WeChatPayClientFactory>();
        Assert.Equal(HttpStatusCode.OK, await PostAsync(app, "c", NotificationMaker.Make(ForC, apiV3Key: OtherKey)));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(app, "d", NotificationMaker.Make(ForC, apiV3Key: OtherKey)));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(app, new string('c', 129), NotificationMaker.Make(ForC, apiV3Key: OtherKey)));
        Assert.Equal(["c", "d"], _asked);

        // What is sealed for another merchant, or names one inside, is refused there.
        Assert.Equal(HttpStatusCode.InternalServerError, await PostAsync(app, "c", NotificationMaker.Make()));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(app, "c", NotificationMaker.Make(apiV3Key: OtherKey)));
        Assert.Single(_calls);

        _known.Clear();
        await factory.RefreshAsync("c", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(app, "c", NotificationMaker.Make(ForC, apiV3Key: OtherKey)));
        Assert.Single(_calls);
    }

    /// <summary>Whatever the application's pages for errors are: WeChat Pay hears 500 and comes again.</summary>
    [Theory]
    [InlineData("fails")]
    [InlineData("hangs")]
    [InlineData("wrong options")]
    public async Task While_a_merchant_cannot_be_looked_up_its_notifications_come_again(string how)
    {
        var isDown = true;
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.Use(async (context, next) =>
                {
                    try
                    {
                        await next(context);
                    }
                    catch (Exception)
                    {
                        context.Response.StatusCode = 200;
                    }
                });
                app.MapWeChatPayNotificationsByRoute("/wechatpay/{merchant}/notify", "merchant").On<PaymentResource>((_, _) =>
                {
                    _calls.Add("c");
                    return Task.CompletedTask;
                });
            },
            services => services.AddWeChatPayClientFactory(async (_, _, token) =>
            {
                var options = new WeChatPayOptions();
                TestApp.CopyTo(options);
                (options.MerchantId, options.ApiV3Key, options.FetchPlatformCertificates) = ("1900000007", OtherKey, false);
                if (isDown && how == "fails")
                    throw new TimeoutException("the database is down");
                if (isDown && how == "hangs")
                    await Task.Delay(TimeSpan.FromSeconds(2.5), token);
                if (isDown && how == "wrong options")
                    options.ApiV3Key = "short";
                return options;
            }));
        Assert.Equal(HttpStatusCode.InternalServerError, await PostAsync(app, "c", NotificationMaker.Make(ForC, apiV3Key: OtherKey)));
        Assert.Empty(_calls);
        isDown = false;
        await Task.Delay(how == "hangs" ? 1000 : 0, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(app, "c", NotificationMaker.Make(ForC, apiV3Key: OtherKey)));
        Assert.Single(_calls);
    }

    [Fact]
    public async Task A_registered_name_comes_before_one_of_the_factory()
    {
        await using var app = await StartAsync(services => services.AddWeChatPay<TestClient>("c", TestApp.CopyTo));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(app, "c", NotificationMaker.Make()));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task The_health_check_knows_those_that_somebody_asked_for()
    {
        await using var app = await StartAsync(services => services.AddHealthChecks().AddWeChatPay());
        var check = app.App.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(1, (await check.CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["wechatpay"].Data["merchants"]);
        await app.App.Services.GetRequiredService<WeChatPayClientFactory>().GetAsync<TestClient>("c", TestContext.Current.CancellationToken);
        var entry = (await check.CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["wechatpay"];
        Assert.Equal(2, entry.Data["merchants"]);
        Assert.Contains("1900000007.platformKey", entry.Data.Keys);
    }

    private Task<TestApp> StartAsync(Action<IServiceCollection>? services = null) => TestApp.StartAsync(
        app => app.MapWeChatPayNotificationsByRoute("/wechatpay/{merchant}/notify", "merchant").On<PaymentResource>((n, _) =>
        {
            _calls.Add(n.Resource.ToString()!);
            return Task.CompletedTask;
        }),
        collection =>
        {
            collection.AddWeChatPayClientFactory((_, merchant, _) =>
            {
                _asked.Add(merchant);
                var options = new WeChatPayOptions();
                TestApp.CopyTo(options);
                (options.MerchantId, options.ApiV3Key, options.FetchPlatformCertificates) = ("1900000007", OtherKey, false);
                return new(_known.Contains(merchant) ? options : null);
            });
            services?.Invoke(collection);
        });

    private static async Task<HttpStatusCode> PostAsync(TestApp app, string merchant, NotificationMaker maker)
    {
        using var response = await app.PostAsync(maker, $"/wechatpay/{merchant}/notify");
        return response.StatusCode;
    }
}
