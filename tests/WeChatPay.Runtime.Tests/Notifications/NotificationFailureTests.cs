using System.Text;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;
using WeChatPay.Runtime.Tests.V2;

namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>What the sender and the log are told of a notification that was not handled: the status, the reason, and nothing of its content.</summary>
public sealed class NotificationFailureTests
{
    private readonly RecordingLogger _log = new();
    private readonly FakeTimeProvider _clock = new(TestMerchant.Now);
    private readonly SpyStore _store;

    public NotificationFailureTests() => _store = new(new InMemoryNotificationStore(_clock));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void Change(WeChatPayOptions options) => options.ApiV2Key = XmlNotificationMaker.Key;

    private Task<WeChatPayNotificationReply> Deliver(WeChatPayNotificationMessage message, Func<Task>? handler = null)
        => new WeChatPayNotificationDispatcher(_log, _store).On<PaymentResource>((_, _) => handler?.Invoke() ?? Task.CompletedTask).On<XmlPayment>((_, _) => handler?.Invoke() ?? Task.CompletedTask)
            .DispatchAsync(NotificationMaker.Receiver(options =>
            {
                Change(options);
                options.TimeProvider = _clock;
            }), message, Token);

    private void AssertLog(string entry) => Assert.StartsWith(entry, Assert.Single(_log.Entries), StringComparison.Ordinal);

    private static void AssertReply(int status, string text, WeChatPayNotificationReply reply, bool isXml = false)
    {
        Assert.Equal((status, isXml ? "text/xml; charset=utf-8" : "application/json", false), (reply.StatusCode, reply.ContentType, reply.IsSuccess));
        Assert.Equal(
            isXml ? $"<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[{text}]]></return_msg></xml>" : $$"""{"code":"FAIL","message":"{{text}}"}""",
            Encoding.UTF8.GetString(reply.Body.Span));
    }

    /// <summary>What an endpoint says before there is a notification to read.</summary>
    [Fact]
    public void What_did_not_come_or_is_nobody_s_is_logged_with_its_reason()
    {
        var dispatcher = new WeChatPayNotificationDispatcher(_log, _store);
        AssertReply(500, "The notification was not processed.", dispatcher.NotReceived(new InvalidOperationException("hung up")));
        AssertReply(500, "The notification was not processed.", dispatcher.NoMerchant(new InvalidOperationException("looked up")));
        Assert.Collection(
            _log.Entries,
            entry => Assert.Matches("^Warning 208 .*hung up", entry.ReplaceLineEndings(" ")),
            entry => Assert.Matches("^Error 216 .*looked up", entry.ReplaceLineEndings(" ")));
    }

    [Fact]
    public async Task Success_is_told_in_the_form_in_which_the_notification_came()
    {
        var reply = await Deliver(NotificationMaker.Make().Message());
        Assert.Equal((200, true, """{"code":"SUCCESS","message":"成功"}"""), (reply.StatusCode, reply.IsSuccess, Encoding.UTF8.GetString(reply.Body.Span)));
        reply = await Deliver(XmlNotificationMaker.Payment.Signed().Message());
        Assert.Equal(
            (200, true, "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>"),
            (reply.StatusCode, reply.IsSuccess, Encoding.UTF8.GetString(reply.Body.Span)));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_signature_that_is_not_proven_is_a_warning_with_its_reason()
    {
        AssertReply(401, "The signature was not verified.", await Deliver(NotificationMaker.Make().With("Wechatpay-Nonce", "x").Message()));
        AssertLog("Warning 201 A notification was refused, its signature is not proven (Mismatch); 401 was answered.");
    }

    [Fact]
    public async Task A_probe_is_no_warning()
    {
        AssertReply(401, "The signature was not verified.", await Deliver(NotificationMaker.Make().With("Wechatpay-Signature", "WECHATPAY/SIGNTEST/x").Message()));
        AssertLog("Information 202 ");
    }

    [Fact]
    public async Task A_notification_that_cannot_be_opened_is_an_error()
    {
        AssertReply(500, "The notification was not processed.", await Deliver(NotificationMaker.Make(apiV3Key: new string('x', 32)).Message()));
        AssertLog("Error 203 A notification could not be opened or read; 500 was answered, and it will come again.");
    }

    [Fact]
    public async Task XML_that_is_none_is_a_warning_since_nobody_signed_it()
    {
        AssertReply(401, "The signature was not verified.", await Deliver(XmlNotificationMaker.Message("<xml>")), isXml: true);
        AssertLog("Warning 209 ");
    }

    [Fact]
    public async Task A_notification_has_1_MB_at_most()
    {
        var message = NotificationMaker.Make().Message();
        AssertReply(413, "The notification is too large.", await Deliver(new(message.Headers, new byte[WeChatPayNotifications.MaxBodyLength + 1])));
        AssertLog("Warning 207 A notification longer than 1048576 bytes was refused; 413 was answered.");
        Assert.Equal(401, (await Deliver(new(message.Headers, new byte[WeChatPayNotifications.MaxBodyLength]))).StatusCode);

        var xml = new byte[WeChatPayNotifications.MaxBodyLength + 1];
        xml[0] = (byte)'<';
        AssertReply(413, "The notification is too large.", await Deliver(new(message.Headers, xml)), isXml: true);
        var failure = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => NotificationMaker.Receiver().ReadAsync(new(message.Headers, xml), Token).AsTask());
        Assert.Equal("The notification is longer than 1048576 bytes.", failure.BaseMessage);
    }

    [Fact]
    public async Task A_handler_that_fails_is_an_error_with_the_event_and_its_id()
    {
        AssertReply(500, "The notification was not processed.", await Deliver(NotificationMaker.Make(id: "EV-7").Message(), () => throw new InvalidOperationException("internal")));
        AssertLog("Error 206 Handling TRANSACTION.SUCCESS (transaction), notification EV-7, failed; 500 was answered, and it will come again. System.InvalidOperationException: internal");
        Assert.Equal(["claim", "release"], _store.Calls);
    }

    [Fact]
    public async Task A_handler_that_fails_on_XML_is_told_in_XML()
    {
        AssertReply(
            500, "The notification was not processed.", await Deliver(XmlNotificationMaker.Payment.Signed().Message(), () => throw new InvalidOperationException()), isXml: true);
        AssertLog("Error 206 Handling an event without a name (APIv2), notification 4200000000:SUCCESS, failed;");
    }

    [Fact]
    public async Task What_cannot_be_claimed_is_not_handled()
    {
        _store.FailAt("claim");
        AssertReply(503, "The notification was not processed.", await Deliver(NotificationMaker.Make(id: "EV-7").Message(), () => throw new InvalidOperationException("handled")));
        AssertLog("Error 212 The notification store failed before TRANSACTION.SUCCESS (transaction), notification EV-7, was handled;");
    }

    [Fact]
    public async Task What_was_handled_before_or_is_being_handled_is_information()
    {
        var maker = NotificationMaker.Make(id: "EV-7");
        var end = new TaskCompletionSource();
        var first = Deliver(maker.Message(), () => end.Task);
        AssertReply(503, "The notification is being processed.", await Deliver(maker.Message()));
        AssertLog("Information 211 TRANSACTION.SUCCESS (transaction), notification EV-7, is being handled by another delivery; 503 was answered, and it will come again.");
        end.SetResult();
        Assert.Equal(200, (await first).StatusCode);
        Assert.Equal(200, (await Deliver(maker.Message())).StatusCode);
        Assert.StartsWith("Information 210 TRANSACTION.SUCCESS (transaction), notification EV-7, was handled before;", _log.Entries.Last(), StringComparison.Ordinal);
        Assert.Equal(2, _log.Entries.Count);
    }

    [Fact]
    public async Task A_completion_that_was_not_kept_is_no_success()
    {
        _store.FailAt("complete");
        AssertReply(503, "The notification was not processed.", await Deliver(NotificationMaker.Make(id: "EV-7").Message()));
        AssertLog("Error 213 TRANSACTION.SUCCESS (transaction), notification EV-7, was handled, but the notification store failed to keep that;");
    }

    [Fact]
    public async Task A_claim_that_ran_out_meanwhile_is_no_success()
    {
        AssertReply(503, "The notification was not processed.", await Deliver(NotificationMaker.Make(id: "EV-7").Message(), () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(60));
            return Task.CompletedTask;
        }));
        AssertLog("Error 214 TRANSACTION.SUCCESS (transaction), notification EV-7, was handled for longer than its claim of 60 s;");
    }

    [Fact]
    public async Task A_claim_that_cannot_be_released_is_told_with_the_time_at_which_it_ends()
    {
        _store.FailAt("release");
        AssertReply(500, "The notification was not processed.", await Deliver(NotificationMaker.Make(id: "EV-7").Message(), () => throw new InvalidOperationException()));
        Assert.Collection(
            _log.Entries,
            entry => Assert.StartsWith("Error 206 ", entry, StringComparison.Ordinal),
            entry => Assert.StartsWith("Warning 215 The notification store failed to free TRANSACTION.SUCCESS (transaction), notification EV-7; that ends by itself after 60 s.", entry, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notification_without_original_type_or_with_line_breaks_stays_one_line()
    {
        await new WeChatPayNotificationDispatcher(_log).DispatchAsync(NotificationMaker.Receiver(), NotificationMaker.Make("{}", "A\\nB", null, id: "I\\nD").Message(), Token);
        AssertLog("Error 204 No handler is for A B (no original type), notification I D; 500 was answered");
    }

    [Fact]
    public async Task The_envelope_and_its_resource_are_told_apart_where_they_cannot_be_read()
    {
        foreach (var (body, message) in new[]
        {
            ("[]", "The notification cannot be read: "),
            ("""{"id":"1","resource":{"algorithm":"AEAD_AES_256_GCM"}}""", "The notification has no event_type."),
            ("""{"id":"1","event_type":"","resource":{}}""", "The notification has no event_type."),
            ("""{"id":"1","event_type":"X"}""", "The notification has no resource."),
        })
        {
            var maker = new NotificationMaker { Body = Encoding.UTF8.GetBytes(body) }.Sign();
            var failure = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => NotificationMaker.Receiver().ReadAsync(maker.Message(), Token).AsTask());
            Assert.StartsWith(message, failure.BaseMessage, StringComparison.Ordinal);
            Assert.Equal((true, "08TEST-0", body), (failure.IsVerified, failure.RequestId, Encoding.UTF8.GetString(failure.GetRawBody().Span)));
        }

        var resource = await Assert.ThrowsAsync<WeChatPaySerializationException>(() => NotificationMaker.Receiver().ReadAsync(NotificationMaker.Make("[]").Message(), Token).AsTask());
        Assert.Equal(("The decrypted resource of the notification is no JSON object.", true, "08TEST-0"), (resource.BaseMessage, resource.IsVerified, resource.RequestId));
    }

    [Fact]
    public async Task A_resource_that_cannot_be_opened_or_read_names_the_delivery_and_the_member()
    {
        var maker = NotificationMaker.Make(apiV3Key: new string('x', 32));
        var closed = await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => NotificationMaker.Receiver().ReadAsync(maker.Message(), Token).AsTask());
        Assert.Equal((true, "08TEST-0", maker.Body.Length), (closed.IsVerified, closed.RequestId, closed.GetRawBody().Length));

        maker = NotificationMaker.Make("""{"out_trade_no":[]}""");
        var notification = await NotificationMaker.Receiver().ReadAsync(maker.Message(), Token);
        foreach (var failure in new[]
        {
            Assert.Throws<WeChatPaySerializationException>(() => notification.As<PaymentResource>()),
            await Assert.ThrowsAsync<WeChatPaySerializationException>(() => notification.AsAsync<PaymentResource>(Token).AsTask()),
        })
        {
            Assert.StartsWith("The resource of the notification: ", failure.BaseMessage, StringComparison.Ordinal);
            Assert.Equal(("$.out_trade_no", true, "08TEST-0", maker.Body.Length), (failure.Path, failure.IsVerified, failure.RequestId, failure.GetRawBody().Length));
        }

        maker = NotificationMaker.Make("""{"user_name":"AAAA"}""");
        notification = await NotificationMaker.Receiver().ReadAsync(maker.Message(), Token);
        var sealedMember = Assert.Throws<WeChatPayDecryptionException>(() => notification.As<PaymentResource>());
        Assert.StartsWith("The resource of the notification: ", sealedMember.BaseMessage, StringComparison.Ordinal);
        Assert.Contains("user_name", sealedMember.BaseMessage, StringComparison.Ordinal);
        Assert.Equal((true, "08TEST-0", maker.Body.Length), (sealedMember.IsVerified, sealedMember.RequestId, sealedMember.GetRawBody().Length));
    }

    [Fact]
    public async Task Another_kind_is_told_beside_that_of_the_notification()
    {
        var notification = await NotificationMaker.Receiver().ReadAsync(NotificationMaker.Make("{}", originalType: "profitsharing").Message(), Token);
        Assert.Equal(
            $"{typeof(PaymentResource)} is the resource of TRANSACTION.SUCCESS (transaction), and this notification is TRANSACTION.SUCCESS (profitsharing).",
            Assert.Throws<InvalidOperationException>(() => notification.As<PaymentResource>()).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => notification.AsAsync<PaymentResource>(Token).AsTask());
        Assert.Equal(
            $"{typeof(XmlPayment)} is the resource of PAYMENT.SUCCESS (APIv2), and this notification is TRANSACTION.SUCCESS (profitsharing).",
            Assert.Throws<InvalidOperationException>(() => notification.As<XmlPayment>()).Message);
        Assert.NotNull(notification.As<UntypedResource>());

        var xml = await NotificationMaker.Receiver(Change).ReadAsync(XmlNotificationMaker.Payment.With("result_code", "FAIL").Signed().Message(), Token);
        Assert.Equal(
            $"{typeof(UntypedResource)} is the resource of TRANSACTION.SUCCESS (no original type), and this notification is an event without a name (APIv2, failed).",
            Assert.Throws<InvalidOperationException>(() => xml.As<UntypedResource>()).Message);
        Assert.True(xml.GetResourceJson().IsEmpty);
        Assert.False(xml.GetResourceXml().IsEmpty);
        Assert.True(notification.GetResourceXml().IsEmpty);
        Assert.Equal("{}", Encoding.UTF8.GetString(notification.GetResourceJson().Span));
    }

    [Fact]
    public void Handlers_that_could_never_be_told_apart_are_refused_with_the_reason()
    {
        Assert.Equal(
            "Two handlers are for TRANSACTION.SUCCESS (transaction), and nothing tells their notifications apart. Give each of them a predicate: On<T>(when: n => …, handler).",
            Assert.Throws<InvalidOperationException>(() => New().On<PaymentResource>(Handle).On<PaymentResource>(Handle)).Message);
        Assert.Equal(
            "Two handlers are for PAYMENT.SUCCESS (APIv2) and PAYMENT.SUCCESS (APIv2), and nothing tells their notifications apart. Give each of them a predicate: On<T>(when: n => …, handler).",
            Assert.Throws<InvalidOperationException>(() => New().On<XmlPayment>(Handle).On<XmlPayment>(Handle)).Message);
        const string Untold = "The spec of VEHICLE.CHANGED (APIv2) names no member that tells its notifications from others, and they carry no event_type. "
            + "Mark such a member in the spec with @discriminator, or give the handler a predicate: On<T>(when: n => …, handler).";
        Assert.Equal(Untold, Assert.Throws<InvalidOperationException>(() => New().On<XmlUntold>(Handle)).Message);
        Assert.Equal(Untold, Assert.Throws<InvalidOperationException>(() => New().Ignore<XmlUntold>()).Message);
        New().On<XmlUntold>(static _ => true, Handle).On<XmlPayment>(Handle).OnFailed<XmlPayment>(Handle).On<XmlScore>(Handle).Ignore<XmlRefund>();
        Assert.StartsWith(
            "TRANSACTION.SUCCESS (transaction) is an event of APIv3, which never reports a failure of something else: use On<PaymentResource>.",
            Assert.Throws<ArgumentException>(() => New().OnFailed<PaymentResource>(Handle)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "PAYMENT.SUCCESS (APIv2) is no question: the reply to an APIv2 notification carries no data. Use On<XmlPayment>.",
            Assert.Throws<ArgumentException>(() => New().Answer<XmlPayment>((_, _) => Task.FromResult(WeChatPayNotificationReply.Json("{}"u8.ToArray())))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_told_by_its_name()
    {
        Assert.Equal("handler", Assert.Throws<ArgumentNullException>(() => New().On<PaymentResource>(null!)).ParamName);
        Assert.Equal("handler", Assert.Throws<ArgumentNullException>(() => New().On<PaymentResource>(static _ => true, null!)).ParamName);
        Assert.Equal("when", Assert.Throws<ArgumentNullException>(() => New().On<PaymentResource>(null!, Handle)).ParamName);
        Assert.Equal("handler", Assert.Throws<ArgumentNullException>(() => New().OnFailed<XmlPayment>(null!)).ParamName);
        Assert.Equal("handler", Assert.Throws<ArgumentNullException>(() => New().Answer<PaymentResource>(null!)).ParamName);
        Assert.Equal("eventType", Assert.Throws<ArgumentException>(() => New().Ignore("")).ParamName);
        Assert.Equal("notifications", (await Assert.ThrowsAsync<ArgumentNullException>(() => New().DispatchAsync(null!, NotificationMaker.Make().Message(), Token))).ParamName);
        Assert.Equal("message", (await Assert.ThrowsAsync<ArgumentNullException>(() => New().DispatchAsync(NotificationMaker.Receiver(), null!, Token))).ParamName);
        Assert.Equal("message", (await Assert.ThrowsAsync<ArgumentNullException>(() => NotificationMaker.Receiver().ReadAsync(null!, Token).AsTask())).ParamName);
        Assert.Equal("headers", Assert.Throws<ArgumentNullException>(() => new WeChatPayNotificationMessage(null!, default)).ParamName);
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => NotificationMaker.Receiver().ReadAsync(NotificationMaker.Make().Message(), gone.Token).AsTask());
    }

    [Fact]
    public void A_reply_of_ones_own_says_what_is_wrong_with_it()
    {
        Assert.StartsWith(
            "The answer to a notification is a JSON object in UTF-8.", Assert.Throws<ArgumentException>(() => WeChatPayNotificationReply.Json("[]"u8.ToArray())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => WeChatPayNotificationReply.Json(1, null!));
        var reply = WeChatPayNotificationReply.Json(" {} "u8.ToArray());
        Assert.Equal(" ~", reply.WithAuthorization(" ~").Authorization);
        Assert.Equal((200, " {} ", "application/json"), (reply.StatusCode, Encoding.UTF8.GetString(reply.WithAuthorization("a").Body.Span), reply.WithAuthorization("a").ContentType));
        Assert.Throws<ArgumentException>(() => reply.WithAuthorization(""));
        foreach (var wrong in new[] { "\u001F", "\u007F", "a\n", "测" })
            Assert.StartsWith("An Authorization header is printable ASCII.", Assert.Throws<ArgumentException>(() => reply.WithAuthorization(wrong)).Message, StringComparison.Ordinal);
    }

    private static WeChatPayNotificationDispatcher New() => new();

    private static Task Handle<T>(WeChatPayNotification<T> notification, CancellationToken cancellationToken)
        where T : class, WeChatPay.Serialization.INotificationContent<T>
        => Task.CompletedTask;
}
