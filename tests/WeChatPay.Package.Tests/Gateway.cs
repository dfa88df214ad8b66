using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace WeChatPay.Package.Tests;

/// <param name="RawUrl">Path and query as they stood in the request line.</param>
internal sealed record ReceivedRequest(string Method, string RawUrl, string Authorization, string? ContentType, byte[] Body);

/// <summary>
/// What stands at the other end of the wire: records each request and answers with a signature of its own making. Nothing of the
/// product takes part, so that signing and verifying cannot be wrong in the same way.
/// </summary>
internal sealed class Gateway : IDisposable
{
    private const string PlatformSerial = "PUB_KEY_ID_0119000000012024101500192200000001";

    private readonly HttpListener _listener = new();
    private readonly RSA _merchant = RSA.Create(2048);
    private readonly RSA _platform = RSA.Create(2048);
    private readonly Func<ReceivedRequest, string> _answer;
    private readonly Task _serving;

    public Gateway(string keyFolder, Func<ReceivedRequest, string> answer)
    {
        _answer = answer;
        Directory.CreateDirectory(keyFolder);
        File.WriteAllText(Path.Combine(keyFolder, "merchant.pem"), _merchant.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(keyFolder, "platform.pub.pem"), _platform.ExportSubjectPublicKeyInfoPem());
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public List<ReceivedRequest> Requests { get; } = [];

    /// <summary>Checks the Authorization value against the request as it was received.</summary>
    public void AssertSigned(ReceivedRequest request)
    {
        Assert.StartsWith("WECHATPAY2-SHA256-RSA2048 ", request.Authorization, StringComparison.Ordinal);
        var values = Regex.Matches(request.Authorization, "([a-z_]+)=\"([^\"]*)\"").ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
        Assert.Equal("1900000001", values["mchid"]);
        Assert.Equal("0A1B2C3D4E5F60718293A4B5C6D7E8F901234567", values["serial_no"]);

        byte[] message = [.. Encoding.UTF8.GetBytes($"{request.Method}\n{request.RawUrl}\n{values["timestamp"]}\n{values["nonce_str"]}\n"), .. request.Body, (byte)'\n'];
        Assert.True(_merchant.VerifyData(message, Convert.FromBase64String(values["signature"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(10));
        _merchant.Dispose();
        _platform.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var request = new ReceivedRequest(
            context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers["Authorization"] ?? "", context.Request.ContentType, body.ToArray());
        Requests.Add(request);

        var answer = Encoding.UTF8.GetBytes(_answer(request));
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        byte[] message = [.. Encoding.UTF8.GetBytes($"{timestamp}\n{nonce}\n"), .. answer, (byte)'\n'];
        var response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers["Wechatpay-Timestamp"] = timestamp;
        response.Headers["Wechatpay-Nonce"] = nonce;
        response.Headers["Wechatpay-Serial"] = PlatformSerial;
        response.Headers["Wechatpay-Signature-Type"] = "WECHATPAY2-SHA256-RSA2048";
        response.Headers["Wechatpay-Signature"] = Convert.ToBase64String(_platform.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        response.Headers["Request-ID"] = "08" + nonce;
        response.ContentLength64 = answer.Length;
        await response.OutputStream.WriteAsync(answer);
        response.Close();
    }
}
