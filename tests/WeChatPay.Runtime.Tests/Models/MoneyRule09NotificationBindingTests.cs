using System.Text;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Money rule 9, notifications: a good signature is not enough, the merchant inside must be the one of the endpoint.</summary>
public sealed class MoneyRule09NotificationBindingTests
{
    private static Task<WeChatPayNotification> Read(NotificationMaker maker, Action<WeChatPayOptions>? change = null)
        => NotificationMaker.Receiver(change).ReadAsync(maker.Message(), TestContext.Current.CancellationToken).AsTask();

    [Theory]
    [InlineData("""{"mchid":"1900000001"}""")]
    [InlineData("""{"mchid":1900000001}""")]
    [InlineData("""{"mchid":null}""")]
    [InlineData("""{"sp_mchid":"1900000001","sub_mchid":"1900000002"}""")]
    [InlineData("""{"combine_mchid":"1900000001","sub_orders":[{"mchid":"1900000009"}]}""")]
    [InlineData("""{"x":{"mchid":"1900000009"},"mchid":"1900000001"}""")]
    [InlineData("""{"m\u0063hid":"19000000\u00301"}""")]
    [InlineData("""{"no_merchant":1}""")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task A_notification_for_this_merchant_is_read(string resource)
        => Assert.Equal(resource, Encoding.UTF8.GetString((await Read(NotificationMaker.Make(resource))).GetResourceJson().Span));

    [Theory]
    [InlineData("""{"mchid":"1900000009"}""")]
    [InlineData("""{"sp_mchid":"1900000009","sub_mchid":"1900000001"}""")]
    [InlineData("""{"combine_mchid":"1900000009","mchid":"1900000001"}""")]
    [InlineData("""{"mchid":"1900000009","mchid":"1900000001"}""")]
    [InlineData("""{"mchid":"1900000001","mchid":"1900000009"}""")]
    [InlineData("""{"m\u0063hid":"1900000009"}""")]
    [InlineData("""{"mchid":1900000009}""")]
    [InlineData("""{"mchid":1900000001.0}""")]
    [InlineData("""{"mchid":" 1900000001"}""")]
    [InlineData("""{"mchid":""}""")]
    [InlineData("""{"mchid":["1900000001"]}""")]
    [InlineData("""{"mchid":{}}""")]
    [InlineData("""{"mchid":true}""")]
    public async Task A_notification_for_another_merchant_is_refused(string resource)
    {
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => Read(NotificationMaker.Make(resource)));
        Assert.Equal(WeChatPaySignatureFailure.EchoMismatch, failure.Reason);
        Assert.DoesNotContain("1900000009", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mchid")]
    [InlineData("sp_mchid")]
    [InlineData("combine_mchid")]
    public async Task What_names_another_merchant_is_said_and_that_the_signature_was_good(string name)
    {
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => Read(NotificationMaker.Make($$"""{"{{name}}":"1900000009"}""")));
        Assert.Equal($"The notification is signed well, but its {name} is not 1900000001: it belongs to another merchant and is refused here.", failure.Message);
        Assert.True(failure.IsVerified);
    }

    [Fact]
    public async Task Merchant_B_s_valid_notification_at_merchant_A_s_endpoint_is_refused_whatever_the_APIv3_keys_are()
    {
        var forB = NotificationMaker.Make("""{"mchid":"1900000009","out_trade_no":"B1"}""", apiV3Key: "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB");
        // At its own endpoint it is read.
        Assert.Equal("B1", (await Read(forB, o => (o.MerchantId, o.ApiV3Key) = ("1900000009", "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"))).As<PaymentResource>().Resource.OutTradeNo);
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => Read(forB));
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => Read(NotificationMaker.Make("""{"mchid":"1900000009","out_trade_no":"B1"}""")));
    }

    [Fact]
    public async Task A_key_of_another_merchant_s_trust_set_proves_nothing_here()
    {
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(
            () => Read(NotificationMaker.Make(), o => (o.PublicKeyId, o.PublicKey) = (null, null)));
        Assert.Equal(WeChatPaySignatureFailure.UnknownSerial, failure.Reason);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"mchid\"")]
    [InlineData("{\"mchid\":")]
    [InlineData("no JSON")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task A_resource_that_is_no_object_is_refused_without_quoting_it(string resource)
    {
        try
        {
            var notification = await Read(NotificationMaker.Make(resource));
            Assert.Null(notification.As<PaymentResource>().Resource.OutTradeNo);
        }
        catch (WeChatPaySerializationException e)
        {
            Assert.True(e.IsVerified);
            Assert.Null(e.InnerException);
        }
    }
}
