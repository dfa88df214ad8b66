using System.Text;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Money rule 12: which handler a notification goes to, and what is replied if there is none, or more than one, or it fails.</summary>
public sealed class MoneyRule12DispatchTests
{
    private const string Combined = """{"combine_mchid":"1900000001","combine_out_trade_no":"C1","amount":7}""";

    private readonly RecordingLogger _log = new();
    private readonly List<string> _calls = [];

    private async Task<WeChatPayNotificationReply> Dispatch(WeChatPayNotificationDispatcher dispatcher, NotificationMaker maker)
        => await dispatcher.DispatchAsync(NotificationMaker.Receiver(), maker.Message(), TestContext.Current.CancellationToken);

    private WeChatPayNotificationDispatcher Dispatcher() => new(_log);

    private Func<WeChatPayNotification<T>, CancellationToken, Task> Call<T>(string name)
        where T : class, WeChatPay.Serialization.INotificationResource<T>
        => (_, _) =>
        {
            _calls.Add(name);
            return Task.CompletedTask;
        };

    private static void AssertFail(int status, WeChatPayNotificationReply reply)
    {
        Assert.Equal(status, reply.StatusCode);
        Assert.False(reply.IsSuccess);
        Assert.StartsWith("{\"code\":\"FAIL\",\"message\":\"", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handler_gets_the_typed_notification_and_success_is_replied()
    {
        WeChatPayNotification<PaymentResource>? got = null;
        var maker = NotificationMaker.Make(id: "EV-1");
        var reply = await Dispatch(
            Dispatcher().On<PaymentResource>((n, _) =>
            {
                got = n;
                return Task.CompletedTask;
            }),
            maker);

        Assert.Equal(200, reply.StatusCode);
        Assert.Equal("""{"code":"SUCCESS","message":"成功"}""", Encoding.UTF8.GetString(reply.Body.Span));
        Assert.Equal("A1", got!.Resource.OutTradeNo);
        Assert.Equal(100, got.Resource.Amount?.Total);
        Assert.Equal(("EV-1", "TRANSACTION.SUCCESS", "transaction", "支付成功", "08TEST-0"), (got.Id, got.EventType, got.OriginalType, got.Summary, got.RequestId));
        Assert.Equal(maker.Body, got.RawBody.ToArray());
        Assert.Equal(NotificationMaker.Payment, Encoding.UTF8.GetString(got.GetResourceJson().Span));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Handlers_of_one_event_are_told_apart_by_the_original_type()
    {
        var dispatcher = Dispatcher().On(Call<PaymentResource>("payment")).On(Call<SharingResource>("sharing"));
        Assert.True((await Dispatch(dispatcher, NotificationMaker.Make())).IsSuccess);
        Assert.True((await Dispatch(dispatcher, NotificationMaker.Make("{}", originalType: "profitsharing"))).IsSuccess);
        Assert.Equal(["payment", "sharing"], _calls);

        AssertFail(500, await Dispatch(dispatcher, NotificationMaker.Make("{}", originalType: "parking")));
        AssertFail(500, await Dispatch(dispatcher, NotificationMaker.Make("{}", originalType: null)));
        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task A_handler_whose_event_names_no_original_type_takes_what_no_other_one_is_for()
    {
        var dispatcher = Dispatcher().On(Call<PaymentResource>("payment")).On(Call<UntypedResource>("untyped"));
        await Dispatch(dispatcher, NotificationMaker.Make());
        await Dispatch(dispatcher, NotificationMaker.Make("{}", originalType: "parking"));
        await Dispatch(dispatcher, NotificationMaker.Make("{}", originalType: null));
        Assert.Equal(["payment", "untyped", "untyped"], _calls);
    }

    [Fact]
    public async Task A_notification_without_original_type_goes_to_the_only_handler_of_its_event()
    {
        Assert.True((await Dispatch(Dispatcher().On(Call<PaymentResource>("payment")), NotificationMaker.Make(originalType: null))).IsSuccess);
        Assert.Equal(["payment"], _calls);
    }

    [Fact]
    public async Task Shapes_that_share_event_and_type_are_told_apart_by_predicates()
    {
        var dispatcher = Dispatcher()
            .On(n => n.Resource.CombineMchid is not null, Call<CombinedPaymentResource>("combined"))
            .On(n => n.Resource.OutTradeNo is not null, Call<PaymentResource>("payment"));
        Assert.True((await Dispatch(dispatcher, NotificationMaker.Make())).IsSuccess);
        Assert.True((await Dispatch(dispatcher, NotificationMaker.Make(Combined))).IsSuccess);
        Assert.True((await Dispatch(dispatcher, NotificationMaker.Make(Combined, originalType: null))).IsSuccess);
        Assert.Equal(["payment", "combined", "combined"], _calls);
    }

    [Fact]
    public void Shapes_that_share_event_and_type_without_predicates_are_an_error_at_start()
    {
        Assert.Throws<InvalidOperationException>(() => Dispatcher().On(Call<PaymentResource>("a")).On(Call<CombinedPaymentResource>("b")));
        Assert.Throws<InvalidOperationException>(() => Dispatcher().On(Call<PaymentResource>("a")).On(Call<PaymentResource>("b")));
        Assert.Throws<InvalidOperationException>(() => Dispatcher().On(_ => true, Call<PaymentResource>("a")).On(Call<CombinedPaymentResource>("b")));
        var message = Assert.Throws<InvalidOperationException>(
            () => Dispatcher().On(Call<PaymentResource>("a")).On(_ => true, Call<CombinedPaymentResource>("b"))).Message;
        Assert.Contains("TRANSACTION.SUCCESS (transaction)", message, StringComparison.Ordinal);
        Dispatcher().On(_ => true, Call<PaymentResource>("a")).On(_ => true, Call<CombinedPaymentResource>("b")).On(Call<SharingResource>("c")).On(Call<UntypedResource>("d"));
    }

    [Fact]
    public async Task A_notification_that_two_handlers_are_for_reaches_none()
    {
        var dispatcher = Dispatcher().On(_ => true, Call<PaymentResource>("a")).On(_ => true, Call<CombinedPaymentResource>("b"));
        AssertFail(500, await Dispatch(dispatcher, NotificationMaker.Make("{}")));
        Assert.Empty(_calls);
        Assert.Contains("More than one handler", Assert.Single(_log.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_handler_the_notification_comes_again_and_the_log_says_why()
    {
        AssertFail(500, await Dispatch(Dispatcher(), NotificationMaker.Make()));
        AssertFail(500, await Dispatch(Dispatcher().On(_ => false, Call<PaymentResource>("a")), NotificationMaker.Make()));
        Assert.All(_log.Entries, entry => Assert.Contains("No handler is for TRANSACTION.SUCCESS (transaction)", entry, StringComparison.Ordinal));
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public async Task An_ignored_event_is_answered_with_204_once_it_is_verified()
    {
        var dispatcher = Dispatcher().Ignore("COUPON.USE");
        var reply = await Dispatch(dispatcher, NotificationMaker.Make("{}", "COUPON.USE", "coupon"));
        Assert.Equal(204, reply.StatusCode);
        Assert.True(reply.Body.IsEmpty);
        AssertFail(401, await Dispatch(dispatcher, NotificationMaker.Make("{}", "COUPON.USE", "coupon").With("Wechatpay-Nonce", "other")));
    }

    [Fact]
    public async Task A_handler_comes_before_ignoring_and_leaves_the_other_types_to_it()
    {
        var dispatcher = Dispatcher().Ignore("TRANSACTION.SUCCESS").On(Call<PaymentResource>("payment"));
        Assert.Equal(200, (await Dispatch(dispatcher, NotificationMaker.Make())).StatusCode);
        Assert.Equal(204, (await Dispatch(dispatcher, NotificationMaker.Make("{}", originalType: "profitsharing"))).StatusCode);
        Assert.Equal(["payment"], _calls);
    }

    [Fact]
    public async Task A_handler_that_throws_makes_the_notification_come_again_and_tells_the_sender_nothing()
    {
        var dispatcher = Dispatcher().On<PaymentResource>((_, _) => throw new InvalidOperationException("internal detail"));
        var reply = await Dispatch(dispatcher, NotificationMaker.Make());
        AssertFail(500, reply);
        Assert.DoesNotContain("internal", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
        Assert.Contains("internal detail", Assert.Single(_log.Entries), StringComparison.Ordinal);

        AssertFail(500, await Dispatch(Dispatcher().On<PaymentResource>((_, _) => Task.FromException(new OperationCanceledException())), NotificationMaker.Make()));
        AssertFail(500, await Dispatch(Dispatcher().On(_ => throw new InvalidOperationException(), Call<PaymentResource>("a")), NotificationMaker.Make()));
    }

    [Fact]
    public async Task Success_is_replied_only_after_the_handler_has_ended()
    {
        var end = new TaskCompletionSource();
        var reply = Dispatch(Dispatcher().On<PaymentResource>((_, _) => end.Task), NotificationMaker.Make());
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(reply.IsCompleted);
        end.SetResult();
        Assert.True((await reply).IsSuccess);
    }

    [Fact]
    public async Task A_notification_that_is_not_proven_is_answered_with_401()
    {
        var dispatcher = Dispatcher().On(Call<PaymentResource>("payment"));
        AssertFail(401, await Dispatch(dispatcher, NotificationMaker.Make().With("Wechatpay-Signature", null)));
        AssertFail(401, await Dispatch(dispatcher, NotificationMaker.Make().With("Wechatpay-Timestamp", "1760000301")));
        AssertFail(401, await Dispatch(dispatcher, NotificationMaker.Make("""{"mchid":"1900000009"}""")));
        Assert.Empty(_calls);
        Assert.Equal(3, _log.Entries.Count);
    }

    [Fact]
    public async Task A_probe_is_a_failure_like_any_other_and_no_warning()
    {
        var dispatcher = Dispatcher().On(Call<PaymentResource>("payment"));
        AssertFail(401, await Dispatch(dispatcher, NotificationMaker.Make().With("Wechatpay-Signature", "WECHATPAY/SIGNTEST/AAAA")));
        Assert.StartsWith("Information", Assert.Single(_log.Entries), StringComparison.Ordinal);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task What_is_proven_and_cannot_be_read_is_answered_with_500()
    {
        var dispatcher = Dispatcher().On(Call<PaymentResource>("payment")).Ignore("TRANSACTION.SUCCESS");
        foreach (var body in (string[])["", "{}", "[]", "null", """{"event_type":"A"}""", """{"event_type":"A","resource":null}""", """{"event_type":"","resource":{}}""", """{"event_type":"TRANSACTION.SUCCESS","resource":{}}"""])
        {
            var maker = new NotificationMaker { Body = Encoding.UTF8.GetBytes(body) }.Sign();
            AssertFail(500, await Dispatch(dispatcher, maker));
        }

        AssertFail(500, await Dispatch(dispatcher, NotificationMaker.Make(apiV3Key: "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")));
        AssertFail(500, await Dispatch(dispatcher, NotificationMaker.Make("""{"amount":{"total":1.5}}""")));
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_body_larger_than_a_megabyte_is_not_looked_at()
    {
        var maker = new NotificationMaker { Body = new byte[WeChatPayNotifications.MaxBodyLength + 1] }.Sign();
        AssertFail(413, await Dispatch(Dispatcher(), maker));
        await Assert.ThrowsAsync<WeChatPaySerializationException>(
            () => NotificationMaker.Receiver().ReadAsync(maker.Message(), TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task A_merchant_without_APIv3_key_answers_500_and_the_log_names_the_option()
    {
        var reply = await Dispatcher().On(Call<PaymentResource>("a")).DispatchAsync(
            NotificationMaker.Receiver(o => o.ApiV3Key = null), NotificationMaker.Make().Message(), TestContext.Current.CancellationToken);
        AssertFail(500, reply);
        Assert.Contains("ApiV3Key", Assert.Single(_log.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_is_not_read_as_another_event()
    {
        var notification = await NotificationMaker.Receiver().ReadAsync(NotificationMaker.Make().Message(), TestContext.Current.CancellationToken);
        Assert.Equal("A1", notification.As<PaymentResource>().Resource.OutTradeNo);
        Assert.Throws<InvalidOperationException>(() => notification.As<SharingResource>());
        notification.As<UntypedResource>();
        var refund = await NotificationMaker.Receiver().ReadAsync(NotificationMaker.Make("{}", "REFUND.SUCCESS", "refund").Message(), TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(() => refund.As<UntypedResource>());
    }

    [Fact]
    public void A_notification_can_be_made_by_hand_for_a_handler_s_test()
    {
        var notification = new WeChatPayNotification<PaymentResource> { Resource = new() { OutTradeNo = "A" } };
        Assert.Equal(("TRANSACTION.SUCCESS", "transaction"), (notification.EventType, notification.OriginalType));
        Assert.True(notification.GetResourceJson().IsEmpty);
    }
}
