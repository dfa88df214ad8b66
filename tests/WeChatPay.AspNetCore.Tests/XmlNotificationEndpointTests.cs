using System.Net;
using System.Net.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WeChatPay.Runtime.Tests.Models;
using WeChatPay.Runtime.Tests.V2;

namespace WeChatPay.AspNetCore.Tests;

/// <summary>One endpoint takes the notifications of APIv2 as well, and answers them in XML.</summary>
public sealed class XmlNotificationEndpointTests
{
    private const string Done = "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";

    private readonly List<string> _calls = [];

    private Task<TestApp> StartAsync(Action<WeChatPayNotificationEndpointBuilder> map, Action<WeChatPayOptions>? change = null)
        => TestApp.StartAsync(
            app => map(app.MapWeChatPayNotifications("/wechatpay/notify")),
            services => services.AddScoped(_ => "scoped"),
            options =>
            {
                options.ApiV2Key = XmlNotificationMaker.Key;
                change?.Invoke(options);
            });

    private static async Task<(HttpStatusCode Status, string? ContentType, string Body)> Post(TestApp app, WeChatPayNotificationMessage message, string contentType = "text/xml")
    {
        using var content = new ByteArrayContent(message.Body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await app.Http.PostAsync(new Uri("/wechatpay/notify", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private Task Call(string call)
    {
        _calls.Add(call);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("text/xml")]
    [InlineData("application/xml; charset=utf-8")]
    [InlineData("text/plain")]
    public async Task Both_versions_come_to_one_endpoint_and_each_is_answered_in_its_language(string contentType)
    {
        await using var app = await StartAsync(endpoint => endpoint
            .On<XmlPayment>((n, _) => Call($"payment {n.Resource.OutTradeNo} {n.IsAuthenticated}"))
            .OnFailed<XmlPayment>((n, services, _) => Call($"failed {n.Resource.OutTradeNo} {services.GetRequiredService<string>()}"))
            .On<XmlRefund>((n, services, _) => Call($"refund {n.Resource.OutRefundNo} {n.IsAuthenticated} {services.GetRequiredService<string>()}"))
            .On<XmlScore>(n => n.Resource.OutOrderNo is not null, (n, _) => Call($"score {n.Resource.OutOrderNo}"))
            .On<PaymentResource>((n, _) => Call($"v3 {n.Resource.OutTradeNo}"))
            .Ignore<XmlContractAdded>());

        var done = (HttpStatusCode.OK, "text/xml; charset=utf-8", Done);
        Assert.Equal(done, await Post(app, XmlNotificationMaker.Payment.Signed().Message(), contentType));
        Assert.Equal(done, await Post(app, XmlNotificationMaker.Payment.With("result_code", "FAIL").Signed(isHmac: false).Message(), contentType));
        Assert.Equal(done, await Post(app, XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund).Message(), contentType));
        Assert.Equal(done, await Post(app, XmlNotificationMaker.Sealed("TRANSACTION.SUCCESS", [("out_order_no", "S1")]).Signed().Message(), contentType));
        Assert.Equal(done, await Post(app, new[] { ("contract_id", "C1"), ("change_type", "ADD") }.Signed().Message(), contentType));
        using var v3 = await app.PostAsync(NotificationMaker.Make());
        Assert.Equal((HttpStatusCode.OK, "application/json"), (v3.StatusCode, v3.Content.Headers.ContentType?.ToString()));
        Assert.Equal(["payment A1 True", "failed A1 scoped", "refund R1 False scoped", "score S1", "v3 A1"], _calls);
    }

    [Fact]
    public async Task What_is_refused_or_not_handled_comes_again()
    {
        await using var app = await StartAsync(
            endpoint => endpoint.On<XmlPayment>((_, _) => throw new InvalidOperationException("internal")), options => options.AcceptMd5Notifications = false);

        async Task AssertFail(HttpStatusCode status, WeChatPayNotificationMessage message)
        {
            var reply = await Post(app, message);
            Assert.Equal((status, "text/xml; charset=utf-8"), (reply.Status, reply.ContentType));
            Assert.StartsWith("<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[The ", reply.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("internal", reply.Body, StringComparison.Ordinal);
        }

        await AssertFail(HttpStatusCode.InternalServerError, XmlNotificationMaker.Payment.Signed().Message());
        await AssertFail(HttpStatusCode.InternalServerError, XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund).Message());
        await AssertFail(HttpStatusCode.Unauthorized, XmlNotificationMaker.Payment.Signed(isHmac: false).Message());
        await AssertFail(HttpStatusCode.Unauthorized, XmlNotificationMaker.Payment.Message());
        await AssertFail(HttpStatusCode.Unauthorized, XmlNotificationMaker.Payment.With("mch_id", "1900000009").Signed().Message());
        await AssertFail(HttpStatusCode.Unauthorized, XmlNotificationMaker.Message("<!DOCTYPE a><xml/>"));
    }

    [Fact]
    public async Task Handlers_that_nothing_tells_apart_are_an_error_at_start()
    {
        await using var app = await StartAsync(endpoint =>
        {
            endpoint.On<XmlPayment>((_, _) => Task.CompletedTask);
            Assert.Throws<InvalidOperationException>(() => endpoint.On<XmlPayment>((_, _) => Task.CompletedTask));
            Assert.Throws<InvalidOperationException>(() => endpoint.On<XmlUntold>((_, _) => Task.CompletedTask));
            Assert.Throws<ArgumentException>(() => endpoint.OnFailed<PaymentResource>((_, _) => Task.CompletedTask));
        });
        Assert.NotNull(app);
    }
}
