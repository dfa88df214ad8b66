using System.IO;
using System.Text;
using System.Text.Json;
using WeChatPay.Keys;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>The recorded notifications of vectors/07, row by row.</summary>
public sealed class XmlNotificationVectorTests
{
    private static readonly JsonElement Vector = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf("07-apiv2.json"))).RootElement;

    private readonly WeChatPayNotifications _receiver = new(MerchantKeyring.Of(MerchantCredentials.Create(VectorMerchant.ApiV2Options(Vector.Text("apiv2_key")))));

    public static TheoryData<string> Names => [.. Vector.GetProperty("notifications").EnumerateArray().Select(row => row.Text("name"))];

    [Theory]
    [VectorRows("07-apiv2.json", "notifications")]
    [MemberData(nameof(Names))]
    public async Task A_notification_gets_the_recorded_verdict(string name)
    {
        var row = Vector.GetProperty("notifications").EnumerateArray().Single(item => item.Text("name") == name);
        var message = XmlNotificationMaker.Message(row.Text("xml"));

        if (row.Text("expect") == "invalid_signature")
        {
            var refusal = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => Read(message));
            Assert.Equal((WeChatPaySignatureFailure.Mismatch, false), (refusal.Reason, refusal.IsVerified));
            return;
        }

        Assert.Equal("valid", row.Text("expect"));
        var notification = (await Read(message)).As<XmlPayment>();
        Assert.Equal(("TESTONLY0001", "4200000000", 1L, 1L), (notification.Resource.OutTradeNo, notification.Resource.TransactionId, notification.Resource.TotalFee, notification.Resource.CashFee));
        Assert.Equal((2, true, false, "PAYMENT.SUCCESS", "4200000000:SUCCESS"), (notification.Version, notification.IsAuthenticated, notification.IsFailed, notification.EventType, notification.Id));
        Assert.Equal(row.Text("xml"), Encoding.UTF8.GetString(notification.GetResourceXml().Span));
        Assert.True(notification.GetResourceJson().IsEmpty);
    }

    [Theory]
    [VectorRows("07-apiv2.json")]
    [InlineData("refund_notification")]
    public async Task The_refund_notification_is_opened_and_marked_as_not_authenticated(string name)
    {
        var row = Vector.GetProperty(name);
        var untyped = await Read(XmlNotificationMaker.Message(row.Text("xml")));
        var notification = untyped.As<XmlRefund>();

        Assert.Equal(row.Text("plaintext_utf8"), Encoding.UTF8.GetString(notification.GetResourceXml().Span));
        Assert.Equal(("TESTONLYR1", 1L, "SUCCESS"), (notification.Resource.OutRefundNo, notification.Resource.RefundFee, notification.Resource.RefundStatus));
        Assert.Equal(new DateTimeOffset(2025, 10, 9, 16, 53, 20, TimeSpan.FromHours(8)), notification.Resource.SuccessTime?.Time);
        Assert.Equal((false, false), (untyped.IsAuthenticated, notification.IsAuthenticated));
        Assert.Equal(("", "REFUND.SUCCESS", "TESTONLYR1:SUCCESS"), (untyped.EventType, notification.EventType, notification.Id));
        Assert.Equal(row.Text("xml"), Encoding.UTF8.GetString(notification.RawBody.Span));
    }

    [Theory]
    [VectorRows("07-apiv2.json")]
    [InlineData("reply_ok")]
    public async Task What_is_done_is_answered_with_the_recorded_reply(string name)
    {
        var row = Vector.GetProperty("refund_notification");
        var dispatcher = new WeChatPayNotificationDispatcher().On<XmlRefund>((_, _) => Task.CompletedTask);
        var reply = await dispatcher.DispatchAsync(_receiver, XmlNotificationMaker.Message(row.Text("xml")), TestContext.Current.CancellationToken);
        Assert.Equal((200, "text/xml; charset=utf-8", Vector.Text(name)), (reply.StatusCode, reply.ContentType, Encoding.UTF8.GetString(reply.Body.Span)));
    }

    private Task<WeChatPayNotification> Read(WeChatPayNotificationMessage message) => _receiver.ReadAsync(message, TestContext.Current.CancellationToken).AsTask();
}
