using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Xunit;

namespace WeChatPay.Tests.Secrets;

/// <summary>The watch over the secrets can fail: each of its channels, with a secret that only these tests know.</summary>
public sealed class SecretWatchTests : IDisposable
{
    private const string Secret = "SHOWN-ON-PURPOSE-0123456789";

    private readonly SecretWatch _watch;

    public SecretWatchTests()
    {
        var secrets = new SecretSet();
        secrets.Add("the secret", Secret);
        _watch = new(secrets);
    }

    public void Dispose() => _watch.Stop();

    [Fact]
    public void A_log_is_noticed_in_its_text_its_values_its_scope_and_its_exception()
    {
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_watch));
        var logger = factory.CreateLogger("Any");
        var values = new[] { System.Collections.Generic.KeyValuePair.Create<string, object?>("key", Secret) };
        Noticed(() => logger.Log(LogLevel.Trace, default, Secret, null, static (state, _) => state));
        Noticed(() => logger.Log(LogLevel.Trace, default, values, null, static (_, _) => ""));
        Noticed(() => logger.Log(LogLevel.Error, default, "", new InvalidOperationException("", new FormatException(Secret)), static (_, _) => ""));
        Noticed(() => logger.BeginScope(Secret)?.Dispose());
    }

    [Fact]
    public void An_exception_of_ours_is_noticed_and_what_tests_throw_is_not()
    {
        Noticed(() => Throw(new Failure(Secret)));
        Noticed(() => Throw(new Failure("", new FormatException(Secret))));
        Noticed(() => Throw(new Failure("") { Data = { ["key"] = Secret } }));

        Unnoticed(() => Throw(new InvalidOperationException(Secret)));

        static void Throw(Exception e) => Assert.Same(e, Record.Exception((Action)(() => throw e)));
    }

    [Fact]
    public async Task An_activity_a_measurement_and_an_event_of_the_HTTP_stack_are_noticed()
    {
        using var source = new ActivitySource("WeChatPay.Tests.Secrets");
        Noticed(() => source.StartActivity("any")!.SetTag("key", Secret).Dispose());
        Noticed(() => source.StartActivity("any")!.AddEvent(new ActivityEvent("any", tags: new() { ["key"] = Secret })).Dispose());
        using var meter = new Meter("WeChatPay");
        var counter = meter.CreateCounter<long>("any");
        Noticed(() => counter.Add(1, new System.Collections.Generic.KeyValuePair<string, object?>("key", Secret)));

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var http = new HttpClient();
        var before = _watch.Findings.Count;
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://127.0.0.1:{port}/{Secret}"), TestContext.Current.CancellationToken));
        Assert.True(_watch.Findings.Count > before);
    }

    [Fact]
    public void Keys_are_found_in_every_form()
    {
        var secrets = SecretSet.OfVectors();
        var pem = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "keys", "TEST_ONLY_merchant_private_pkcs8.pem"));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        var exponent = rsa.ExportParameters(true).D!;
        using var other = RSA.Create(2048);
        string[] shown =
        [
            pem, pem.Split('\n')[5], rsa.ExportRSAPrivateKeyPem(), Convert.ToHexString(exponent), Convert.ToHexString(exponent).ToLowerInvariant(),
            .. Enumerable.Range(0, 3).Select(before => Convert.ToBase64String([.. new byte[before], .. exponent])),
            other.ExportPkcs8PrivateKeyPem(), other.ExportRSAPrivateKeyPem(),
            "TESTONLYapiv3key0123456789abcdef", Convert.ToHexString("TESTONLYapiv2key0123456789ABCDEF"u8), Convert.ToBase64String("xTESTONLYapiv2key0123456789ABCDEFx"u8),
            "Authorization: WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"N\"",
        ];
        Assert.All(shown, text => Assert.NotNull(secrets.Find($"before {text} after")));

        string[] harmless =
        [
            "", "short", rsa.ExportSubjectPublicKeyInfoPem(), "-----BEGIN PRIVATE KEY-----", "The option ApiV3Key must have 32 bytes.", "WECHATPAY2-SHA256-RSA2048",
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "keys", "TEST_ONLY_merchant.cert.pem")),
            Convert.ToBase64String(rsa.SignData(Encoding.ASCII.GetBytes("x"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        ];
        Assert.All(harmless, text => Assert.Null(secrets.Find(text)));
    }

    private void Noticed(Action show)
    {
        var before = _watch.Findings.Count;
        show();
        Assert.True(_watch.Findings.Count > before, "It was not noticed.");
    }

    private void Unnoticed(Action show)
    {
        var before = _watch.Findings.Count;
        show();
        Assert.Equal(before, _watch.Findings.Count);
    }

    private sealed class Failure(string message, Exception? inner = null) : WeChatPayException(message, inner);
}
