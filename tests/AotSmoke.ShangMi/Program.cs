// 国密 in a program that was compiled ahead of time and trimmed: BouncyCastle declares nothing about trimming, so what is left of it is put to use. In a
// program of its own, so that the size of the other one is that of a client without it.
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using WeChatPay;

var vectors = JsonDocument.Parse(Resource("09-sm.json")).RootElement;
var options = new WeChatPayOptions
{
    MerchantId = "1900000001",
    ApiV3Key = vectors.GetProperty("apiv3_key").GetString(),
    PlatformCertificates = [Resource("TEST_ONLY_sm2_platform.cert.pem")],
    FetchPlatformCertificates = false,
    TimeProvider = new VectorTime(),
}.UseShangMi(Resource("TEST_ONLY_sm2_merchant_private_pkcs8.pem"), "0B2C3D4E5F60718293A4B5C6D7E8F90123456789");
var answer = vectors.GetProperty("responses").EnumerateArray().Single(static row => row.GetProperty("name").GetString() == "ok");
using var api = new RecordedApi(answer);
using var client = new Client(options, api);

// A request that is signed, an answer that is verified, and one that is not.
var prepay = await client.SendAsync(HttpMethod.Post, "/v3/pay/transactions/jsapi", "{}"u8.ToArray());
Expect("answer", "wx201410272009395522657a690389285100", prepay.Http.Json.GetProperty("prepay_id").GetString());
Expect("scheme", "WECHATPAY2-SM2-WITH-SM3", api.Scheme);
Expect("serial", "6A5B4C3D2E1F00112233445566778899AABBCCDD", api.Serial);
api.Spoil = true;
try
{
    await client.SendAsync(HttpMethod.Post, "/v3/pay/transactions/jsapi", "{}"u8.ToArray());
    throw new InvalidOperationException("a tampered answer was accepted");
}
catch (WeChatPaySignatureException e)
{
    Expect("tampered answer", "Mismatch Unknown", $"{e.Reason} {e.Outcome}");
}

// What is encrypted for the merchant, and what is encrypted for WeChat Pay.
var row = vectors.GetProperty("encryption")[1];
Expect("decrypted", row.GetProperty("plaintext_utf8").GetString(), await client.SensitiveData.DecryptAsync(row.GetProperty("ciphertext_der_base64").GetString()!));
var platform = WeChatPayShangMi.ReadMerchantKey(Resource("TEST_ONLY_sm2_platform_private_pkcs8.pem"));
Expect("encrypted", "张三", Encoding.UTF8.GetString(platform.Decrypt(Convert.FromBase64String(client.SensitiveData.Encrypt("张三").Text))));

// A notification in SM4-GCM.
var callback = vectors.GetProperty("callback");
var notification = await client.Notifications.ReadAsync(new WeChatPayNotificationMessage(
    name => callback.GetProperty("headers").TryGetProperty(name, out var value) ? [value.GetString()!] : [],
    Encoding.UTF8.GetBytes(callback.GetProperty("body_utf8").GetString()!)));
Expect("notification", callback.GetProperty("plaintext_utf8").GetString(), Encoding.UTF8.GetString(notification.GetResourceJson().Span));

Console.WriteLine("AotSmoke.ShangMi: request, answer, sensitive members, notification and tampering held.");
return 0;

static string Resource(string name)
{
    using var reader = new StreamReader(typeof(Client).Assembly.GetManifestResourceStream(name)!);
    return reader.ReadToEnd();
}

static void Expect(string what, string? expected, string? actual)
{
    if (expected != actual)
        throw new InvalidOperationException($"{what}: expected\n{expected}\nbut got\n{actual}");
}

internal sealed class Client(WeChatPayOptions options, HttpMessageHandler handler) : WeChatPayClientBase(options, handler);

/// <summary>The time at which the vectors were signed.</summary>
internal sealed class VectorTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1760000000);
}

/// <summary>Answers everything with a recorded answer.</summary>
internal sealed class RecordedApi(JsonElement answer) : HttpMessageHandler
{
    public string? Scheme { get; private set; }

    public string? Serial { get; private set; }

    public bool Spoil { get; set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Scheme = request.Headers.NonValidated["Authorization"].ToString().Split(' ')[0];
        Serial = request.Headers.NonValidated["Wechatpay-Serial"].ToString();
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(answer.GetProperty("body_utf8").GetString() + (Spoil ? " " : "")),
            RequestMessage = request,
        };
        foreach (var header in answer.GetProperty("headers").EnumerateObject())
            response.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        return Task.FromResult(response);
    }
}
