
namespace WeChatPay.Runtime.Tests.Models;

/// <summary>Every single-bit change of a valid notification is refused, and refused as a signature failure before anything is parsed.</summary>
public sealed class NotificationTamperingTests
{
    private readonly WeChatPayNotifications _receiver = NotificationMaker.Receiver();

    [Fact]
    public void The_notification_itself_is_accepted() => Assert.NotNull(Read(NotificationMaker.Make()));

    [Fact]
    public void Every_bit_of_the_body_counts()
    {
        var maker = NotificationMaker.Make();
        var good = maker.Body;
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            maker.Body = (byte[])good.Clone();
            maker.Body[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(maker, $"bit {bit} of the body");
        }

        maker.Body = good[..^1];
        Refused(maker, "body without its last byte");
        maker.Body = [.. good, (byte)'\n'];
        Refused(maker, "body with a line feed");
        maker.Body = [.. "\uFEFF"u8, .. good];
        Refused(maker, "body with a byte order mark");
        maker.Body = [];
        Refused(maker, "empty body");
    }

    [Theory]
    [InlineData("Wechatpay-Signature")]
    [InlineData("Wechatpay-Timestamp")]
    [InlineData("Wechatpay-Nonce")]
    [InlineData("Wechatpay-Serial")]
    [InlineData("Wechatpay-Signature-Type")]
    public void Every_bit_of_a_header_counts(string header)
    {
        var good = NotificationMaker.Make();
        var value = good.Headers[header]!;
        for (var bit = 0; bit < value.Length * 8; bit++)
        {
            var changed = value.ToCharArray();
            changed[bit / 8] ^= (char)(1 << (bit % 8));
            Refused(NotificationMaker.Make().With(header, new string(changed)), $"bit {bit} of {header}");
        }

        Refused(NotificationMaker.Make().With(header, value + " "), $"{header} with a blank");
        Refused(NotificationMaker.Make().With(header, value[..^1]), $"{header} without its last character");
        Refused(NotificationMaker.Make().With(header, ""), $"{header} empty");
        if (header != "Wechatpay-Signature-Type")
            Refused(NotificationMaker.Make().With(header, null), $"without {header}");
    }

    [Fact]
    public void A_header_that_comes_twice_is_refused()
    {
        var maker = NotificationMaker.Make();
        foreach (var twice in maker.Headers.Keys.Where(name => name.StartsWith("Wechatpay-", StringComparison.Ordinal)))
        {
            var message = new WeChatPayNotificationMessage(
                name => maker.Headers.GetValueOrDefault(name) is { } value ? (name == twice ? [value, value] : [value]) : [], maker.Body);
            Assert.Throws<WeChatPaySignatureException>(() => _receiver.ReadAsync(message, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult());
        }
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_notification_is_believed_for_five_minutes(int seconds, bool accepted)
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Core.TestMerchant.Now.AddSeconds(seconds));
        var receiver = NotificationMaker.Receiver(o => o.TimeProvider = clock);
        var read = Record.Exception(() => receiver.ReadAsync(NotificationMaker.Make().Message(), TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult());
        Assert.Equal(accepted, read is null);
        if (!accepted)
            Assert.Equal(WeChatPaySignatureFailure.ClockSkew, Assert.IsType<WeChatPaySignatureException>(read).Reason);
    }

    private WeChatPayNotification Read(NotificationMaker maker)
        => _receiver.ReadAsync(maker.Message(), TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();

    private void Refused(NotificationMaker maker, string what)
    {
        var failure = Record.Exception(() => Read(maker));
        Assert.True(failure is WeChatPaySignatureException, $"{what}: {failure?.GetType().Name ?? "accepted"}");
    }
}
