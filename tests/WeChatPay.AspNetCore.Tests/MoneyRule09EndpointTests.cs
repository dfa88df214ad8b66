using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.AspNetCore.Tests;

/// <summary>Money rule 9: an endpoint belongs to one merchant; another merchant's valid notification is refused there.</summary>
public sealed class MoneyRule09EndpointTests
{
    private const string OtherKey = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";
    private const string ForB = """{"mchid":"1900000009"}""";

    private readonly List<string> _calls = [];

    private Func<WeChatPayNotification<PaymentResource>, CancellationToken, Task> Call(string name) => (_, _) =>
    {
        _calls.Add(name);
        return Task.CompletedTask;
    };

    private static void AddB(IServiceCollection services, string apiV3Key) => services.AddWeChatPay<TestClient>("b", o =>
    {
        TestApp.CopyTo(o);
        (o.MerchantId, o.ApiV3Key) = ("1900000009", apiV3Key);
    });

    private static async Task<HttpStatusCode> Post(TestApp app, string path, NotificationMaker maker)
    {
        using var response = await app.PostAsync(maker, path);
        return response.StatusCode;
    }

    [Fact]
    public async Task Each_merchant_s_notification_is_taken_at_its_own_endpoint_only()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapWeChatPayNotifications("/a").On(Call("a"));
                app.MapWeChatPayNotifications("/b", "b").On(Call("b"));
            },
            services => AddB(services, OtherKey));
        Assert.Equal(HttpStatusCode.OK, await Post(app, "/a", NotificationMaker.Make()));
        Assert.Equal(HttpStatusCode.OK, await Post(app, "/b", NotificationMaker.Make(ForB, apiV3Key: OtherKey)));
        Assert.Equal(HttpStatusCode.InternalServerError, await Post(app, "/a", NotificationMaker.Make(ForB, apiV3Key: OtherKey)));
        Assert.Equal(HttpStatusCode.InternalServerError, await Post(app, "/b", NotificationMaker.Make()));
        Assert.Equal(["a", "b"], _calls);
    }

    [Fact]
    public async Task The_merchant_inside_counts_where_keys_are_equal()
    {
        await using var app = await TestApp.StartAsync(
            app =>
            {
                app.MapWeChatPayNotifications("/a").On(Call("a"));
                app.MapWeChatPayNotifications("/b", "b").On(Call("b"));
            },
            services => AddB(services, "TESTONLYapiv3key0123456789abcdef"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(app, "/a", NotificationMaker.Make(ForB)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(app, "/b", NotificationMaker.Make()));
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_route_may_name_the_merchant_and_an_unknown_one_is_not_found()
    {
        await using var app = await TestApp.StartAsync(
            app => app.MapWeChatPayNotificationsByRoute("/wechatpay/{merchant}/notify", "merchant").On(Call("route")),
            services => AddB(services, OtherKey));
        Assert.Equal(HttpStatusCode.OK, await Post(app, "/wechatpay/b/notify", NotificationMaker.Make(ForB, apiV3Key: OtherKey)));
        Assert.Equal(HttpStatusCode.NotFound, await Post(app, "/wechatpay/c/notify", NotificationMaker.Make(ForB, apiV3Key: OtherKey)));
        // The merchant without a name is not served under any.
        Assert.Equal(HttpStatusCode.NotFound, await Post(app, "/wechatpay/WeChatPay/notify", NotificationMaker.Make()));
        Assert.Equal(["route"], _calls);
    }

    [Fact]
    public async Task A_merchant_that_is_not_registered_is_an_error_at_start()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddWeChatPay", Assert.Throws<InvalidOperationException>(() => app.MapWeChatPayNotifications("/a")).Message, StringComparison.Ordinal);
        Assert.Contains("'b'", Assert.Throws<InvalidOperationException>(() => app.MapWeChatPayNotifications("/b", "b")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => app.MapWeChatPayNotificationsByRoute("/x", "merchant"));
    }

    [Fact]
    public async Task Handlers_that_nothing_tells_apart_are_an_error_at_start()
    {
        await using var app = await TestApp.StartAsync(app =>
        {
            var endpoint = app.MapWeChatPayNotifications("/a").On(Call("a"));
            Assert.Throws<InvalidOperationException>(() => endpoint.On<CombinedPaymentResource>((_, _) => Task.CompletedTask));
        });
        Assert.NotNull(app);
    }
}
