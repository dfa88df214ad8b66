using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace WeChatPay.Sandbox.Tests;

/// <summary>A merchant that signs by hand. Every property can be spoilt for a test.</summary>
internal sealed class HandMadeClient(SandboxGateway gateway, SandboxMerchant? merchant = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway.BaseAddress };
    private readonly SandboxMerchant _merchant = merchant ?? gateway.Merchant;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string Scheme { get; set; } = "WECHATPAY2-SHA256-RSA2048";

    public string? MerchantId { get; set; }

    public string? SerialNumber { get; set; }

    public string? PrivateKey { get; set; }

    public string? Timestamp { get; set; }

    public string Nonce { get; set; } = "TESTNONCE0123456789abcdefABCDEF0";

    public string? Accept { get; set; } = "application/json";

    public string? UserAgent { get; set; } = "hand-made/1";

    public string ContentType { get; set; } = "application/json";

    /// <summary>The value of <c>Wechatpay-Serial</c>; null: none is sent.</summary>
    public string? WechatpaySerial { get; set; }

    public RSASignaturePadding Padding { get; set; } = RSASignaturePadding.Pkcs1;

    public HashAlgorithmName Hash { get; set; } = HashAlgorithmName.SHA256;

    /// <summary>Changes the message before it is signed.</summary>
    public Func<string, string>? Spoil { get; set; }

    /// <summary>Changes the Authorization header before it is sent; null: none is sent.</summary>
    public Func<string, string?> SpoilAuthorization { get; set; } = header => header;

    public Task<Answer> GetAsync(string target) => SendAsync(HttpMethod.Get, target, null);

    public Task<Answer> PostAsync(string target, string body) => SendAsync(HttpMethod.Post, target, Encoding.UTF8.GetBytes(body));

    public async Task<Answer> SendAsync(HttpMethod method, string target, byte[]? body)
    {
        using var request = new HttpRequestMessage(method, target);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        }

        Add(request, "Authorization", SpoilAuthorization(Authorize(method.Method, target, body ?? [])));
        Add(request, "Accept", Accept);
        Add(request, "User-Agent", UserAgent);
        Add(request, "Wechatpay-Serial", WechatpaySerial);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => h.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private string Authorize(string method, string target, byte[] body)
    {
        var timestamp = Timestamp ?? Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var head = $"{method}\n{target}\n{timestamp}\n{Nonce}\n";
        byte[] message = Spoil is null
            ? [.. Encoding.UTF8.GetBytes(head), .. body, (byte)'\n']
            : Encoding.UTF8.GetBytes(Spoil(head + Encoding.UTF8.GetString(body) + "\n"));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(PrivateKey ?? _merchant.PrivateKey);
        var signature = Convert.ToBase64String(rsa.SignData(message, Hash, Padding));
        return $"{Scheme} mchid=\"{MerchantId ?? _merchant.MerchantId}\",nonce_str=\"{Nonce}\",signature=\"{signature}\",timestamp=\"{timestamp}\",serial_no=\"{SerialNumber ?? _merchant.CertificateSerialNumber}\"";
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
    }
}
