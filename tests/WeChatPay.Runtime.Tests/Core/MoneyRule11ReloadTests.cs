using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 11: credentials are reloaded while the process runs, all or nothing; a call keeps to those with which it began.</summary>
public class MoneyRule11ReloadTests
{
    private static readonly RSA NewMerchantKey = RSA.Create(2048);
    private static readonly TestCertificate Platform = new(TestCertificate.SerialOf(1));
    private static readonly TestCertificate Fetched = new(TestCertificate.SerialOf(2));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changed_credentials_are_used_from_the_next_call_on()
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        await using var shop = new Shop(api);
        await shop.Client.Orders.PostAsync(new(), cancellationToken: Ct);
        shop.Reload(options =>
        {
            options.MerchantCertificateSerialNumber = "0C1B2C3D4E5F60718293A4B5C6D7E8F901234567";
            options.MerchantPrivateKey = NewMerchantKey.ExportPkcs8PrivateKeyPem();
            options.PublicKeyId = "PUB_KEY_ID_NEW";
        });
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => shop.Client.Orders.PostAsync(new(), cancellationToken: Ct));
        SignedCallTests.AssertSigned(api.Requests[0]);
        Assert.Contains("serial_no=\"0C1B2C3D", api.Requests[1].Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("PUB_KEY_ID_NEW", api.Requests[1].Header("Wechatpay-Serial"));
        Assert.Contains(shop.Logs, log => log.Contains("taken over", StringComparison.Ordinal));
    }

    public static TheoryData<string> Bad => ["damaged key", "no merchant", "other merchant", "short APIv3 key", "delegate throws", "everything empty"];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_reload_keeps_the_old_set_and_is_logged_without_secrets(string kind)
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        await using var shop = new Shop(api);
        await shop.Client.Orders.PostAsync(new(), cancellationToken: Ct);
        var before = shop.Client.Core.Credentials;

        // Whoever reloads the configuration gets no exception, unless the delegate itself throws.
        var thrown = Record.Exception(() => shop.Reload(options =>
        {
            switch (kind)
            {
                case "damaged key": options.MerchantPrivateKey = options.MerchantPrivateKey!.Replace("MII", "MIA", StringComparison.Ordinal); break;
                case "no merchant": options.MerchantId = ""; break;
                case "other merchant": options.MerchantId = "1900000002"; break;
                case "short APIv3 key": options.ApiV3Key = "TESTONLYshort"; break;
                case "delegate throws": throw new InvalidOperationException("TESTONLYsecret in a message of the host");
                default: Copy(new(), options); break;
            }
        }));
        Assert.Equal(kind == "delegate throws", thrown is not null);

        Assert.Same(before, shop.Client.Core.Credentials);
        await shop.Client.Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.All(api.Requests, SignedCallTests.AssertSigned);
        var refusal = Assert.Single(shop.Logs, log => log.Contains("refused", StringComparison.Ordinal));
        foreach (var secret in new[] { "TESTONLYshort", "TESTONLYsecret", TestMerchant.ApiV3Key, "MII" })
            Assert.DoesNotContain(secret, string.Concat(shop.Logs), StringComparison.Ordinal);
        Assert.Contains("1900000001", refusal, StringComparison.Ordinal);

        shop.Reload(options => options.PublicKeyId = "PUB_KEY_ID_NEW");
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => shop.Client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal("PUB_KEY_ID_NEW", api.Requests[^1].Header("Wechatpay-Serial"));
    }

    [Fact]
    public async Task A_call_that_is_under_way_keeps_to_the_snapshot_with_which_it_began()
    {
        var api = new FakeApi(_ => FakeApi.Signed("""{"prepay_id":"wx1"}"""));
        await using var shop = new Shop(api);
        api.Before = (_, _) =>
        {
            shop.Reload(options => (options.PublicKeyId, options.PublicKey) = ("PUB_KEY_ID_NEW", Platform2Key()));
            return Task.CompletedTask;
        };
        Assert.Equal("wx1", (await shop.Client.Orders.PostAsync(new() { SecretName = "张三" }, cancellationToken: Ct)).PrepayId);
        Assert.Equal(TestMerchant.PublicKeyId, api.Requests[0].Header("Wechatpay-Serial"));
    }

    /// <summary>Serial, ciphertext and signature of each call come from one set, whatever is reloaded meanwhile.</summary>
    [Fact]
    public async Task Reloads_under_load_never_mix_two_sets()
    {
        using var first = RSA.Create(2048);
        using var second = RSA.Create(2048);
        var platform = new Dictionary<string, RSA> { ["PUB_KEY_ID_A"] = first, ["PUB_KEY_ID_B"] = second };
        var merchant = new Dictionary<string, RSA> { ["PUB_KEY_ID_A"] = RSA.Create(2048), ["PUB_KEY_ID_B"] = RSA.Create(2048) };
        void Use(WeChatPayOptions options, string id)
        {
            (options.PublicKeyId, options.PublicKey) = (id, platform[id].ExportSubjectPublicKeyInfoPem());
            options.MerchantPrivateKey = merchant[id].ExportPkcs8PrivateKeyPem();
            options.MerchantCertificateSerialNumber = id[^1] == 'A' ? "AA" : "BB";
        }

        var mixed = 0;
        var api = new FakeApi(request =>
        {
            var id = request.Header("Wechatpay-Serial")!;
            var authorization = request.Header("Authorization")!;
            var name = System.Text.Json.JsonDocument.Parse(request.Body).RootElement.GetProperty("name").GetString()!;
            try
            {
                platform[id].Decrypt(Convert.FromBase64String(name), RSAEncryptionPadding.OaepSHA1);
            }
            catch (CryptographicException)
            {
                Interlocked.Increment(ref mixed);
            }

            if (!authorization.Contains(id[^1] == 'A' ? "serial_no=\"AA\"" : "serial_no=\"BB\"", StringComparison.Ordinal) || !IsSigned(merchant[id], authorization, request))
                Interlocked.Increment(ref mixed);
            return FakeApi.Unsigned("{}", 400);
        });
        await using var shop = new Shop(api, options => Use(options, "PUB_KEY_ID_A"));
        _ = shop.Client;
        var reloads = 0;
        var calls = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref reloads) < 30)
                await Assert.ThrowsAsync<WeChatPayApiException>(() => shop.Client.Orders.PostAsync(new() { SecretName = "张三" }, cancellationToken: Ct));
        })));
        for (; reloads < 30 && !calls.IsFaulted; reloads++)
        {
            shop.Reload(options => Use(options, reloads % 2 == 0 ? "PUB_KEY_ID_B" : "PUB_KEY_ID_A"));
            await Task.Delay(1, Ct);
        }

        await calls;
        Assert.Equal(0, mixed);
        Assert.Equal(2, api.Requests.Select(request => request.Header("Wechatpay-Serial")).Distinct().Count());
    }

    [Fact]
    public async Task Certificates_that_were_fetched_survive_a_reload_and_withdrawn_ones_do_not_come_back()
    {
        var api = new FakeApi(_ => Fetched.Answer(TestCertificate.List(Fetched)));
        void Certificates(WeChatPayOptions options) => (options.PlatformCertificates, options.FetchPlatformCertificates) = ([Platform.Pem], true);
        await using var shop = new Shop(api, Certificates);
        Assert.Equal([TestMerchant.PublicKeyId, Platform.Serial], Known());
        await shop.Client.Core.Keyring.RefreshAsScheduledAsync();
        Assert.Equal([TestMerchant.PublicKeyId, Fetched.Serial], Known());

        shop.Reload(options =>
        {
            Certificates(options);
            options.PublicKeyId = "PUB_KEY_ID_NEW";
        });
        Assert.Equal(["PUB_KEY_ID_NEW", Fetched.Serial], Known());

        string[] Known() => [.. shop.Client.Core.Credentials.PlatformKeys.Keys.Select(key => key.Serial)];
    }

    [Fact]
    public async Task What_belongs_to_connections_is_said_to_need_a_restart()
    {
        await using var shop = new Shop(new FakeApi("{}"));
        _ = shop.Client;
        shop.Reload(options =>
        {
            options.BaseAddress = new("https://api.wechatpay.cn/");
            options.Timeout = TimeSpan.FromSeconds(5);
        });
        Assert.Contains(shop.Logs, log => log.Contains("BaseAddress, BackupBaseAddress, Timeout changed; that takes effect when the process starts again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reload_of_one_merchant_is_none_of_another()
    {
        await using var shop = new Shop(new FakeApi("{}"), name: "a");
        var before = shop.Client.Core.Credentials;
        shop.Reload(options => options.PublicKeyId = "PUB_KEY_ID_NEW", ofOther: true);
        Assert.Same(before, shop.Client.Core.Credentials);
        shop.Reload(options => options.PublicKeyId = "PUB_KEY_ID_NEW");
        Assert.NotSame(before, shop.Client.Core.Credentials);
    }

    [Fact]
    public async Task After_the_container_is_gone_nothing_is_reloaded()
    {
        var shop = new Shop(new FakeApi("{}"));
        var core = shop.Client.Core;
        var before = core.Credentials;
        await shop.DisposeAsync();
        shop.Reload(options => options.PublicKeyId = "PUB_KEY_ID_NEW");
        Assert.Same(before, core.Credentials);
    }

    private static void Copy(WeChatPayOptions from, WeChatPayOptions to) => TestMerchant.Copy(from, to);

    private static string Platform2Key()
    {
        using var certificate = X509Certificate2.CreateFromPem(TestMerchant.KeyText("platform2.cert.pem"));
        return certificate.GetRSAPublicKey()!.ExportSubjectPublicKeyInfoPem();
    }

    private static bool IsSigned(RSA key, string authorization, Received request)
    {
        var values = authorization[(authorization.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split(',').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        byte[] message = [.. System.Text.Encoding.UTF8.GetBytes($"{request.Method}\n{request.Address.PathAndQuery}\n{values["timestamp"]}\n{values["nonce_str"]}\n"), .. request.Body, (byte)'\n'];
        return key.VerifyData(message, Convert.FromBase64String(values["signature"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>A container whose options can change.</summary>
    private sealed class Shop : IAsyncDisposable
    {
        private readonly Source _source;
        private readonly Source _other = new("b");
        private readonly RecordingLogger _logger = new();
        private readonly FakeTimeProvider _clock = new(TestMerchant.Now);
        private readonly ServiceProvider _provider;
        private readonly string _name;
        private Action<WeChatPayOptions> _change;

        public Shop(FakeApi api, Action<WeChatPayOptions>? change = null, string name = "")
        {
            _name = name;
            _source = new(name);
            _change = change ?? (_ => { });
            var services = SecretWatch.Services();
            void Configure(WeChatPayOptions options)
            {
                Copy(TestMerchant.Options(_clock), options);
                options.PlatformCertificates = [];
                _change(options);
            }

            if (name.Length == 0)
                services.AddWeChatPay<TestClient>(Configure);
            else
                services.AddWeChatPay<TestClient>(name, Configure);
            services.AddWeChatPay<TestClient>("b", Configure);
            services.AddSingleton<IOptionsChangeTokenSource<WeChatPayOptions>>(_source);
            services.AddSingleton<IOptionsChangeTokenSource<WeChatPayOptions>>(_other);
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new LoggerOf(_logger)));
            services.AddHttpClient(name.Length == 0 ? "WeChatPay" : "WeChatPay:" + name).ConfigurePrimaryHttpMessageHandler(() => api);
            _provider = services.BuildServiceProvider();
        }

        public TestClient Client => _name.Length == 0 ? _provider.GetRequiredService<TestClient>() : _provider.GetRequiredKeyedService<TestClient>(_name);

        public IReadOnlyCollection<string> Logs => _logger.Entries;

        public void Reload(Action<WeChatPayOptions> change, bool ofOther = false)
        {
            _change = change;
            (ofOther ? _other : _source).Fire();
        }

        public ValueTask DisposeAsync() => _provider.DisposeAsync();

        private sealed class LoggerOf(ILogger logger) : ILoggerProvider
        {
            public ILogger CreateLogger(string categoryName) => logger;

            public void Dispose()
            {
            }
        }

        private sealed class Source(string name) : IOptionsChangeTokenSource<WeChatPayOptions>
        {
            private ConfigurationReloadToken _token = new();

            public string? Name => name;

            public IChangeToken GetChangeToken() => _token;

            public void Fire() => Interlocked.Exchange(ref _token, new()).OnReload();
        }
    }
}
