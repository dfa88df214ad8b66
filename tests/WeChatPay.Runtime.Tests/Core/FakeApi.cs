using System.Net;
using System.Net.Http;
using System.Text;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>A request as it came to the fake API, with its body read.</summary>
internal sealed record Received(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>The API in memory: answers with what a test says, signed at the test's time unless the test spoils it.</summary>
internal sealed class FakeApi : HttpMessageHandler
{
    private readonly List<Received> _requests = [];

    public FakeApi(Func<Received, HttpResponseMessage> answer) => Answer = answer;

    public FakeApi(string json, int status = 200)
        : this(_ => Signed(json, status))
    {
    }

    public Func<Received, HttpResponseMessage> Answer { get; set; }

    /// <summary>Runs before the answer; may wait or throw.</summary>
    public Func<Received, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<Received> Requests => _requests;

    public static HttpResponseMessage Signed(string body, int status = 200, DateTimeOffset? at = null, bool withCertificate = false)
        => Signed(Encoding.UTF8.GetBytes(body), status, at, withCertificate);

    public static HttpResponseMessage Signed(byte[] body, int status = 200, DateTimeOffset? at = null, bool withCertificate = false)
    {
        var timestamp = (at ?? TestMerchant.Now).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        const string Nonce = "TESTRESPNONCEabcdef0123456789XYZ";
        var answer = Unsigned(body, status);
        answer.Headers.Add("Wechatpay-Timestamp", timestamp);
        answer.Headers.Add("Wechatpay-Nonce", Nonce);
        answer.Headers.Add("Wechatpay-Serial", withCertificate ? TestMerchant.PlatformSerial : TestMerchant.PublicKeyId);
        answer.Headers.Add("Wechatpay-Signature", TestMerchant.Sign(timestamp, Nonce, body, withCertificate));
        answer.Headers.Add("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        return answer;
    }

    public static HttpResponseMessage Unsigned(string body, int status) => Unsigned(Encoding.UTF8.GetBytes(body), status);

    public static HttpResponseMessage Unsigned(byte[] body, int status)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        answer.Headers.Add("Request-ID", "08TESTONLY0000000000-0");
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var received = new Received(request.Method.Method, request.RequestUri!, headers, body);
        lock (_requests)
        {
            _requests.Add(received);
        }

        await Before(received, cancellationToken);
        var answer = Answer(received);
        answer.RequestMessage = request;
        return answer;
    }
}
