using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Catalogue.Tests.Calls;

/// <summary>What a call sent.</summary>
internal sealed record SentRequest(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>Records the one request that a call makes and answers it as WeChat Pay would, signed with the test platform's key.</summary>
internal sealed class Gateway(HttpStatusCode status, byte[] answer, bool isSigned)
{
    private static readonly RSA PlatformKey = TestKeys.Private("TEST_ONLY_wechatpay_pubkey_mode_private_pkcs8.pem");

    private SortedDictionary<string, string>? _xml;

    public List<SentRequest> Requests { get; } = [];

    /// <summary>An answer of APIv2, signed by the algorithm of the request.</summary>
    public static Gateway OfXml(SortedDictionary<string, string> members, bool isSigned) => new(HttpStatusCode.OK, [], isSigned) { _xml = members };

    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Requests.Add(new SentRequest(
            request.Method,
            request.RequestUri!,
            request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(h => h.Key, h => string.Join('|', h.Value), StringComparer.OrdinalIgnoreCase),
            body));

        var response = new HttpResponseMessage(status) { RequestMessage = request, Content = new ByteArrayContent(answer) };
        if (_xml is { } members)
        {
            if (isSigned) members["sign"] = XmlSample.Sign(members, XmlSample.SignOf(request.RequestUri!, body).Length);
            response.Content = new StringContent(XmlSample.Text(members), Encoding.UTF8, "text/xml");
            return response;
        }

        response.Content.Headers.ContentType = new("application/json");
        if (!isSigned) return response;

        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        const string nonce = "catalogue0test0nonce";
        var message = Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n").Concat(answer).Append((byte)'\n').ToArray();
        response.Headers.Add("Wechatpay-Timestamp", timestamp);
        response.Headers.Add("Wechatpay-Nonce", nonce);
        response.Headers.Add("Wechatpay-Serial", TestKeys.PublicKeyId);
        response.Headers.Add("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        response.Headers.Add("Wechatpay-Signature", Convert.ToBase64String(PlatformKey.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
        return response;
    }
}

/// <summary>Lets all tests share one client: each has a gateway of its own.</summary>
internal sealed class GatewayOfTheTest : HttpMessageHandler
{
    private static readonly AsyncLocal<Gateway?> Own = new();

    public static Gateway? Current
    {
        get => Own.Value;
        set => Own.Value = value;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => Current!.AnswerAsync(request, cancellationToken);
}

/// <summary>The throw-away keys of <c>tests/vectors</c>.</summary>
internal static class TestKeys
{
    public const string MerchantId = "1900000001";

    public const string PublicKeyId = "PUB_KEY_ID_0119000000012024101500192200000001";

    public const string ApiV2Key = "TESTONLYapiv2key0123456789ABCDEF";

    public static WeChatPayOptions Options() => new()
    {
        MerchantId = MerchantId,
        MerchantCertificateSerialNumber = "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567",
        MerchantPrivateKey = Pem("TEST_ONLY_merchant_private_pkcs8.pem"),
        ApiV3Key = "TESTONLYapiv3key0123456789abcdef",
        ApiV2Key = ApiV2Key,
        PublicKeyId = PublicKeyId,
        PublicKey = Pem("TEST_ONLY_wechatpay_pubkey_mode_public.pem"),
    };

    public static RSA Private(string name)
    {
        var key = RSA.Create();
        key.ImportFromPem(Pem(name));
        return key;
    }

    private static string Pem(string name) => File.ReadAllText(Path.Combine(SpecCatalogue.RepositoryRoot, "tests/vectors/keys", name));
}
