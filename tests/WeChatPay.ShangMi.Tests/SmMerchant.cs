using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>The merchant of vectors/09, and WeChat Pay's SM2 key to sign answers with.</summary>
internal static class SmMerchant
{
    public const string Scheme = "WECHATPAY2-SM2-WITH-SM3";
    public const string Nonce = "TESTRESPNONCEabcdef0123456789XYZ";

    public static readonly string MerchantSerial = VectorMerchant.Config.Text("sm2_merchant_serial");
    public static readonly string PlatformSerial = VectorMerchant.Config.Text("sm2_platform_serial");
    public static readonly JsonElement Vectors = Load();
    public static readonly TextbookSm2 Platform = new(TestMerchant.KeyText("sm2_platform_private_pkcs8.pem"));
    public static readonly TextbookSm2 Merchant = new(TestMerchant.KeyText("sm2_merchant_private_pkcs8.pem"));

    /// <summary>SM2 keys alone.</summary>
    public static WeChatPayOptions Options(TimeProvider? clock = null) => new WeChatPayOptions
    {
        MerchantId = VectorMerchant.Config.Text("mchid"),
        ApiV3Key = Vectors.Text("apiv3_key"),
        PlatformCertificates = [TestMerchant.KeyText("sm2_platform.cert.pem")],
        TimeProvider = clock ?? new FakeTimeProvider(TestMerchant.Now),
    }.UseShangMi(TestMerchant.KeyText("sm2_merchant_private_pkcs8.pem"), MerchantSerial);

    /// <summary>The same with WeChat Pay's RSA keys beside it, as in the days of the switch.</summary>
    public static WeChatPayOptions BothOptions()
    {
        var options = Options();
        options.PublicKeyId = TestMerchant.PublicKeyId;
        options.PublicKey = TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem");
        options.PlatformCertificates.Add(TestMerchant.KeyText("platform.cert.pem"));
        return options;
    }

    /// <summary>A client whose API answers everything with the same message.</summary>
    public static TestClient Client(WeChatPayOptions options, Func<Received, HttpResponseMessage> answer) => new(options, new FakeApi(answer));

    public static HttpResponseMessage Signed(string body) => Signed(Encoding.UTF8.GetBytes(body));

    public static HttpResponseMessage Signed(byte[] body)
    {
        var timestamp = TestMerchant.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Answer(body, timestamp, Nonce, PlatformSerial, Platform.SignText(timestamp, Nonce, body), Scheme);
    }

    public static HttpResponseMessage Answer(byte[] body, string timestamp, string nonce, string serial, string signature, string? type)
    {
        var answer = FakeApi.Unsigned(body, 200);
        answer.Headers.TryAddWithoutValidation("Wechatpay-Timestamp", timestamp);
        answer.Headers.TryAddWithoutValidation("Wechatpay-Nonce", nonce);
        answer.Headers.TryAddWithoutValidation("Wechatpay-Serial", serial);
        answer.Headers.TryAddWithoutValidation("Wechatpay-Signature", signature);
        if (type is not null)
            answer.Headers.TryAddWithoutValidation("Wechatpay-Signature-Type", type);
        return answer;
    }

    private static JsonElement Load()
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(Runtime.Tests.Core.Vectors.PathOf("09-sm.json")));
        return document.RootElement.Clone();
    }
}
