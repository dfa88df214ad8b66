using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AotSmoke;

/// <summary>
/// WeChat Pay's side in its barest form, over a raw socket: checks the signature of a request with the merchant's public key, keeps what came,
/// and answers with a signed body. No web server, so that the size of the published client is the client's.
/// </summary>
internal sealed class LoopbackResponder : IDisposable
{
    public const string MerchantId = "1900000001";
    public const string MerchantSerialNumber = "1A2B3C4D5E6F708192A3B4C5D6E7F80912345678";
    public const string ApiV3Key = "THROWAWAYapiv3key0123456789abcde";
    public const string PublicKeyId = "PUB_KEY_ID_0119000000012026013100000000000001";

    private readonly RSA _merchantKey = RSA.Create(2048);
    private readonly RSA _platformKey = RSA.Create(2048);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    private LoopbackResponder()
    {
        // Exporting makes the keys: RSA.Create only remembers the size. Nobody's time shall be counted for them.
        MerchantPrivateKey = _merchantKey.ExportPkcs8PrivateKeyPem();
        PublicKey = _platformKey.ExportSubjectPublicKeyInfoPem();
        _listener.Start();
        BaseAddress = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
    }

    public Uri BaseAddress { get; }

    public string MerchantPrivateKey { get; }

    public string PublicKey { get; }

    /// <summary>The body of the next answers.</summary>
    public string Answer { get; set; } = "{}";

    /// <summary>Flips one bit of the next answer after it was signed.</summary>
    public bool TamperNext { get; set; }

    /// <summary>Method and target of the last request, LF, its body. Only set when the signature was right.</summary>
    public string LastRequest { get; private set; } = string.Empty;

    public static LoopbackResponder Start()
    {
        var responder = new LoopbackResponder();
        _ = responder.AcceptAsync();
        return responder;
    }

    public bool IsSignedByMerchant(string message, string signature) => _merchantKey.VerifyData(
        Encoding.UTF8.GetBytes(message), Convert.FromBase64String(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>A notification as WeChat Pay would post it.</summary>
    public (Dictionary<string, string> Headers, byte[] Body) Notification(string eventType, string originalType, string resource)
    {
        var plain = Encoding.UTF8.GetBytes(resource);
        var ciphertext = new byte[plain.Length + 16];
        using (var aes = new AesGcm(Encoding.ASCII.GetBytes(ApiV3Key), 16))
            aes.Encrypt("abcdefghijkl"u8, plain, ciphertext.AsSpan(0, plain.Length), ciphertext.AsSpan(plain.Length), Encoding.ASCII.GetBytes(originalType));

        var body = Encoding.UTF8.GetBytes(
            $$$"""{"id":"AOT-NOTIFICATION-1","event_type":"{{{eventType}}}","resource":{"original_type":"{{{originalType}}}","algorithm":"AEAD_AES_256_GCM","ciphertext":"{{{Convert.ToBase64String(ciphertext)}}}","associated_data":"{{{originalType}}}","nonce":"abcdefghijkl"}}""");
        return (Sign(body), body);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
        _merchantKey.Dispose();
        _platformKey.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end of the program.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            var stream = connection.GetStream();
            while (await RequestReader.ReadAsync(stream, _stop.Token) is { } request)
                await stream.WriteAsync(Respond(request), _stop.Token);
        }
    }

    private byte[] Respond(RawRequest request)
    {
        var problem = Problem(request);
        var body = Encoding.UTF8.GetBytes(problem is null ? Answer : $$"""{"code":"SIGN_ERROR","message":"{{problem}}"}""");
        var head = new StringBuilder(problem is null ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 401 Unauthorized\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        if (problem is null)
        {
            LastRequest = $"{request.Method} {request.Target}\n{request.Body}";
            foreach (var (name, value) in Sign(body))
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (TamperNext)
            body[body.Length / 2] ^= 1;

        TamperNext = false;
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    private string? Problem(RawRequest request)
    {
        if (!request.Headers.ContainsKey("User-Agent") || !request.Headers.ContainsKey("Accept"))
            return "User-Agent or Accept is missing";

        var authorization = request.Headers.GetValueOrDefault("Authorization", string.Empty);
        string Parameter(string name)
        {
            var from = authorization.IndexOf(name + "=\"", StringComparison.Ordinal) + name.Length + 2;
            return from < name.Length + 2 ? string.Empty : authorization[from..authorization.IndexOf('"', from)];
        }

        var message = $"{request.Method}\n{request.Target}\n{Parameter("timestamp")}\n{Parameter("nonce_str")}\n{request.Body}\n";
        return authorization.StartsWith("WECHATPAY2-SHA256-RSA2048 ", StringComparison.Ordinal)
            && Parameter("mchid") == MerchantId
            && Parameter("serial_no") == MerchantSerialNumber
            && IsSignedByMerchant(message, Parameter("signature"))
            ? null
            : "the signature is wrong";
    }

    private Dictionary<string, string> Sign(byte[] body)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] message = [.. Encoding.ASCII.GetBytes($"{timestamp}\nAOTSMOKEnonce\n"), .. body, (byte)'\n'];
        return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Wechatpay-Timestamp"] = timestamp,
            ["Wechatpay-Nonce"] = "AOTSMOKEnonce",
            ["Wechatpay-Serial"] = PublicKeyId,
            ["Wechatpay-Signature-Type"] = "WECHATPAY2-SHA256-RSA2048",
            ["Wechatpay-Signature"] = Convert.ToBase64String(_platformKey.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
    }
}
