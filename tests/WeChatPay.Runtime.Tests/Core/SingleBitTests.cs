using System.Net.Http;
using System.Text;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>
/// Each single bit of what is signed and of what signs it, changed on its way to a client: neither the answer nor the notification is believed,
/// whichever of WeChat Pay's keys had signed it.
/// </summary>
public sealed class SingleBitTests
{
    private const string Nonce = "TESTRESPNONCEabcdef0123456789XYZ";
    private const string Timestamp = "1760000000";

    public enum Signer
    {
        PublicKey,
        Certificate,
        Brand,
    }

    public static TheoryData<Signer, string> Parts
    {
        get
        {
            var rows = new TheoryData<Signer, string>();
            foreach (var signer in Enum.GetValues<Signer>())
            {
                foreach (var part in new[] { "Wechatpay-Signature", "Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Serial", "Wechatpay-Signature-Type", "body" })
                {
                    rows.Add(signer, part);
                }
            }

            return rows;
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Of_an_answer(Signer signer, string part)
    {
        var good = Message.Make(signer, "{\"prepay_id\":\"wx1\",\"total\":100}"u8.ToArray());
        var current = good;
        using var client = new TestClient(Options(signer), new FakeApi(_ => current.Answer()));
        var path = signer == Signer.Brand ? "/brand/example" : "/v3/example";
        await client.SendAsync(HttpMethod.Delete, path, cancellationToken: Ct);

        foreach (var (changed, what) in good.Changes(part))
        {
            current = changed;
            var failure = await Record.ExceptionAsync(() => client.SendAsync(HttpMethod.Delete, path, cancellationToken: Ct));
            Assert.True(failure is WeChatPaySignatureException { IsVerified: false, Outcome: WeChatPayOutcome.Unknown }, $"{what}: {failure?.ToString() ?? "accepted"}");
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Of_a_notification(Signer signer, string part)
    {
        var resource = signer == Signer.Brand ? "{\"brand_id\":\"1004\"}" : NotificationMaker.Payment;
        var good = Message.Make(signer, NotificationMaker.Make(resource).Body);
        using var client = new TestClient(Options(signer), new FakeApi("{}"));
        await client.Notifications.ReadAsync(good.Notification(), Ct);

        foreach (var (changed, what) in good.Changes(part))
        {
            var failure = await Record.ExceptionAsync(() => client.Notifications.ReadAsync(changed.Notification(), Ct).AsTask());
            Assert.True(failure is WeChatPaySignatureException, $"{what}: {failure?.ToString() ?? "accepted"}");
        }
    }

    private static WeChatPayOptions Options(Signer signer) => signer == Signer.Brand ? MoneyRule09BrandTests.Options() : TestMerchant.Options();

    private sealed record Message(Dictionary<string, string> Headers, byte[] Body)
    {
        public static Message Make(Signer signer, byte[] body)
        {
            var isCertificate = signer == Signer.Certificate;
            return new(
                new Dictionary<string, string>
                {
                    ["Wechatpay-Signature"] = TestMerchant.Sign(Timestamp, Nonce, body, isCertificate),
                    ["Wechatpay-Timestamp"] = Timestamp,
                    ["Wechatpay-Nonce"] = Nonce,
                    ["Wechatpay-Serial"] = isCertificate ? TestMerchant.PlatformSerial : TestMerchant.PublicKeyId,
                    ["Wechatpay-Signature-Type"] = signer == Signer.Brand ? "WECHATPAY-BRAND-SHA256-RSA2048" : "WECHATPAY2-SHA256-RSA2048",
                },
                body);
        }

        public HttpResponseMessage Answer()
        {
            var answer = FakeApi.Unsigned(Body, 200);
            foreach (var (name, value) in Headers)
            {
                // What HTTP cannot carry, such as a line feed, does not arrive; the answer is refused for want of it.
                answer.Headers.TryAddWithoutValidation(name, value);
            }

            return answer;
        }

        public WeChatPayNotificationMessage Notification() => new(name => Headers.TryGetValue(name, out var value) ? [value] : [], Body);

        public IEnumerable<(Message Changed, string What)> Changes(string part)
        {
            var subject = part == "body" ? Body : Encoding.Latin1.GetBytes(Headers[part]);
            for (var bit = 0; bit < subject.Length * 8; bit++)
            {
                var changed = (byte[])subject.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                yield return (
                    part == "body"
                        ? this with { Body = changed }
                        : this with { Headers = new Dictionary<string, string>(Headers) { [part] = Encoding.Latin1.GetString(changed) } },
                    $"{part}, bit {bit}");
            }
        }
    }
}
