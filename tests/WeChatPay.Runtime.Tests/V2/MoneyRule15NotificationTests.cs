using System.Text;
using System.Text.Json;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>Money rules 6, 9 and 15 for APIv2 notifications: what is believed, and what each of them is.</summary>
public sealed class MoneyRule15NotificationTests
{
    private static Task<WeChatPayNotification> Read(WeChatPayNotificationMessage message, Action<WeChatPayOptions>? change = null)
        => NotificationMaker.Receiver(options =>
        {
            options.ApiV2Key = XmlNotificationMaker.Key;
            change?.Invoke(options);
        }).ReadAsync(message, TestContext.Current.CancellationToken).AsTask();

    private static async Task Refused(WeChatPaySignatureFailure reason, (string Name, string Value)[] members, Action<WeChatPayOptions>? change = null)
        => Assert.Equal(reason, (await Assert.ThrowsAsync<WeChatPaySignatureException>(() => Read(members.Message(), change))).Reason);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payment_is_read_with_either_algorithm(bool isHmac)
    {
        var notification = (await Read(XmlNotificationMaker.Payment.Signed(isHmac).Message())).As<XmlPayment>();
        Assert.Equal(("A1", 100L, ""), (notification.Resource.OutTradeNo, notification.Resource.TotalFee, notification.Resource.Attach));
        Assert.Equal(["c0", null, "c2"], notification.Resource.CouponIds);
        Assert.Null(notification.Resource.CashFee);
        Assert.Equal((true, false, "08TEST-2"), (notification.IsAuthenticated, notification.IsFailed, notification.RequestId));
    }

    [Fact]
    public async Task Every_member_counts_known_or_not()
    {
        var signed = XmlNotificationMaker.Payment.Signed();
        foreach (var (name, value) in signed)
        {
            await Refused(name == "sign" ? WeChatPaySignatureFailure.MalformedSignature : WeChatPaySignatureFailure.Mismatch, signed.With(name, value + "x"));
            if (value.Length > 0)
                await Refused(name == "sign" ? WeChatPaySignatureFailure.MissingHeader : WeChatPaySignatureFailure.Mismatch, signed.With(name, null));
        }

        await Refused(WeChatPaySignatureFailure.Mismatch, signed.With("added", "x"));
        await Refused(WeChatPaySignatureFailure.Mismatch, XmlNotificationMaker.Payment.Signed(key: "TESTONLYanotherkey0123456789ABCD"));
        await Refused(WeChatPaySignatureFailure.Mismatch, signed.With("sign", signed[^1].Value.Replace('A', 'a').Replace('B', 'b').Replace('C', 'c').Replace('D', 'd').Replace('E', 'e').Replace('F', 'f')));
    }

    /// <summary>Bytes between members are signed by nobody in APIv2; whatever changes in a member is refused.</summary>
    [Fact]
    public async Task No_single_bit_changes_what_a_notification_says()
    {
        var good = Encoding.UTF8.GetBytes(XmlNotificationMaker.Xml(XmlNotificationMaker.Payment.Signed()));
        var receiver = NotificationMaker.Receiver(options => options.ApiV2Key = XmlNotificationMaker.Key);
        var accepted = 0;
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var changed = (byte[])good.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                var payment = (await receiver.ReadAsync(XmlNotificationMaker.Message(changed), TestContext.Current.CancellationToken)).As<XmlPayment>();
                Assert.Equal(("A1", "4200000000", 100L, false, "4200000000:SUCCESS"), (payment.Resource.OutTradeNo, payment.Resource.TransactionId, payment.Resource.TotalFee, payment.IsFailed, payment.Id));
                accepted++;
            }
            catch (WeChatPayException e)
            {
                Assert.False(e.IsVerified);
            }
        }

        // The line feeds between the members, and the name of the empty member.
        Assert.InRange(accepted, 1, 13 * 8 + "attach".Length * 8);
    }

    [Fact]
    public async Task The_named_algorithm_has_to_be_that_of_the_signature()
    {
        Assert.NotNull(await Read(XmlNotificationMaker.Payment.With("sign_type", "HMAC-SHA256").Signed().Message()));
        Assert.NotNull(await Read(XmlNotificationMaker.Payment.With("sign_type", "MD5").Signed(isHmac: false).Message()));
        await Refused(WeChatPaySignatureFailure.UnsupportedAlgorithm, XmlNotificationMaker.Payment.With("sign_type", "HMAC-SHA256").Signed(isHmac: false));
        await Refused(WeChatPaySignatureFailure.UnsupportedAlgorithm, XmlNotificationMaker.Payment.With("sign_type", "MD5").Signed());
        await Refused(WeChatPaySignatureFailure.UnsupportedAlgorithm, XmlNotificationMaker.Payment.With("sign_type", "SM3").Signed());
    }

    [Fact]
    public async Task MD5_can_be_switched_off()
    {
        static void Off(WeChatPayOptions options) => options.AcceptMd5Notifications = false;
        Assert.NotNull(await Read(XmlNotificationMaker.Payment.Signed().Message(), Off));
        await Refused(WeChatPaySignatureFailure.UnsupportedAlgorithm, XmlNotificationMaker.Payment.Signed(isHmac: false), Off);
    }

    [Theory]
    [InlineData("mch_id")]
    [InlineData("mchid")]
    [InlineData("combine_mch_id")]
    [InlineData("combine_mchid")]
    [InlineData("sp_mchid")]
    [InlineData("sp_mch_id")]
    public async Task A_notification_of_another_merchant_is_refused(string name)
        => await Refused(WeChatPaySignatureFailure.EchoMismatch, XmlNotificationMaker.Payment.With(name, "1900000009").Signed());

    [Theory]
    [InlineData("")]
    [InlineData("<a>1</a><a>1</a>")]
    [InlineData("<a/><a>1</a>")]
    public async Task A_name_that_comes_twice_or_no_member_at_all_is_no_notification(string members)
    {
        var failure = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => Read(XmlNotificationMaker.Message($"<xml>{members}</xml>")));
        Assert.False(failure.IsVerified);
    }

    [Theory]
    [InlineData("<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><mch_id>&a;</mch_id></xml>")]
    [InlineData("<xml><mch_id>&a;</mch_id></xml>")]
    [InlineData("<xml><mch_id>1</xml>")]
    [InlineData("<")]
    public async Task Document_types_entities_and_broken_markup_are_refused(string xml)
        => Assert.False((await Assert.ThrowsAsync<WeChatPaySerializationException>(() => Read(XmlNotificationMaker.Message(xml)))).IsVerified);

    [Fact]
    public async Task What_is_nested_too_deeply_or_too_long_is_refused()
    {
        var deep = $"<xml>{string.Concat(Enumerable.Repeat("<a>", 100))}{string.Concat(Enumerable.Repeat("</a>", 100))}</xml>";
        await Assert.ThrowsAsync<WeChatPaySerializationException>(() => Read(XmlNotificationMaker.Message(deep)));
        await Assert.ThrowsAsync<WeChatPaySerializationException>(() => Read(XmlNotificationMaker.Message("<xml>" + new string(' ', WeChatPayNotifications.MaxBodyLength) + "</xml>")));
    }

    [Theory]
    [InlineData("result_code", "FAIL")]
    [InlineData("return_code", "FAIL")]
    [InlineData("trade_state", "PAY_FAIL")]
    public async Task A_signed_failure_says_so(string name, string value)
        => Assert.True((await Read(XmlNotificationMaker.Payment.With(name, value).Signed().Message())).IsFailed);

    [Fact]
    public async Task A_refund_is_opened_with_the_APIv2_key_and_is_not_authenticated()
    {
        var notification = (await Read(XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund).Message())).As<XmlRefund>();
        Assert.Null(notification.Resource.SuccessTime);
        Assert.Null(notification.CreateTime);
        Assert.Equal(("R1", 100L, false, "5000:SUCCESS"), (notification.Resource.OutRefundNo, notification.Resource.RefundFee, notification.IsAuthenticated, notification.Id));
    }

    [Fact]
    public async Task What_stands_around_a_refund_is_nobody_s_word()
    {
        var refund = XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund).With("event_id", "EV-9").With("event_type", "TRANSACTION.SUCCESS").With("event_create_time", "20251009165320");
        var notification = await Read(refund.Message());
        Assert.Equal(("5000:SUCCESS", "", null, false), (notification.Id, notification.EventType, notification.CreateTime, notification.IsAuthenticated));
        Assert.Equal("R1", notification.As<XmlRefund>().Resource.OutRefundNo);
        Assert.Throws<InvalidOperationException>(() => notification.As<XmlScore>());
    }

    [Fact]
    public async Task A_refund_that_carries_a_signature_has_to_carry_a_good_one()
    {
        var refund = XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund);
        Assert.True((await Read(refund.Signed().Message())).IsAuthenticated);
        await Refused(WeChatPaySignatureFailure.Mismatch, refund.Signed(key: "TESTONLYanotherkey0123456789ABCD"));
    }

    [Fact]
    public async Task A_refund_of_another_key_or_no_base64_or_no_XML_is_refused()
    {
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => Read(XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund, "TESTONLYanotherkey0123456789ABCD").Message()));
        var refund = XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund);
        foreach (var wrong in (string[])["x", "AAAA", refund[^1].Value + "=", " " + refund[^1].Value, refund[^1].Value[..^24] + "AAAAAAAAAAAAAAAAAAAAAA=="])
        {
            var failure = await Assert.ThrowsAnyAsync<WeChatPayException>(() => Read(refund.With("req_info", wrong).Message()));
            Assert.True(failure is WeChatPayDecryptionException or WeChatPaySerializationException);
            Assert.False(failure.IsVerified);
        }

        Assert.False((await Assert.ThrowsAsync<WeChatPaySerializationException>(() => Read(XmlNotificationMaker.RefundOf("no xml").Message()))).IsVerified);
        await Refused(WeChatPaySignatureFailure.EchoMismatch, refund.With("mch_id", "1900000009"));
        await Refused(WeChatPaySignatureFailure.EchoMismatch, XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund.With("mch_id", "1900000009")));
    }

    /// <summary>Nothing authenticates a refund; what is made of a damaged one is another refund or a refusal, never a crash.</summary>
    [Fact]
    public async Task A_damaged_refund_is_refused_or_still_marked_as_not_authenticated()
    {
        var good = Encoding.UTF8.GetBytes(XmlNotificationMaker.Xml(XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund)));
        var receiver = NotificationMaker.Receiver(options => options.ApiV2Key = XmlNotificationMaker.Key);
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var changed = (byte[])good.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.False((await receiver.ReadAsync(XmlNotificationMaker.Message(changed), TestContext.Current.CancellationToken)).IsAuthenticated);
            }
            catch (WeChatPayException e)
            {
                Assert.False(e.IsVerified);
            }
        }
    }

    [Fact]
    public async Task A_pay_score_notification_is_verified_with_one_key_and_opened_with_the_other()
    {
        var envelope = XmlNotificationMaker.Sealed("TRANSACTION.SUCCESS", [("out_order_no", "S1"), ("total_amount", "250")]);
        var notification = (await Read(envelope.Signed().Message())).As<XmlScore>();
        Assert.Equal(("S1", 250L), (notification.Resource.OutOrderNo, notification.Resource.TotalAmount));
        Assert.Equal(("EV-2", "TRANSACTION.SUCCESS", true), (notification.Id, notification.EventType, notification.IsAuthenticated));
        Assert.Equal(TestMerchant.Now, notification.CreateTime?.Time);

        await Refused(WeChatPaySignatureFailure.MissingHeader, envelope);
        await Refused(WeChatPaySignatureFailure.Mismatch, envelope.Signed().With("event_nonce", "TESTnonce013"));
        await Refused(WeChatPaySignatureFailure.UnsupportedAlgorithm, envelope.Signed(isHmac: false));
        await Refused(WeChatPaySignatureFailure.UnsupportedAlgorithm, envelope.With("algorithm", null).Signed(isHmac: false));
        await Refused(WeChatPaySignatureFailure.EchoMismatch, XmlNotificationMaker.Sealed("A.B", [("mch_id", "1900000009")]).Signed());
        var failure = await Assert.ThrowsAsync<WeChatPayDecryptionException>(
            () => Read(XmlNotificationMaker.Sealed("TRANSACTION.SUCCESS", [("a", "b")], "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB").Signed().Message()));
        Assert.Equal((true, "08TEST-2"), (failure.IsVerified, failure.RequestId));
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => Read(envelope.With("event_ciphertext", "?").Signed().Message()));
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => Read(envelope.With("event_algorithm", "AES").Signed().Message()));
    }

    [Fact]
    public async Task Keys_that_are_not_set_are_named()
    {
        var payment = XmlNotificationMaker.Payment.Signed().Message();
        Assert.Contains("ApiV2Key", (await Assert.ThrowsAsync<InvalidOperationException>(() => Read(payment, options => options.ApiV2Key = null))).Message, StringComparison.Ordinal);
        var score = XmlNotificationMaker.Sealed("A.B", []).Signed().Message();
        Assert.Contains("ApiV3Key", (await Assert.ThrowsAsync<InvalidOperationException>(() => Read(score, options => options.ApiV3Key = null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_event_has_the_same_id_each_time_and_another_status_another_one()
    {
        async Task<string> Id(params (string Name, string Value)[] members) => (await Read(members.Signed().Message())).Id;

        Assert.Equal("4200000000:SUCCESS", await Id(XmlNotificationMaker.Payment.With("nonce_str", "N2")));
        Assert.Equal("4200000000:FAIL", await Id(XmlNotificationMaker.Payment.With("result_code", "FAIL")));
        Assert.Equal("C1:ADD", await Id(("contract_id", "C1"), ("change_type", "ADD")));
        var vehicle = await Id(("plate_number", "粤B888888"), ("nonce_str", "1"));
        Assert.Equal(vehicle, await Id(("plate_number", "粤B888888"), ("nonce_str", "2")));
        Assert.NotEqual(vehicle, await Id(("plate_number", "粤B888889"), ("nonce_str", "1")));
        Assert.Matches("^[0-9A-F]{32}$", vehicle);
    }

    [Fact]
    public async Task A_member_of_the_wrong_form_names_its_path_and_no_value()
    {
        var notification = await Read(XmlNotificationMaker.Payment.With("total_fee", "1.5secret").Signed().Message());
        var failure = Assert.Throws<WeChatPaySerializationException>(() => notification.As<XmlPayment>());
        Assert.Equal(("$.total_fee", true), (failure.Path, failure.IsVerified));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_content_is_read_back_from_JSON_and_never_written()
    {
        var stored = JsonSerializer.Serialize(XmlNotificationMaker.Xml(XmlNotificationMaker.Payment));
        Assert.Equal("A1", JsonSerializer.Deserialize<XmlPayment>(stored)!.OutTradeNo);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<XmlPayment>("{}"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<XmlPayment>("\"<xml\""));
        Assert.Contains("GetResourceXml", Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new XmlPayment())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_is_not_read_as_another_kind()
    {
        var payment = await Read(XmlNotificationMaker.Payment.Signed().Message());
        Assert.Throws<InvalidOperationException>(() => payment.As<XmlRefund>());
        Assert.Throws<InvalidOperationException>(() => payment.As<XmlScore>());
        Assert.Throws<InvalidOperationException>(() => payment.As<XmlContractAdded>());
        Assert.Throws<InvalidOperationException>(() => payment.As<PaymentResource>());
        Assert.Equal("A1", (await payment.AsAsync<XmlPayment>(TestContext.Current.CancellationToken)).Resource.OutTradeNo);
        var apiV3 = await NotificationMaker.Receiver().ReadAsync(NotificationMaker.Make().Message(), TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(() => apiV3.As<XmlScore>());
    }
}
