using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 11: whatever is logged, traced, thrown or shown by a debugger, no secret and no decrypted text is in it.</summary>
[Collection(nameof(MoneyRule11SecretsTests))]
[CollectionDefinition(nameof(MoneyRule11SecretsTests), DisableParallelization = true)]
public class MoneyRule11SecretsTests
{
    private const string Plaintext = "张三的身份证";
    private const string ApiV2Key = "TESTONLYapiv2key0123456789ABCDEF";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("success")]
    [InlineData("error")]
    [InlineData("unsigned")]
    [InlineData("probe")]
    [InlineData("unreadable")]
    [InlineData("undecryptable")]
    [InlineData("closed")]
    [InlineData("dead")]
    [InlineData("refused")]
    public async Task Logs_exceptions_activities_and_listeners_show_no_secret(string scenario)
    {
        var shown = new ConcurrentQueue<string>();
        var authorizations = new ConcurrentQueue<string>();
        using var activities = Listen(shown);
        using var events = new HttpEvents(shown);
        await using var server = new LoopbackServer(request =>
        {
            authorizations.Enqueue(request.Headers["Authorization"]);
            return Answer(scenario);
        });

        var services = SecretWatch.Services();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(shown)));
        services.AddWeChatPay<TestClient>(options =>
        {
            TestMerchant.Copy(TestMerchant.Options(), options);
            options.TimeProvider = TimeProvider.System;
            options.ApiV2Key = ApiV2Key;
            options.BaseAddress = scenario == "dead" ? LoopbackServer.DeadAddress() : server.Address;
            shown.Enqueue(options.ToString());
        });

        // A host that wants the factory's own logs back gets them without values.
        services.AddHttpClient("WeChatPay").AddDefaultLogger();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<TestClient>();

        var calls = new Func<Task>[]
        {
            () => client.Orders.PostAsync(new() { OutTradeNo = "T1", SecretName = scenario == "refused" ? Plaintext + new string('长', 80) : Plaintext }, cancellationToken: Ct),
            () => client.SendAsync(HttpMethod.Post, "/v3/x", "{}"u8.ToArray(), cancellationToken: Ct),
        };
        foreach (var call in calls)
        {
            var failure = await Record.ExceptionAsync(call);
            for (var e = failure; e is not null; e = e.InnerException)
            {
                shown.Enqueue(e.ToString());
                shown.Enqueue(e.Message);
                foreach (System.Collections.DictionaryEntry entry in e.Data)
                {
                    shown.Enqueue($"{entry.Key}={entry.Value}");
                }
            }
        }

        var everything = string.Join('\n', shown);
        Assert.Contains("WeChatPay", everything, StringComparison.Ordinal);
        if (scenario is "success" or "error")
        {
            Assert.NotEmpty(authorizations);
            Assert.Contains("Wechatpay-Serial: *", everything, StringComparison.Ordinal);
        }

        foreach (var (name, secret) in Secrets(authorizations))
        {
            Assert.False(everything.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{scenario}: {name} is shown");
        }
    }

    [Fact]
    public void Options_credentials_and_keys_show_no_secret_to_debuggers_and_formatters()
    {
        var options = TestMerchant.Options();
        options.ApiV2Key = ApiV2Key;
        var credentials = Keys.MerchantCredentials.Create(options);
        Assert.Equal("WeChatPayOptions { MerchantId = 1900000001 }", options.ToString());
        foreach (var text in new[] { options.ToString(), credentials.ToString(), credentials.Key.ToString(), $"{options}", string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}", credentials) })
        {
            foreach (var (_, secret) in Secrets([]))
            {
                Assert.DoesNotContain(secret, text!, StringComparison.OrdinalIgnoreCase);
            }
        }

        foreach (var name in new[] { "MerchantPrivateKey", "MerchantKey", "ApiV3Key", "ApiV2Key", "ClientCertificate" })
        {
            var browsable = typeof(WeChatPayOptions).GetProperty(name)!.GetCustomAttributes(typeof(DebuggerBrowsableAttribute), false);
            Assert.Equal(DebuggerBrowsableState.Never, ((DebuggerBrowsableAttribute)Assert.Single(browsable)).State);
        }
    }

    [Fact]
    public async Task A_handler_that_logs_the_request_does_not_log_its_signature()
    {
        string? shown = null, sent = null;
        using var log = new Shows(request => (shown, sent) = ($"{request}", request.Headers.NonValidated["Authorization"].ToString()));
        using var client = new TestClient(TestMerchant.Options(), log);
        await client.Orders.GetAsync("T1", null, Ct);
        Assert.NotEmpty(sent!);
        Assert.DoesNotContain(sent!, shown!, StringComparison.Ordinal);
        Assert.DoesNotContain("signature", shown!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("GET /v3/pay/transactions/out-trade-no/T1", shown);
    }

    [Fact]
    public void Raw_bodies_leave_exceptions_by_method_only()
    {
        foreach (var type in new[] { typeof(WeChatPayApiException), typeof(WeChatPaySerializationException), typeof(WeChatPayDecryptionException) })
        {
            Assert.NotNull(type.GetMethod("GetRawBody"));
            Assert.DoesNotContain(type.GetProperties(), property => property.PropertyType == typeof(ReadOnlyMemory<byte>) || property.PropertyType == typeof(byte[]));
        }
    }

    private sealed class Shows(Action<System.Net.Http.HttpRequestMessage> show) : DelegatingHandler(new FakeApi("{}"))
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            show(request);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private static byte[] Answer(string scenario) => scenario switch
    {
        "success" => LoopbackServer.Signed($$"""{"prepay_id":"wx1","total":1,"name":"{{Encrypt()}}"}"""),
        "error" => LoopbackServer.Signed("""{"code":"PARAM_ERROR","message":"bad"}""", 400),
        "unsigned" => LoopbackServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
        "probe" => LoopbackServer.Raw(Encoding.ASCII.GetString(LoopbackServer.Signed("{}")).Replace("Wechatpay-Signature: ", "Wechatpay-Signature: WECHATPAY/SIGNTEST/", StringComparison.Ordinal)),
        "unreadable" => LoopbackServer.Signed($$"""{"total":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Plaintext))}}"}"""),
        "undecryptable" => LoopbackServer.Signed("""{"name":"AAAA"}"""),
        _ => [],
    };

    private static string Encrypt()
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(TestMerchant.KeyText("merchant.cert.pem"));
        using var key = System.Security.Cryptography.X509Certificates.RSACertificateExtensions.GetRSAPublicKey(certificate)!;
        return Convert.ToBase64String(key.Encrypt(Encoding.UTF8.GetBytes(Plaintext), RSAEncryptionPadding.OaepSHA1));
    }

    private static IEnumerable<(string Name, string Secret)> Secrets(IEnumerable<string> authorizations)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        var key = rsa.ExportParameters(true);
        foreach (var (name, bytes) in new[] { ("D", key.D!), ("P", key.P!), ("Q", key.Q!), ("DP", key.DP!), ("DQ", key.DQ!), ("InverseQ", key.InverseQ!) })
        {
            yield return ($"private exponent {name} in hex", Convert.ToHexString(bytes)[..32]);
            yield return ($"private exponent {name} in base64", Convert.ToBase64String(bytes)[..24]);
        }

        foreach (var line in TestMerchant.KeyText("merchant_private_pkcs8.pem").Split('\n').Concat(TestMerchant.KeyText("merchant_private_pkcs1.pem").Split('\n')))
        {
            if (line.Length > 20)
            {
                yield return ("a line of the private key", line.Trim());
            }
        }

        foreach (var secret in new[] { TestMerchant.ApiV3Key, ApiV2Key })
        {
            yield return ("an API key", secret);
            yield return ("an API key in hex", Convert.ToHexString(Encoding.ASCII.GetBytes(secret)));
            yield return ("an API key in base64", Convert.ToBase64String(Encoding.ASCII.GetBytes(secret)).TrimEnd('='));
        }

        yield return ("plaintext", Plaintext);
        yield return ("plaintext in base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Plaintext)));
        foreach (var authorization in authorizations)
        {
            yield return ("Authorization", authorization);
            yield return ("a request signature", authorization.Split("signature=\"")[1].Split('"')[0]);
        }
    }

    private static ActivityListener Listen(ConcurrentQueue<string> shown)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => shown.Enqueue(
                $"{activity.Source.Name} {activity.DisplayName} {activity.StatusDescription} "
                + string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))
                + string.Join(' ', activity.Events.Select(e => $"{e.Name} {string.Join(' ', e.Tags)}"))
                + string.Join(' ', activity.Baggage)),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class Recorder(ConcurrentQueue<string> shown) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            shown.Enqueue(Text(state));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => shown.Enqueue($"WeChatPay {formatter(state, exception)} {Text(state)} {exception}");

        public void Dispose()
        {
        }

        private static string Text<TState>(TState state)
            => state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={(pair.Value is IEnumerable<string> values ? string.Join(',', values) : pair.Value)}")) : $"{state}";
    }

    /// <summary>The public event sources of the HTTP stack at their most talkative.</summary>
    private sealed class HttpEvents(ConcurrentQueue<string> shown) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.NameResolution" or "System.Net.Security")
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
            => shown?.Enqueue($"{eventData.EventSource.Name} {eventData.EventName} {string.Join(' ', eventData.Payload ?? (IEnumerable<object?>)[])}");
    }
}
