using System.Text;
using System.Text.Json;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Serialization;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Money rule 11, the share of notifications and bodies: what was decrypted or is secret turns up in no exception, log entry or text of an object.</summary>
public sealed class MoneyRule11PlaintextTests
{
    private const string Secret = "SECRET-openid-张三";

    [Theory]
    [InlineData("""{"mchid":"1900000009","openid":"SECRET-openid-张三"}""")]
    [InlineData("""{"mchid":"SECRET-openid-张三"}""")]
    [InlineData("""{"out_trade_no":["SECRET-openid-张三"]}""")]
    [InlineData("""{"amount":{"total":"SECRET-openid-张三"}}""")]
    [InlineData("""{"trade_state":"SECRET-openid-张三","amount":"SECRET-openid-张三"}""")]
    [InlineData("""{"out_trade_no":"SECRET-openid-张三" SECRET-openid-张三}""")]
    [InlineData("""{"out_trade_no":SECRET-openid-张三}""")]
    [InlineData("SECRET-openid-张三")]
    [InlineData("""{"user_name":"SECRET-openid-张三"}""")]
    public async Task A_failure_about_a_resource_quotes_nothing_of_it(string resource)
    {
        var log = new RecordingLogger();
        var called = false;
        var dispatcher = new WeChatPayNotificationDispatcher(log).On<PaymentResource>((_, _) =>
        {
            called = true;
            return Task.CompletedTask;
        });
        var reply = await dispatcher.DispatchAsync(NotificationMaker.Receiver(), NotificationMaker.Make(resource).Message(), TestContext.Current.CancellationToken);

        Assert.False(called);
        Assert.NotEqual(200, reply.StatusCode);
        Assert.NotEmpty(log.Entries);
        var all = string.Join('\n', log.Entries) + Encoding.UTF8.GetString(reply.Body.Span);
        AssertNothingOf(Secret, all);
        AssertNothingOf("openid-", all);
    }

    [Fact]
    public async Task Keys_turn_up_nowhere()
    {
        var log = new RecordingLogger();
        var dispatcher = new WeChatPayNotificationDispatcher(log);
        var receiver = NotificationMaker.Receiver();
        var token = TestContext.Current.CancellationToken;
        await dispatcher.DispatchAsync(receiver, NotificationMaker.Make(apiV3Key: "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB").Message(), token);
        await dispatcher.DispatchAsync(receiver, NotificationMaker.Make().Message(), token);
        await dispatcher.DispatchAsync(receiver, NotificationMaker.Make().With("Wechatpay-Serial", "PUB_KEY_ID_2").Message(), token);
        await dispatcher.DispatchAsync(receiver, NotificationMaker.Make().With("Wechatpay-Signature", "AAAA").Message(), token);

        var all = string.Join('\n', log.Entries);
        Assert.True(log.Entries.Count >= 4);
        AssertNothingOf(TestMerchant.ApiV3Key, all);
        AssertNothingOf(Convert.ToHexString(Encoding.UTF8.GetBytes(TestMerchant.ApiV3Key)), all);
        AssertNothingOf(Convert.ToBase64String(Encoding.UTF8.GetBytes(TestMerchant.ApiV3Key)), all);
        AssertNothingOf("out_trade_no", all);
        AssertNothingOf("-----BEGIN", all);
    }

    [Fact]
    public async Task Texts_and_public_properties_of_a_notification_do_not_show_its_resource()
    {
        var notification = await NotificationMaker.Receiver().ReadAsync(
            NotificationMaker.Make($$"""{"out_trade_no":"{{Secret}}"}""").Message(), TestContext.Current.CancellationToken);
        var shown = new StringBuilder(notification.ToString());
        foreach (var property in typeof(WeChatPayNotification).GetProperties())
        {
            var value = property.GetValue(notification);
            shown.AppendLine(value is ReadOnlyMemory<byte> bytes ? Encoding.UTF8.GetString(bytes.Span) : value?.ToString());
        }

        AssertNothingOf(Secret, shown.ToString());
        Assert.Contains(Secret, Encoding.UTF8.GetString(notification.GetResourceJson().Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_is_not_serialized_in_another_form_than_it_came()
    {
        var resource = JsonSerializer.Deserialize<PaymentResource>(NotificationMaker.Payment)!;
        Assert.Equal(100, resource.Amount?.Total);
        Assert.Contains("GetResourceJson", Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(resource)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_text_does_not_show_the_plain_one()
    {
        var credentials = Keys.MerchantCredentials.Create(TestMerchant.Options());
        var encrypted = new WeChatPaySensitiveData(Keys.MerchantKeyring.Of(credentials)).Encrypt(Secret);
        AssertNothingOf(Secret, encrypted.ToString());
    }

    [Fact]
    public void A_failure_about_a_request_quotes_no_value()
    {
        var order = new OrderRequest { Appid = "wx1", Amount = new() { Total = 1, Currency = "CNY" }, PayerName = Secret + "\ud800" };
        AssertNothingOf("SECRET", Assert.Throws<ArgumentException>(() => JsonBody.Write(order, null)).ToString());
        order.PayerName = null;
        order.Appid = Secret + "🍎";
        AssertNothingOf("SECRET", Assert.Throws<ArgumentException>(() => JsonBody.Write(order, null)).ToString());
    }

    private static void AssertNothingOf(string secret, string text) => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
}
