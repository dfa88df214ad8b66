using System.Text;
using WeChatPay.Runtime.Tests.Models;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>Money rule 12 for APIv2: most of its notifications do not say what they are.</summary>
public sealed class MoneyRule12XmlDispatchTests
{
    private static readonly (string Name, string Value)[] Contract = [("mch_id", "1900000001"), ("contract_id", "C1"), ("change_type", "ADD"), ("nonce_str", "N")];
    private static readonly (string Name, string Value)[] Score = XmlNotificationMaker.Sealed("TRANSACTION.SUCCESS", [("out_order_no", "S1")]);

    private readonly RecordingLogger _log = new();
    private readonly List<string> _calls = [];

    private WeChatPayNotificationDispatcher Dispatcher() => new(_log);

    private Func<WeChatPayNotification<T>, CancellationToken, Task> Call<T>(string name)
        where T : class, INotificationContent<T>
        => (notification, _) =>
        {
            _calls.Add($"{name} {notification.EventType}");
            return Task.CompletedTask;
        };

    private static Task<WeChatPayNotificationReply> Dispatch(WeChatPayNotificationDispatcher dispatcher, params (string Name, string Value)[] members)
        => Dispatch(dispatcher, members.Message());

    private static Task<WeChatPayNotificationReply> Dispatch(WeChatPayNotificationDispatcher dispatcher, WeChatPayNotificationMessage message)
        => dispatcher.DispatchAsync(NotificationMaker.Receiver(options => options.ApiV2Key = XmlNotificationMaker.Key), message, TestContext.Current.CancellationToken);

    private static void AssertReply(int status, WeChatPayNotificationReply reply)
    {
        Assert.Equal(status, reply.StatusCode);
        Assert.Equal("text/xml; charset=utf-8", reply.ContentType);
        Assert.StartsWith(
            $"<xml><return_code><![CDATA[{(status == 200 ? "SUCCESS" : "FAIL")}]]></return_code><return_msg><![CDATA[", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_notification_reaches_its_handler()
    {
        var dispatcher = Dispatcher().On(Call<XmlPayment>("payment")).On(Call<XmlContractAdded>("contract")).On(Call<XmlRefund>("refund")).On(Call<XmlScore>("score"))
            .On(Call<PaymentResource>("v3"));
        AssertReply(200, await Dispatch(dispatcher, XmlNotificationMaker.Payment.Signed()));
        AssertReply(200, await Dispatch(dispatcher, Contract.Signed()));
        AssertReply(200, await Dispatch(dispatcher, XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund)));
        AssertReply(200, await Dispatch(dispatcher, Score.Signed()));
        Assert.Equal("application/json", (await Dispatch(dispatcher, NotificationMaker.Make().Message())).ContentType);
        Assert.Equal(["payment PAYMENT.SUCCESS", "contract CONTRACT.ADDED", "refund REFUND.SUCCESS", "score TRANSACTION.SUCCESS", "v3 TRANSACTION.SUCCESS"], _calls);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Without_a_handler_it_comes_again_and_the_log_says_why()
    {
        var dispatcher = Dispatcher().On(Call<XmlPayment>("payment")).On(Call<PaymentResource>("v3"));
        AssertReply(500, await Dispatch(dispatcher, Contract.Signed()));
        AssertReply(500, await Dispatch(dispatcher, XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund)));
        AssertReply(500, await Dispatch(dispatcher, Score.Signed()));
        Assert.Empty(_calls);
        Assert.Collection(
            _log.Entries,
            entry => Assert.Contains("No handler is for an event without a name (APIv2), notification C1:ADD", entry, StringComparison.Ordinal),
            entry => Assert.Contains("No handler is for a refund (APIv2), notification 5000:SUCCESS", entry, StringComparison.Ordinal),
            entry => Assert.Contains("No handler is for TRANSACTION.SUCCESS (APIv2), notification EV-2", entry, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_two_handlers_are_for_reaches_none()
    {
        var dispatcher = Dispatcher().On(Call<XmlPayment>("payment")).On(Call<XmlContractAdded>("contract"));
        AssertReply(500, await Dispatch(dispatcher, [.. XmlNotificationMaker.Payment.With("contract_id", "C1").With("change_type", "ADD").Signed()]));
        Assert.Empty(_calls);
        Assert.Contains("More than one handler", Assert.Single(_log.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_of_another_value_or_an_empty_one_tells_nothing()
    {
        var dispatcher = Dispatcher().On(Call<XmlPayment>("payment")).On(Call<XmlContractAdded>("contract"));
        AssertReply(500, await Dispatch(dispatcher, Contract.With("change_type", "DELETE").Signed()));
        AssertReply(500, await Dispatch(dispatcher, XmlNotificationMaker.Payment.With("out_trade_no", "").Signed()));
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_predicate_decides_where_no_member_tells()
    {
        Assert.Contains("@discriminator", Assert.Throws<InvalidOperationException>(() => Dispatcher().On(Call<XmlUntold>("vehicle"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Dispatcher().Ignore<XmlUntold>());
        var dispatcher = Dispatcher().On(n => n.Resource.Plate is not null, Call<XmlUntold>("vehicle")).On(Call<XmlPayment>("payment"));
        AssertReply(200, await Dispatch(dispatcher, new (string, string)[] { ("plate", "P") }.Signed()));
        AssertReply(200, await Dispatch(dispatcher, XmlNotificationMaker.Payment.Signed()));
        AssertReply(500, await Dispatch(dispatcher, new (string, string)[] { ("other", "P") }.Signed()));
        Assert.Equal(["vehicle VEHICLE.CHANGED", "payment PAYMENT.SUCCESS"], _calls);
    }

    [Fact]
    public async Task A_predicate_chooses_among_the_notifications_of_its_kind_only()
    {
        var dispatcher = Dispatcher().On(_ => true, Call<XmlPayment>("payment")).On(_ => true, Call<XmlContractAdded>("contract"));
        AssertReply(200, await Dispatch(dispatcher, Contract.Signed()));
        AssertReply(200, await Dispatch(dispatcher, XmlNotificationMaker.Payment.Signed()));
        Assert.Equal(["contract CONTRACT.ADDED", "payment PAYMENT.SUCCESS"], _calls);
    }

    [Fact]
    public void Handlers_that_nothing_tells_apart_are_an_error_at_start()
    {
        Assert.Throws<InvalidOperationException>(() => Dispatcher().On(Call<XmlPayment>("a")).On(Call<XmlPayment>("b")));
        Assert.Throws<InvalidOperationException>(() => Dispatcher().On(Call<XmlRefund>("a")).On(_ => true, Call<XmlRefund>("b")));
        Assert.Throws<InvalidOperationException>(() => Dispatcher().On(Call<XmlScore>("a")).On(Call<XmlScore>("b")));
        Dispatcher().On(_ => true, Call<XmlRefund>("a")).On(_ => true, Call<XmlRefund>("b")).On(Call<XmlPayment>("c")).OnFailed(Call<XmlPayment>("d"));
    }

    [Theory]
    [InlineData("result_code", "FAIL")]
    [InlineData("trade_state", "PAY_FAIL")]
    public async Task A_failure_never_reaches_the_handler_of_the_success(string name, string value)
    {
        var failed = XmlNotificationMaker.Payment.With(name, value).Signed();
        AssertReply(500, await Dispatch(Dispatcher().On(Call<XmlPayment>("success")).On(_ => true, Call<XmlUntold>("any")), failed));
        Assert.Contains("(APIv2, failed)", Assert.Single(_log.Entries), StringComparison.Ordinal);
        Assert.Empty(_calls);

        var dispatcher = Dispatcher().On(Call<XmlPayment>("success")).OnFailed(Call<XmlPayment>("failure"));
        AssertReply(200, await Dispatch(dispatcher, failed));
        AssertReply(200, await Dispatch(dispatcher, XmlNotificationMaker.Payment.Signed()));
        Assert.Equal(["failure PAYMENT.SUCCESS", "success PAYMENT.SUCCESS"], _calls);
        Assert.Throws<ArgumentException>(() => Dispatcher().OnFailed(Call<PaymentResource>("v3")));
    }

    [Fact]
    public async Task What_is_ignored_is_answered_as_done_once_it_is_verified()
    {
        var dispatcher = Dispatcher().Ignore<XmlPayment>().Ignore<XmlRefund>().Ignore("TRANSACTION.SUCCESS").Ignore<SharingResource>();
        AssertReply(200, await Dispatch(dispatcher, XmlNotificationMaker.Payment.Signed()));
        AssertReply(200, await Dispatch(dispatcher, XmlNotificationMaker.Payment.With("result_code", "FAIL").Signed()));
        AssertReply(200, await Dispatch(dispatcher, XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund)));
        AssertReply(200, await Dispatch(dispatcher, Score.Signed()));
        AssertReply(500, await Dispatch(dispatcher, Contract.Signed()));
        AssertReply(401, await Dispatch(dispatcher, XmlNotificationMaker.Payment));
        var v3 = Dispatcher().Ignore<SharingResource>();
        Assert.Equal(204, (await Dispatch(v3, NotificationMaker.Make("{}", originalType: "profitsharing").Message())).StatusCode);
        Assert.Equal(500, (await Dispatch(v3, NotificationMaker.Make().Message())).StatusCode);
    }

    [Fact]
    public async Task What_is_not_proven_is_answered_with_401_and_what_cannot_be_opened_with_500()
    {
        var dispatcher = Dispatcher().On(Call<XmlPayment>("payment")).On(Call<XmlRefund>("refund"));
        AssertReply(401, await Dispatch(dispatcher, XmlNotificationMaker.Payment));
        AssertReply(401, await Dispatch(dispatcher, XmlNotificationMaker.Payment.Signed().With("total_fee", "1")));
        AssertReply(401, await Dispatch(dispatcher, XmlNotificationMaker.Payment.With("mch_id", "1900000009").Signed()));
        AssertReply(401, await Dispatch(dispatcher, XmlNotificationMaker.Message("<xml>")));
        AssertReply(500, await Dispatch(dispatcher, XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund, "TESTONLYanotherkey0123456789ABCD")));
        AssertReply(413, await Dispatch(dispatcher, XmlNotificationMaker.Message("<xml>" + new string(' ', WeChatPayNotifications.MaxBodyLength) + "</xml>")));
        Assert.Empty(_calls);
        Assert.Equal(6, _log.Entries.Count);
        Assert.DoesNotContain(_log.Entries, entry => entry.Contains("4200000000", StringComparison.Ordinal) || entry.Contains(XmlNotificationMaker.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_throws_makes_it_come_again()
        => AssertReply(500, await Dispatch(Dispatcher().On<XmlPayment>((_, _) => throw new InvalidOperationException("internal")), XmlNotificationMaker.Payment.Signed()));
}
