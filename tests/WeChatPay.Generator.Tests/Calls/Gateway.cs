using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Generator.Tests.Calls;

/// <summary>The other end of the wire: keeps what was sent, checks its signature, and signs an answer. All keys are made for the run.</summary>
internal sealed class Gateway : HttpMessageHandler
{
    private const string PublicKeyId = "PUB_KEY_ID_0119000000012024101500192200000001";
    private const string ApiV3Key = "TESTONLYapiv3key0123456789abcdef";

    private static readonly RSA Merchant = RSA.Create(2048);
    private static readonly RSA Platform = RSA.Create(2048);

    public HttpMethod? Method { get; private set; }

    public Uri? Address { get; private set; }

    public string? PathAndQuery { get; private set; }

    public string? Body { get; private set; }

    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    /// <summary>Which part of a body is signed: all of it, unless a test says otherwise.</summary>
    public Func<string, string> SignedPart { get; set; } = body => body;

    public bool IsSignatureRight { get; private set; }

    /// <summary>The next answer.</summary>
    public string Answer { get; set; } = "{}";

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    public bool IsAnswerSigned { get; set; } = true;

    public static WeChatPayOptions Options => new()
    {
        MerchantId = "1900000001",
        MerchantCertificateSerialNumber = "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567",
        MerchantPrivateKey = Merchant.ExportPkcs8PrivateKeyPem(),
        ApiV3Key = ApiV3Key,
        PublicKeyId = PublicKeyId,
        PublicKey = Platform.ExportSubjectPublicKeyInfoPem(),
    };

    /// <summary>What a client encrypted for the platform.</summary>
    public static string Decrypt(string base64) => Encoding.UTF8.GetString(Platform.Decrypt(Convert.FromBase64String(base64), RSAEncryptionPadding.OaepSHA1));

    /// <summary>What the platform encrypts for the merchant.</summary>
    public static string Encrypt(string text) => Convert.ToBase64String(Merchant.Encrypt(Encoding.UTF8.GetBytes(text), RSAEncryptionPadding.OaepSHA1));

    /// <summary>A notification as it arrives, signed, with its resource encrypted.</summary>
    public static WeChatPayNotificationMessage Notify(string eventType, string originalType, string resource)
    {
        var nonce = "0123456789ab";
        var plain = Encoding.UTF8.GetBytes(resource);
        var sealedBytes = new byte[plain.Length + 16];
        using (var aes = new AesGcm(Encoding.UTF8.GetBytes(ApiV3Key), 16))
        {
            aes.Encrypt(Encoding.UTF8.GetBytes(nonce), plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), Encoding.UTF8.GetBytes("loan"));
        }

        var body = $$$"""{"id":"EV-1","create_time":"2024-10-15T10:00:00+08:00","event_type":"{{{eventType}}}","resource_type":"encrypt-resource","summary":"s","resource":{"algorithm":"AEAD_AES_256_GCM","original_type":"{{{originalType}}}","ciphertext":"{{{Convert.ToBase64String(sealedBytes)}}}","nonce":"{{{nonce}}}","associated_data":"loan"}}""";
        var headers = Sign(body);
        return new(name => headers.TryGetValue(name, out var value) ? [value] : [], Encoding.UTF8.GetBytes(body));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Method = request.Method;
        Address = request.RequestUri!;
        PathAndQuery = Address.PathAndQuery;
        Body = request.Content is null ? null : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        Headers = request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        IsSignatureRight = Check(request);

        var response = new HttpResponseMessage(Status) { RequestMessage = request, Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Answer)) };
        response.Content.Headers.ContentType = new("application/json");
        response.Headers.Add("Request-ID", "REQ-1");
        if (IsAnswerSigned)
        {
            foreach (var (name, value) in Sign(Answer)) response.Headers.Add(name, value);
        }

        return response;
    }

    private static Dictionary<string, string> Sign(string body)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Platform.SignData(Encoding.UTF8.GetBytes($"{timestamp}\nnonce\n{body}\n"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new(StringComparer.OrdinalIgnoreCase)
        {
            ["Wechatpay-Timestamp"] = timestamp,
            ["Wechatpay-Nonce"] = "nonce",
            ["Wechatpay-Serial"] = PublicKeyId,
            ["Wechatpay-Signature"] = Convert.ToBase64String(signature),
            ["Wechatpay-Signature-Type"] = "WECHATPAY2-SHA256-RSA2048",
        };
    }

    private bool Check(HttpRequestMessage request)
    {
        var authorization = request.Headers.Authorization;
        if (authorization?.Scheme != "WECHATPAY2-SHA256-RSA2048") return false;
        var parts = authorization.Parameter!.Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0].Trim(), part => part[1].Trim('"'));
        var message = $"{Method}\n{PathAndQuery}\n{parts["timestamp"]}\n{parts["nonce_str"]}\n{(Body is null ? null : SignedPart(Body))}\n";
        return Merchant.VerifyData(Encoding.UTF8.GetBytes(message), Convert.FromBase64String(parts["signature"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
