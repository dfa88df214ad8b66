using System.Text;
using System.Text.Json;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>Every single-bit change of a valid answer and of a valid notification is refused as a signature failure.</summary>
public sealed class SmTamperingTests
{
    private static readonly JsonElement Answer = SmMerchant.Vectors.GetProperty("responses").EnumerateArray().Single(row => row.Text("name") == "ok");
    private static readonly JsonElement Callback = SmMerchant.Vectors.GetProperty("callback");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Parts => ["signature", "signature text", "body", "timestamp", "nonce", "serial", "type"];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Every_bit_of_an_answer_counts(string part)
    {
        var good = Message.Of(Answer);
        var current = good;
        using var client = SmMerchant.Client(
            SmMerchant.BothOptions(), _ => SmMerchant.Answer(current.Body, current.Timestamp, current.Nonce, current.Serial, current.Signature, current.Type));
        await client.Orders.CloseAsync("T1", cancellationToken: Ct);

        foreach (var (changed, what) in good.Changes(part))
        {
            current = changed;
            var failure = await Record.ExceptionAsync(() => client.Orders.CloseAsync("T1", cancellationToken: Ct));
            Assert.True(failure is WeChatPaySignatureException { IsVerified: false, Outcome: WeChatPayOutcome.Unknown }, $"{what}: {failure?.ToString() ?? "accepted"}");
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Every_bit_of_a_notification_counts(string part)
    {
        var good = Message.Of(Callback);
        using var client = SmMerchant.Client(SmMerchant.BothOptions(), _ => throw new InvalidOperationException());
        await client.Notifications.ReadAsync(good.Notification(), Ct);

        foreach (var (changed, what) in good.Changes(part))
        {
            var failure = await Record.ExceptionAsync(() => client.Notifications.ReadAsync(changed.Notification(), Ct).AsTask());
            Assert.True(failure is WeChatPaySignatureException, $"{what}: {failure?.ToString() ?? "accepted"}");
        }
    }

    /// <summary>A signed message, of which single bits can be changed.</summary>
    private sealed record Message(string Timestamp, string Nonce, string Serial, string Signature, string Type, byte[] Body)
    {
        public static Message Of(JsonElement row)
        {
            var headers = row.GetProperty("headers");
            return new(
                headers.Text("Wechatpay-Timestamp"),
                headers.Text("Wechatpay-Nonce"),
                headers.Text("Wechatpay-Serial"),
                headers.Text("Wechatpay-Signature"),
                headers.Text("Wechatpay-Signature-Type"),
                Encoding.UTF8.GetBytes(row.Text("body_utf8")));
        }

        public WeChatPayNotificationMessage Notification() => new(
            header => header switch
            {
                "Wechatpay-Timestamp" => [Timestamp],
                "Wechatpay-Nonce" => [Nonce],
                "Wechatpay-Serial" => [Serial],
                "Wechatpay-Signature" => [Signature],
                "Wechatpay-Signature-Type" => [Type],
                _ => [],
            },
            Body);

        public IEnumerable<(Message Changed, string What)> Changes(string part)
        {
            var subject = part switch
            {
                "signature" => Convert.FromBase64String(Signature),
                "signature text" => Encoding.Latin1.GetBytes(Signature),
                "body" => Body,
                "timestamp" => Encoding.Latin1.GetBytes(Timestamp),
                "nonce" => Encoding.Latin1.GetBytes(Nonce),
                "serial" => Encoding.Latin1.GetBytes(Serial),
                _ => Encoding.Latin1.GetBytes(Type),
            };
            for (var bit = 0; bit < subject.Length * 8; bit++)
            {
                var changed = (byte[])subject.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                var text = Encoding.Latin1.GetString(changed);

                // Over HTTP no header holds a line break; the in-memory handler would not take it either.
                if (part is not ("signature" or "body") && text.AsSpan().ContainsAny('\r', '\n', '\0'))
                    continue;
                yield return (
                    part switch
                    {
                        "signature" => this with { Signature = Convert.ToBase64String(changed) },
                        "signature text" => this with { Signature = text },
                        "body" => this with { Body = changed },
                        "timestamp" => this with { Timestamp = text },
                        "nonce" => this with { Nonce = text },
                        "serial" => this with { Serial = text },
                        _ => this with { Type = text },
                    },
                    $"{part}, bit {bit}");
            }
        }
    }
}
