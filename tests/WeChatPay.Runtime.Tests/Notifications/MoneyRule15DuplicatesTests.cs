using System.Text;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;
using WeChatPay.Runtime.Tests.V2;

namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>Money rule 15: APIv2 mostly sends no id; a notification is known by kind, merchant, number and status, for 30 days.</summary>
public sealed class MoneyRule15DuplicatesTests
{
    private readonly FakeTimeProvider _clock = new(TestMerchant.Now);
    private readonly SpyStore _store;
    private readonly List<string> _calls = [];
    private readonly WeChatPayNotificationDispatcher _dispatcher;

    public MoneyRule15DuplicatesTests()
    {
        _store = new(new InMemoryNotificationStore(_clock));
        _dispatcher = new WeChatPayNotificationDispatcher(store: _store)
            .On<XmlPayment>((n, _) => Call("payment " + n.Id))
            .OnFailed<XmlPayment>((n, _) => Call("failed " + n.Id))
            .On<XmlContractAdded>((n, _) => Call("contract " + n.Id))
            .On<XmlRefund>((n, _) => Call("refund " + n.Id))
            .On<XmlScore>((n, _) => Call("score " + n.Id));
    }

    private Task Call(string call)
    {
        _calls.Add(call);
        return Task.CompletedTask;
    }

    private async Task Deliver(params (string Name, string Value)[] members)
    {
        var reply = await _dispatcher.DispatchAsync(
            NotificationMaker.Receiver(options =>
            {
                (options.ApiV2Key, options.TimeProvider) = (XmlNotificationMaker.Key, _clock);
                options.MerchantId = members.First(static member => member.Name == "mch_id").Value;
            }),
            members.Message(),
            TestContext.Current.CancellationToken);
        Assert.Equal(200, reply.StatusCode);
        Assert.StartsWith("<xml><return_code><![CDATA[SUCCESS]]>", Encoding.UTF8.GetString(reply.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repetition_with_another_nonce_and_algorithm_is_the_same_payment_for_thirty_days()
    {
        await Deliver(XmlNotificationMaker.Payment.Signed());
        await Deliver(XmlNotificationMaker.Payment.With("nonce_str", "N2").Signed(isHmac: false));
        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await Deliver(XmlNotificationMaker.Payment.Signed());
        Assert.Equal(["payment 4200000000:SUCCESS"], _calls);
        Assert.Contains(TimeSpan.FromDays(30), _store.Times);
        Assert.All(_store.Keys, static key => Assert.Matches("^v2:1900000001:[0-9A-F]{64}$", key));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Deliver(XmlNotificationMaker.Payment.Signed());
        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task Another_status_number_kind_or_merchant_is_another_notification()
    {
        await Deliver(XmlNotificationMaker.Payment.With("result_code", "FAIL").Signed());
        await Deliver(XmlNotificationMaker.Payment.Signed());
        await Deliver(XmlNotificationMaker.Payment.With("transaction_id", "4200000001").Signed());
        await Deliver(XmlNotificationMaker.Payment.With("mch_id", "1900000009").Signed());
        await Deliver(("mch_id", "1900000001"), ("contract_id", "4200000000"), ("change_type", "ADD"), ("sign", new[] { ("mch_id", "1900000001"), ("contract_id", "4200000000"), ("change_type", "ADD") }.Signed()[^1].Value));
        Assert.Equal(
            ["failed 4200000000:FAIL", "payment 4200000000:SUCCESS", "payment 4200000001:SUCCESS", "payment 4200000000:SUCCESS", "contract 4200000000:ADD"], _calls);
    }

    /// <summary>The state that goes into the id may be the same for both.</summary>
    [Fact]
    public async Task A_failure_does_not_stand_for_the_success_of_the_same_number_and_state()
    {
        var paid = XmlNotificationMaker.Payment.With("trade_state", "SUCCESS");
        await Deliver(paid.With("result_code", "FAIL").Signed());
        await Deliver(paid.Signed());
        Assert.Equal(["failed 4200000000:SUCCESS", "payment 4200000000:SUCCESS"], _calls);
    }

    [Fact]
    public async Task Kinds_with_the_same_number_and_status_are_not_mixed()
    {
        // A refund and a payment whose ids read alike.
        await Deliver(XmlNotificationMaker.Payment.With("transaction_id", "5000").Signed());
        await Deliver(XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund).Signed());
        Assert.Equal(["payment 5000:SUCCESS", "refund 5000:SUCCESS"], _calls);
    }

    [Fact]
    public async Task A_refund_that_comes_again_is_handled_once_and_one_made_up_of_its_number_does_not_stand_for_it()
    {
        var forged = XmlNotificationMaker.Refund.With("refund_fee", "1");
        await Deliver(XmlNotificationMaker.RefundOf(forged));
        await Deliver(XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund));
        await Deliver(XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund).With("nonce_str", "N9"));
        Assert.Equal(["refund 5000:SUCCESS", "refund 5000:SUCCESS"], _calls);
    }

    [Fact]
    public async Task An_event_that_has_an_id_is_known_by_it()
    {
        var score = XmlNotificationMaker.Sealed("TRANSACTION.SUCCESS", [("out_order_no", "S1")]);
        await Deliver(score.Signed());
        await Deliver(score.With("nonce_str", "N2").Signed());
        await Deliver(score.With("event_id", "EV-3").Signed());
        Assert.Equal(["score EV-2", "score EV-3"], _calls);
    }
}
