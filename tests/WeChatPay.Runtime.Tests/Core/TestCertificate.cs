using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>A platform certificate of a test, its private key, and what WeChat Pay would do with them: sign, and hand certificates out.</summary>
internal sealed class TestCertificate
{
    private const string Nonce = "TESTRESPNONCEabcdef0123456789XYZ";

    private readonly RSA _key;

    public TestCertificate(string serial, RSA? key = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        Serial = serial;
        _key = key ?? RSA.Create(2048);
        var request = new CertificateRequest("CN=TEST ONLY", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(
            new X500DistinguishedName("CN=TEST ONLY CA"),
            X509SignatureGenerator.CreateForRSA(_key, RSASignaturePadding.Pkcs1),
            notBefore ?? TestMerchant.Now.AddYears(-1),
            notAfter ?? TestMerchant.Now.AddYears(4),
            Convert.FromHexString(serial));
        Pem = certificate.ExportCertificatePem();
    }

    public string Serial { get; }

    public string Pem { get; }

    /// <summary>A serial of the usual form.</summary>
    public static string SerialOf(int number) => "6A" + number.ToString("D38", CultureInfo.InvariantCulture);

    /// <summary>The answer of <c>GET /v3/certificates</c>, not signed yet.</summary>
    public static string List(params TestCertificate[] certificates)
        => List(certificates.Select(certificate => Item(certificate.Serial, certificate.Pem)));

    public static string List(IEnumerable<object> items) => JsonSerializer.Serialize(new { data = items });

    /// <summary>One item of the list, sealed with an APIv3 key.</summary>
    public static object Item(string serial, string content, string apiV3Key = TestMerchant.ApiV3Key, string algorithm = "AEAD_AES_256_GCM")
    {
        const string SealNonce = "TESTcertn001";
        var plain = Encoding.UTF8.GetBytes(content);
        var box = new byte[plain.Length + 16];
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(apiV3Key), 16);
        aes.Encrypt(Encoding.ASCII.GetBytes(SealNonce), plain, box.AsSpan(0, plain.Length), box.AsSpan(plain.Length), "certificate"u8);
        return new
        {
            serial_no = serial,
            effective_time = "2024-01-01T08:00:00+08:00",
            expire_time = "2044-01-01T08:00:00+08:00",
            encrypt_certificate = new { algorithm, nonce = SealNonce, associated_data = "certificate", ciphertext = Convert.ToBase64String(box) },
        };
    }

    /// <summary>An answer that is signed with this certificate.</summary>
    public HttpResponseMessage Answer(string body, DateTimeOffset? at = null, int status = 200)
    {
        var answer = FakeApi.Unsigned(body, status);
        foreach (var (name, value) in Headers(body, at))
            answer.Headers.Add(name, value);
        return answer;
    }

    /// <summary>A notification that is signed with this certificate.</summary>
    public WeChatPayNotificationMessage Notification(DateTimeOffset? at = null, string resource = """{"mchid":"1900000001","out_trade_no":"T1"}""")
    {
        var body = JsonSerializer.Serialize(new
        {
            id = "EV-1",
            create_time = "2025-10-09T16:53:20+08:00",
            resource_type = "encrypt-resource",
            event_type = "TRANSACTION.SUCCESS",
            summary = "s",
            resource = Resource(resource),
        });
        var headers = Headers(body, at);
        return new(name => headers.TryGetValue(name, out var value) ? [value] : [], Encoding.UTF8.GetBytes(body));
    }

    private static object Resource(string json)
    {
        var plain = Encoding.UTF8.GetBytes(json);
        var box = new byte[plain.Length + 16];
        using var aes = new AesGcm(Encoding.ASCII.GetBytes(TestMerchant.ApiV3Key), 16);
        aes.Encrypt("TESTnotify01"u8, plain, box.AsSpan(0, plain.Length), box.AsSpan(plain.Length), "transaction"u8);
        return new { original_type = "transaction", algorithm = "AEAD_AES_256_GCM", nonce = "TESTnotify01", associated_data = "transaction", ciphertext = Convert.ToBase64String(box) };
    }

    private Dictionary<string, string> Headers(string body, DateTimeOffset? at)
    {
        var timestamp = (at ?? TestMerchant.Now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = _key.SignData(Encoding.UTF8.GetBytes($"{timestamp}\n{Nonce}\n{body}\n"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new(StringComparer.OrdinalIgnoreCase)
        {
            ["Wechatpay-Timestamp"] = timestamp,
            ["Wechatpay-Nonce"] = Nonce,
            ["Wechatpay-Serial"] = Serial,
            ["Wechatpay-Signature"] = Convert.ToBase64String(signature),
            ["Wechatpay-Signature-Type"] = "WECHATPAY2-SHA256-RSA2048",
        };
    }
}
