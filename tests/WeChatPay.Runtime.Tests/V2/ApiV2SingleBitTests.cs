using System.Text;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.V2;

/// <summary>
/// Each single bit of a signed APIv2 message, changed on its way: nothing of it is believed. Blanks between members and members that say nothing are
/// signed by nobody in APIv2; these messages have none.
/// </summary>
public sealed class ApiV2SingleBitTests
{
    private static readonly (string Name, string Value)[] Members =
        [("return_code", "SUCCESS"), ("result_code", "SUCCESS"), ("mch_id", TestMerchant.MerchantId), ("prepay_id", "wx1"), ("total_fee", "100")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_an_answer(bool isHmac)
    {
        var good = Bytes(Members.Signed(isHmac));
        var current = good;
        var options = TestMerchant.Options();
        options.ApiV2Key = XmlNotificationMaker.Key;
        using var client = new V2Client(options, new FakeApi(_ => FakeApi.Unsigned(current, 200)));
        var request = new V2Members(("mch_id", TestMerchant.MerchantId), ("sign_type", isHmac ? "HMAC-SHA256" : "MD5"));
        Assert.Equal(100, (await client.Pay.OrderAsync(request, Ct)).TotalFee);

        foreach (var (changed, bit) in Changes(good))
        {
            current = changed;
            Refused(await Record.ExceptionAsync(() => client.Pay.OrderAsync(request, Ct)), bit, changed);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_notification(bool isHmac)
        => await OfNotification(XmlNotificationMaker.Payment.Where(member => member.Value.Length > 0).ToArray().Signed(isHmac));

    [Fact]
    public async Task Of_a_notification_that_is_encrypted_as_well()
        => await OfNotification(XmlNotificationMaker.Sealed("TRANSACTION.SUCCESS", [("out_order_no", "A1")]).Signed());

    private static async Task OfNotification((string Name, string Value)[] members)
    {
        var good = Bytes(members);
        var receiver = NotificationMaker.Receiver(options => options.ApiV2Key = XmlNotificationMaker.Key);
        Assert.True((await receiver.ReadAsync(XmlNotificationMaker.Message(good), Ct)).IsAuthenticated);
        foreach (var (changed, bit) in Changes(good))
        {
            Refused(await Record.ExceptionAsync(() => receiver.ReadAsync(XmlNotificationMaker.Message(changed), Ct).AsTask()), bit, changed);
        }
    }

    private static void Refused(Exception? failure, int bit, byte[] changed)
        => Assert.True(
            failure is WeChatPayException { IsVerified: false, Outcome: WeChatPayOutcome.Unknown },
            $"bit {bit}, {Encoding.Latin1.GetString(changed)}: {failure?.ToString() ?? "accepted"}");

    private static byte[] Bytes((string Name, string Value)[] members)
        => Encoding.UTF8.GetBytes(XmlNotificationMaker.Xml(members).Replace("\n", "", StringComparison.Ordinal));

    private static IEnumerable<(byte[] Changed, int Bit)> Changes(byte[] good)
    {
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var changed = (byte[])good.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return (changed, bit);
        }
    }
}
