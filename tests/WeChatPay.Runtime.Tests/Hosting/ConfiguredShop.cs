using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Hosting;

/// <summary>A container whose merchant comes from configuration, over an API in memory, with a folder of its own as content root.</summary>
internal sealed class ConfiguredShop : IAsyncDisposable
{
    public const string Path = "WeChatPay:Shop";

    private readonly RecordingLogger _logger = new();
    private readonly ServiceProvider _provider;
    private readonly string? _name;

    public ConfiguredShop(
        IReadOnlyDictionary<string, string?> keys, FakeApi? api = null, string? name = null, string path = Path, Action<WeChatPayOptions>? configure = null, string? contentRoot = null)
    {
        _name = name;
        Configuration = new ConfigurationBuilder().AddInMemoryCollection(keys.Select(key => KeyValuePair.Create(path + ":" + key.Key, key.Value))).Build();
        var services = SecretWatch.Services();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new LoggerOf(_logger)));
        if (contentRoot is not null)
            services.AddSingleton<IHostEnvironment>(new Environment(contentRoot));
        void Configure(WeChatPayOptions options)
        {
            options.TimeProvider = Clock;
            configure?.Invoke(options);
        }

        if (name is null)
            services.AddWeChatPay<TestClient>(Configuration.GetSection(path), Configure);
        else
            services.AddWeChatPay<TestClient>(name, Configuration.GetSection(path), Configure);
        services.AddHttpClient(name is null ? "WeChatPay" : "WeChatPay:" + name).ConfigurePrimaryHttpMessageHandler(() => api ?? new FakeApi("{}"));
        _provider = services.BuildServiceProvider();
    }

    public static FakeTimeProvider Clock { get; } = new(TestMerchant.Now);

    public IConfigurationRoot Configuration { get; }

    public IReadOnlyCollection<string> Logs => _logger.Entries;

    public TestClient Client => _name is null ? _provider.GetRequiredService<TestClient>() : _provider.GetRequiredKeyedService<TestClient>(_name);

    public WeChatPayOptions Options => _provider.GetRequiredService<IOptionsMonitor<WeChatPayOptions>>().Get(_name ?? "");

    /// <summary>What the start of a host says.</summary>
    public IReadOnlyList<string> Problems()
    {
        try
        {
            _provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }

    /// <summary>All that a merchant with a public key needs, and no more.</summary>
    public static Dictionary<string, string?> Keys(params (string Key, string? Value)[] more)
    {
        var keys = new Dictionary<string, string?>
        {
            ["MerchantId"] = TestMerchant.MerchantId,
            ["MerchantCertificateSerialNumber"] = TestMerchant.MerchantSerial,
            ["MerchantPrivateKey"] = TestMerchant.KeyText("merchant_private_pkcs8.pem"),
            ["ApiV3Key"] = TestMerchant.ApiV3Key,
            ["PublicKeyId"] = TestMerchant.PublicKeyId,
            ["PublicKey"] = TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem"),
            ["FetchPlatformCertificates"] = "false",
        };
        foreach (var (key, value) in more)
            keys[key] = value;
        return keys;
    }

    public void Change(string key, string? value)
    {
        Configuration[Path + ":" + key] = value;
        Configuration.Reload();
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private sealed class LoggerOf(ILogger logger) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void Dispose()
        {
        }
    }

    private sealed class Environment(string contentRoot) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "Test";

        public string ContentRootPath { get; set; } = contentRoot;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
