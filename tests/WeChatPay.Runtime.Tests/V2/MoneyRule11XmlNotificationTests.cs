using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>Money rule 11 for APIv2 notifications: keys and what was decrypted or is personal turn up in no log entry and no reply.</summary>
public sealed class MoneyRule11XmlNotificationTests
{
    private const string Secret = "SECRET-openid-张三";

    public static TheoryData<string> Names => ["member", "merchant", "sign", "sign_type", "refund", "refund-member", "refund-merchant", "sealed", "sealed-member", "unhandled", "other-key"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_refusal_quotes_nothing(string scenario)
    {
        var log = new RecordingLogger();
        var dispatcher = new WeChatPayNotificationDispatcher(log)
            .On<XmlPayment>((_, _) => Task.CompletedTask).On<XmlRefund>((_, _) => Task.CompletedTask).On<XmlScore>((_, _) => Task.CompletedTask);
        var reply = await dispatcher.DispatchAsync(
            NotificationMaker.Receiver(options => options.ApiV2Key = XmlNotificationMaker.Key), Message(scenario), TestContext.Current.CancellationToken);

        Assert.NotEqual(200, reply.StatusCode);
        var all = Assert.Single(log.Entries) + Encoding.UTF8.GetString(reply.Body.Span);
        foreach (var secret in (string[])[Secret, XmlNotificationMaker.Key, Hash(), TestMerchant.ApiV3Key, "SECRET"])
        {
            foreach (var form in (string[])[secret, Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))])
                Assert.DoesNotContain(form, all, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static WeChatPayNotificationMessage Message(string scenario) => (scenario switch
    {
        "member" => XmlNotificationMaker.Payment.With("total_fee", Secret).Signed(),
        "merchant" => XmlNotificationMaker.Payment.With("mch_id", Secret).Signed(),
        "sign" => XmlNotificationMaker.Payment.With("openid", Secret).With("sign", Secret),
        "sign_type" => XmlNotificationMaker.Payment.With("sign_type", Secret).Signed(),
        "refund" => XmlNotificationMaker.RefundOf("<root><a>" + Secret),
        "refund-member" => XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund.With("refund_fee", Secret)),
        "refund-merchant" => XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund.With("mch_id", Secret)),
        "sealed" => XmlNotificationMaker.Sealed("TRANSACTION.SUCCESS", [("a b", Secret)]).Signed(),
        "sealed-member" => XmlNotificationMaker.Sealed("TRANSACTION.SUCCESS", [("total_amount", Secret)]).Signed(),
        "unhandled" => new[] { ("plate_number", Secret) }.Signed(),
        _ => XmlNotificationMaker.RefundOf(XmlNotificationMaker.Refund.With("openid", Secret), "TESTONLYanotherkey0123456789ABCD"),
    }).Message();

    [SuppressMessage("Security", "CA5351", Justification = "The key that the protocol derives.")]
    private static string Hash() => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(XmlNotificationMaker.Key)));
}
