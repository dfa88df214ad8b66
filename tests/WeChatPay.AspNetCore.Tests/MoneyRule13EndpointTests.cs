using System.Net;
using System.Net.Http;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;
using WeChatPay.Runtime.Tests.Notifications;
using WeChatPay.Runtime.Tests.V2;

namespace WeChatPay.AspNetCore.Tests;

/// <summary>Money rule 13 over HTTP: duplicates, stores that fail, and what WeChat Pay reads of it.</summary>
public sealed class MoneyRule13EndpointTests
{
    private readonly FakeTimeProvider _clock = new(TestMerchant.Now);
    private readonly SpyStore _store;
    private int _calls;

    public MoneyRule13EndpointTests() => _store = new(new InMemoryNotificationStore(_clock));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<TestApp> StartAsync(Func<CancellationToken, Task>? handler = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
        => TestApp.StartAsync(
            map ?? (app => app.MapWeChatPayNotifications("/wechatpay/notify").On<PaymentResource>((_, ct) => Handle(handler, ct)).Ignore("COUPON.USE")),
            services ?? (s => s.AddSingleton<INotificationStore>(_store)),
            options => options.TimeProvider = _clock);

    private Task Handle(Func<CancellationToken, Task>? handler, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return handler?.Invoke(cancellationToken) ?? Task.CompletedTask;
    }

    private static async Task Replies(HttpStatusCode status, Task<HttpResponseMessage> reply)
    {
        using var response = await reply;
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.StartsWith(
            status == HttpStatusCode.OK ? """{"code":"SUCCESS",""" : """{"code":"FAIL",""", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private async Task UntilAsked(string call)
    {
        while (!_store.Calls.Contains(call))
            await Task.Delay(10, Token);
    }

    [Fact]
    public async Task Without_any_setting_a_repetition_is_a_success_without_the_handler()
    {
        await using var app = await StartAsync(services: static _ => { });
        Assert.IsType<InMemoryNotificationStore>(app.App.Services.GetRequiredService<INotificationStore>());
        var maker = NotificationMaker.Make();
        await Replies(HttpStatusCode.OK, app.PostAsync(maker));
        await Replies(HttpStatusCode.OK, app.PostAsync(maker));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Of_a_hundred_deliveries_at_once_one_reaches_the_handler()
    {
        var end = new TaskCompletionSource();
        await using var app = await StartAsync(_ => end.Task);
        var maker = NotificationMaker.Make();
        var deliveries = Enumerable.Range(0, 100).Select(_ => app.PostAsync(maker)).ToArray();
        var ended = 0;
        await foreach (var delivery in Task.WhenEach(deliveries))
        {
            if (++ended == 99)
                end.SetResult();
            await Replies(ended <= 99 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, delivery);
        }

        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task Merchants_of_one_application_share_a_store_and_never_a_notification()
    {
        await using var app = await StartAsync(
            services: s => s.AddSingleton<INotificationStore>(_store).AddWeChatPay<TestClient>("b", o =>
            {
                TestApp.CopyTo(o);
                (o.MerchantId, o.TimeProvider) = ("1900000009", _clock);
            }),
            map: app =>
            {
                app.MapWeChatPayNotifications("/a").On<PaymentResource>((_, ct) => Handle(null, ct));
                app.MapWeChatPayNotifications("/b", "b").On<PaymentResource>((_, ct) => Handle(null, ct));
            });
        var forB = NotificationMaker.Make("""{"mchid":"1900000009"}""", id: "EV-SAME");
        await Replies(HttpStatusCode.OK, app.PostAsync(NotificationMaker.Make(id: "EV-SAME"), "/a"));
        await Replies(HttpStatusCode.OK, app.PostAsync(forB, "/b"));
        await Replies(HttpStatusCode.OK, app.PostAsync(forB, "/b"));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task A_store_that_hangs_is_replied_in_time_and_the_handler_not_called()
    {
        await using var app = await StartAsync();
        _store.HangAt("claim");
        var reply = app.PostAsync(NotificationMaker.Make());
        await UntilAsked("claim");
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Replies(HttpStatusCode.ServiceUnavailable, reply);
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task An_application_that_stops_while_the_store_is_asked_calls_no_handler()
    {
        await using var app = await StartAsync();
        _store.HangAt("claim");
        var reply = app.PostAsync(NotificationMaker.Make());
        await UntilAsked("claim");
        app.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Replies(HttpStatusCode.ServiceUnavailable, reply);
        Assert.Equal(0, _calls);
    }

    [Fact]
    public async Task Success_waits_for_the_store_to_keep_it()
    {
        await using var app = await StartAsync();
        var keep = new TaskCompletionSource();
        _store.Before = (call, _) => call == "complete" ? keep.Task : Task.CompletedTask;
        var reply = app.PostAsync(NotificationMaker.Make());
        await UntilAsked("complete");
        await Task.Delay(100, Token);
        Assert.False(reply.IsCompleted);
        keep.SetResult();
        await Replies(HttpStatusCode.OK, reply);
    }

    [Fact]
    public async Task What_was_handled_when_the_application_stops_is_kept()
    {
        var end = new TaskCompletionSource();
        await using var app = await StartAsync(_ => end.Task);
        var reply = app.PostAsync(NotificationMaker.Make());
        await UntilAsked("claim");
        app.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        end.SetResult();
        await Replies(HttpStatusCode.OK, reply);
        Assert.Equal(["claim", "complete"], _store.Calls);
    }

    [Fact]
    public async Task A_handler_over_its_budget_frees_its_claim_for_the_next_delivery()
    {
        await using var app = await StartAsync(ct => _calls == 1 ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask);
        var maker = NotificationMaker.Make();
        var reply = app.PostAsync(maker);
        while (Volatile.Read(ref _calls) == 0)
            await Task.Delay(10, Token);
        _clock.Advance(TimeSpan.FromSeconds(4.5));
        await Replies(HttpStatusCode.InternalServerError, reply);
        await Replies(HttpStatusCode.OK, app.PostAsync(maker));
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task A_store_may_live_with_the_request_and_one_that_cannot_be_made_is_down()
    {
        var broken = true;
        await using var app = await StartAsync(services: s => s.AddScoped<INotificationStore>(_ => broken ? throw new InvalidOperationException("internal") : _store));
        var maker = NotificationMaker.Make();
        await Replies(HttpStatusCode.ServiceUnavailable, app.PostAsync(maker));
        Assert.Equal(0, _calls);
        broken = false;
        await Replies(HttpStatusCode.OK, app.PostAsync(maker));
        await Replies(HttpStatusCode.OK, app.PostAsync(maker));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task What_is_refused_or_ignored_never_touches_the_store()
    {
        await using var app = await StartAsync();
        await Replies(HttpStatusCode.Unauthorized, app.PostAsync(NotificationMaker.Make().With("Wechatpay-Nonce", "other")));
        await Replies(HttpStatusCode.Unauthorized, app.PostAsync(NotificationMaker.Make("""{"mchid":"1900000009"}""")));
        await Replies(HttpStatusCode.InternalServerError, app.PostAsync(NotificationMaker.Make("{}", originalType: "parking")));
        await Replies(HttpStatusCode.RequestEntityTooLarge, app.PostAsync(new NotificationMaker { Body = new byte[WeChatPayNotifications.MaxBodyLength + 1] }.Sign()));
        using var ignored = await app.PostAsync(NotificationMaker.Make("{}", "COUPON.USE", "coupon"));
        Assert.Equal(HttpStatusCode.NoContent, ignored.StatusCode);
        Assert.Empty(_store.Calls);
    }

    [Fact]
    public async Task APIv2_reads_in_XML_that_another_delivery_is_being_handled()
    {
        var end = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(
            app => app.MapWeChatPayNotifications("/wechatpay/notify").On<XmlPayment>((_, ct) => Handle(_ => end.Task, ct)),
            s => s.AddSingleton<INotificationStore>(_store),
            options => options.ApiV2Key = XmlNotificationMaker.Key);
        var first = Post("N1");
        await UntilAsked("claim");
        while (Volatile.Read(ref _calls) == 0)
            await Task.Delay(10, Token);
        var (status, body) = await Post("N2");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("<xml><return_code><![CDATA[FAIL]]></return_code>", body, StringComparison.Ordinal);
        end.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
        (status, body) = await Post("N3");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>", body);
        Assert.Equal(1, _calls);

        async Task<(HttpStatusCode Status, string Body)> Post(string nonce)
        {
            using var content = new ByteArrayContent(XmlNotificationMaker.Payment.With("nonce_str", nonce).Signed().Message().Body.ToArray());
            using var response = await app.Http.PostAsync(new Uri("/wechatpay/notify", UriKind.Relative), content, Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task A_question_is_answered_with_the_data_and_headers_of_its_handler()
    {
        await using var app = await StartAsync(map: app => app.MapWeChatPayNotifications("/wechatpay/notify")
            .Answer<PaymentResource>((n, _) => Task.FromResult(WeChatPayNotificationReply.Json(Encoding.UTF8.GetBytes($$"""{"code":"SUCCESS","of":"{{n.Resource.OutTradeNo}}"}"""))))
            .Answer<SharingResource>((_, services, _) => Task.FromResult(
                WeChatPayNotificationReply.Json("{}"u8.ToArray()).WithAuthorization($"SIGNED {services.GetRequiredService<INotificationStore>() is SpyStore}"))));
        var maker = NotificationMaker.Make();
        for (var i = 0; i < 2; i++)
        {
            using var response = await app.PostAsync(maker);
            Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
            Assert.Equal("""{"code":"SUCCESS","of":"A1"}""", await response.Content.ReadAsStringAsync(Token));
            Assert.False(response.Headers.Contains("Authorization"));
        }

        using var signed = await app.PostAsync(NotificationMaker.Make("{}", originalType: "profitsharing"));
        Assert.Equal("SIGNED True", Assert.Single(signed.Headers.NonValidated["Authorization"]));
    }
}
