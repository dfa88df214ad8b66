using System.Net.Http;
using WeChatPay.Keys;
using WeChatPay.Signing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Whatever is changed of a good answer: it throws the signature failure and never becomes a model.</summary>
public class TamperingTests
{
    private const string Body = """{"prepay_id":"wx1","total":100}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Parts => ["signature", "body", "timestamp", "nonce", "serial"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Every_single_bit_counts(string part)
    {
        var verifier = MerchantCredentials.Create(TestMerchant.Options()).Verifier;
        var body = System.Text.Encoding.UTF8.GetBytes(Body);
        var good = new SignatureHeaders("1760000000", "TESTRESPNONCEabcdef0123456789XYZ", TestMerchant.PublicKeyId, TestMerchant.Sign("1760000000", "TESTRESPNONCEabcdef0123456789XYZ", body), null);
        verifier.Verify(good, body);

        var subject = part switch
        {
            "signature" => Convert.FromBase64String(good.Signature),
            "body" => body,
            "timestamp" => System.Text.Encoding.ASCII.GetBytes(good.Timestamp),
            "nonce" => System.Text.Encoding.ASCII.GetBytes(good.Nonce),
            _ => System.Text.Encoding.ASCII.GetBytes(good.Serial),
        };
        for (var bit = 0; bit < subject.Length * 8; bit++)
        {
            var changed = (byte[])subject.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var text = System.Text.Encoding.Latin1.GetString(changed);
            var (headers, bytes) = part switch
            {
                "signature" => (good with { Signature = Convert.ToBase64String(changed) }, body),
                "body" => (good, changed),
                "timestamp" => (good with { Timestamp = text }, body),
                "nonce" => (good with { Nonce = text }, body),
                _ => (good with { Serial = text }, body),
            };
            var failure = Record.Exception(() => verifier.Verify(SignatureHeaders.Read(name => Values(headers, name)), bytes));
            Assert.True(failure is WeChatPaySignatureException, $"{part}, bit {bit}: {failure?.ToString() ?? "accepted"}");
        }
    }

    [Fact]
    public void Every_single_bit_of_the_signatures_text_counts()
    {
        var verifier = MerchantCredentials.Create(TestMerchant.Options()).Verifier;
        var body = System.Text.Encoding.UTF8.GetBytes(Body);
        var good = TestMerchant.Sign("1760000000", "N", body);
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var text = good.ToCharArray();
            text[bit / 8] ^= (char)(1 << (bit % 8));
            var headers = new SignatureHeaders("1760000000", "N", TestMerchant.PublicKeyId, new string(text), null);
            Assert.Throws<WeChatPaySignatureException>(() => verifier.Verify(SignatureHeaders.Read(name => Values(headers, name)), body));
        }
    }

    public static TheoryData<string> Changes =>
    [
        "body bit", "body emptied", "body longer", "signature bit", "other key's serial", "unknown serial", "no timestamp", "no nonce", "no serial", "no signature",
        "no headers", "two signatures", "two timestamps", "301 s late", "301 s early", "probe", "probe before", "not base64", "url-safe", "merchant's own signature",
        "request's signature", "other message's signature",
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_tampered_answer_never_yields_a_model(string change)
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(_ => Tamper(change)));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct));
        Assert.Equal((WeChatPayOutcome.Unknown, false, "T1"), (failure.Outcome, failure.IsVerified, failure.BusinessNumber));
        Assert.Equal(change.StartsWith("probe", StringComparison.Ordinal), failure.IsProbe);
        Assert.DoesNotContain("wx1", failure.ToString(), StringComparison.Ordinal);

        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.CloseAsync("T1", cancellationToken: Ct));
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.SendAsync(HttpMethod.Get, "/v3/certificates", cancellationToken: Ct));
    }

    private static HttpResponseMessage Tamper(string change)
    {
        var answer = FakeApi.Signed(Body);
        var headers = answer.Headers;
        var signature = headers.GetValues("Wechatpay-Signature").Single();
        switch (change)
        {
            case "body bit":
                answer.Content = new StringContent(Body.Replace("100", "101", StringComparison.Ordinal));
                break;
            case "body emptied":
                answer.Content = new ByteArrayContent([]);
                break;
            case "body longer":
                answer.Content = new StringContent(Body + "\n");
                break;
            case "signature bit":
                Set("Wechatpay-Signature", (signature[0] == 'A' ? 'B' : 'A') + signature[1..]);
                break;
            case "other key's serial":
                Set("Wechatpay-Serial", TestMerchant.PlatformSerial);
                break;
            case "unknown serial":
                Set("Wechatpay-Serial", "00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF");
                break;
            case "no timestamp":
                headers.Remove("Wechatpay-Timestamp");
                break;
            case "no nonce":
                headers.Remove("Wechatpay-Nonce");
                break;
            case "no serial":
                headers.Remove("Wechatpay-Serial");
                break;
            case "no signature":
                headers.Remove("Wechatpay-Signature");
                break;
            case "no headers":
                return FakeApi.Unsigned(Body, 200);
            case "two signatures":
                headers.Add("Wechatpay-Signature", signature);
                break;
            case "two timestamps":
                headers.Add("Wechatpay-Timestamp", "1760000000");
                break;
            case "301 s late":
                return FakeApi.Signed(Body, at: TestMerchant.Now.AddSeconds(-301));
            case "301 s early":
                return FakeApi.Signed(Body, at: TestMerchant.Now.AddSeconds(301));
            case "probe":
                Set("Wechatpay-Signature", "WECHATPAY/SIGNTEST/" + signature[19..]);
                break;
            case "probe before":
                Set("Wechatpay-Signature", "WECHATPAY/SIGNTEST/" + signature);
                break;
            case "not base64":
                Set("Wechatpay-Signature", "***not base64***");
                break;
            case "url-safe":
                Set("Wechatpay-Signature", "-_" + signature[2..]);
                break;
            case "merchant's own signature":
                Set("Wechatpay-Serial", TestMerchant.MerchantSerial);
                break;
            case "request's signature":
                Set("Wechatpay-Signature", TestMerchant.Sign("1760000000", "TESTRESPNONCEabcdef0123456789XYZ", []));
                break;
            default:
                Set("Wechatpay-Signature", TestMerchant.Sign("1760000000", "TESTRESPNONCEabcdef0123456789XYZ", "{}"u8));
                break;
        }

        return answer;

        void Set(string name, string value)
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private static string[] Values(SignatureHeaders headers, string name) => name switch
    {
        "Wechatpay-Timestamp" => [headers.Timestamp],
        "Wechatpay-Nonce" => [headers.Nonce],
        "Wechatpay-Serial" => [headers.Serial],
        "Wechatpay-Signature" => [headers.Signature],
        _ => [],
    };
}
