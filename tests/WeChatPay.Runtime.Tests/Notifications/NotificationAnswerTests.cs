using System.Text;
using System.Text.Json.Serialization;
using WeChatPay.Runtime.Tests.Models;
using WeChatPay.Runtime.Tests.V2;

namespace WeChatPay.Runtime.Tests.Notifications;

/// <summary>Notifications that are questions: what the handler returns is the reply.</summary>
public sealed partial class NotificationAnswerTests
{
    private static readonly byte[] Fee = """{"code":"SUCCESS","total_amount":500}"""u8.ToArray();

    private readonly RecordingLogger _log = new();
    private readonly SpyStore _store = new(new InMemoryNotificationStore());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WeChatPayNotificationDispatcher Dispatcher() => new(_log, _store);

    private static Task<WeChatPayNotificationReply> Deliver(WeChatPayNotificationDispatcher dispatcher, NotificationMaker maker)
        => dispatcher.DispatchAsync(NotificationMaker.Receiver(), maker.Message(), Token);

    [Fact]
    public async Task The_answer_is_the_reply_each_time_the_question_comes()
    {
        var calls = 0;
        var dispatcher = Dispatcher().Answer<PaymentResource>((n, _) =>
        {
            calls++;
            return Task.FromResult(WeChatPayNotificationReply.Json(Encoding.UTF8.GetBytes($$"""{"code":"SUCCESS","number":"{{n.Resource.OutTradeNo}}"}""")));
        });
        var maker = NotificationMaker.Make();
        for (var i = 1; i <= 2; i++)
        {
            var reply = await Deliver(dispatcher, maker);
            Assert.Equal((200, true, "application/json", null), (reply.StatusCode, reply.IsSuccess, reply.ContentType, reply.Authorization));
            Assert.Equal("""{"code":"SUCCESS","number":"A1"}""", Encoding.UTF8.GetString(reply.Body.Span));
            Assert.Equal(i, calls);
        }

        Assert.Equal(["claim", "release", "claim", "release"], _store.Calls);
    }

    [Fact]
    public async Task A_question_is_not_answered_twice_at_once()
    {
        var end = new TaskCompletionSource<WeChatPayNotificationReply>();
        var dispatcher = Dispatcher().Answer<PaymentResource>((_, _) => end.Task);
        var maker = NotificationMaker.Make();
        var first = Deliver(dispatcher, maker);
        Assert.Equal(503, (await Deliver(dispatcher, maker)).StatusCode);
        end.SetResult(WeChatPayNotificationReply.Json(Fee));
        Assert.Equal(Fee, (await first).Body.ToArray());
    }

    [Fact]
    public async Task An_answer_does_not_wait_for_a_store_that_cannot_release()
    {
        _store.FailAt("release");
        Assert.Equal(Fee, (await Deliver(Dispatcher().Answer<PaymentResource>((_, _) => Task.FromResult(WeChatPayNotificationReply.Json(Fee))), NotificationMaker.Make())).Body.ToArray());
    }

    [Fact]
    public async Task An_event_that_becomes_a_question_is_answered_though_it_was_handled()
    {
        var maker = NotificationMaker.Make();
        Assert.True((await Deliver(Dispatcher().On<PaymentResource>((_, _) => Task.CompletedTask), maker)).IsSuccess);
        Assert.Equal(Fee, (await Deliver(Dispatcher().Answer<PaymentResource>((_, _) => Task.FromResult(WeChatPayNotificationReply.Json(Fee))), maker)).Body.ToArray());
    }

    [Fact]
    public async Task No_answer_or_a_failed_one_is_replied_with_500()
    {
        Assert.Equal(500, (await Deliver(Dispatcher().Answer<PaymentResource>((_, _) => throw new InvalidOperationException("internal")), NotificationMaker.Make())).StatusCode);
        Assert.Equal(500, (await Deliver(Dispatcher().Answer<PaymentResource>((_, _) => Task.FromResult<WeChatPayNotificationReply>(null!)), NotificationMaker.Make())).StatusCode);
        Assert.Contains(_log.Entries, static entry => entry.Contains("returned no reply", StringComparison.Ordinal));
        Assert.Equal(401, (await Deliver(Dispatcher().Answer<PaymentResource>((_, _) => throw new InvalidOperationException()), NotificationMaker.Make().With("Wechatpay-Nonce", "x"))).StatusCode);
    }

    [Fact]
    public void Questions_are_of_APIv3_and_have_one_handler()
    {
        Assert.Throws<ArgumentException>(() => Dispatcher().Answer<XmlPayment>((_, _) => Task.FromResult(WeChatPayNotificationReply.Json(Fee))));
        Assert.Throws<InvalidOperationException>(
            () => Dispatcher().On<PaymentResource>((_, _) => Task.CompletedTask).Answer<PaymentResource>((_, _) => Task.FromResult(WeChatPayNotificationReply.Json(Fee))));
    }

    [Fact]
    public void An_answer_is_a_JSON_object()
    {
        foreach (var wrong in (string[])["", "x", "[]", "1", "null", "{", "{} {}", """{"a":}"""])
            Assert.Throws<ArgumentException>(() => WeChatPayNotificationReply.Json(Encoding.UTF8.GetBytes(wrong)));
        Assert.Throws<ArgumentException>(() => WeChatPayNotificationReply.Json(null!, AnswerJson.Default.ParkingFee));
        var reply = WeChatPayNotificationReply.Json(new ParkingFee("SUCCESS", 500), AnswerJson.Default.ParkingFee);
        Assert.Equal("""{"code":"SUCCESS","total_amount":500}""", Encoding.UTF8.GetString(reply.Body.Span));
    }

    [Fact]
    public void The_bytes_of_an_answer_are_those_at_the_time()
    {
        var bytes = Fee.ToArray();
        var reply = WeChatPayNotificationReply.Json(bytes);
        bytes[0] = 0;
        Assert.Equal(Fee, reply.Body.ToArray());
    }

    [Fact]
    public void An_authorization_is_one_line()
    {
        Assert.Equal("WECHATPAY2 a=\"b\"", WeChatPayNotificationReply.Json(Fee).WithAuthorization("WECHATPAY2 a=\"b\"").Authorization);
        Assert.Throws<ArgumentException>(() => WeChatPayNotificationReply.Json(Fee).WithAuthorization("a\r\nSet-Cookie: b"));
    }

    internal sealed record ParkingFee([property: JsonPropertyName("code")] string Code, [property: JsonPropertyName("total_amount")] long TotalAmount);

    [JsonSerializable(typeof(ParkingFee))]
    internal sealed partial class AnswerJson : JsonSerializerContext;
}
