using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Hosting;

/// <summary>Options out of a configuration section: each option, each mistake by its full path, and never a value in a message.</summary>
public class ConfigurationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("shop")]
    public async Task A_client_works_with_what_its_section_says(string? name)
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(), api, name);
        Assert.Empty(shop.Problems());
        Assert.Equal("wx1", (await shop.Client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
    }

    [Fact]
    public async Task Each_option_that_can_be_text_is_read()
    {
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(
            ("MerchantId", "1900000007"),
            ("MerchantCertificate", TestMerchant.KeyText("merchant.cert.pem")),
            ("MerchantPrivateKeyPassword", "TESTONLYpassword"),
            ("apiv2key", "TESTONLYapiv2key0123456789abcdef"),
            ("AcceptMd5Notifications", "False"),
            ("BaseAddress", "https://api.wechatpay.cn"),
            ("BackupBaseAddress", "https://api2.wechatpay.cn"),
            ("ClockTolerance", "00:02:00"),
            ("Timeout", "Infinite"),
            ("AttemptTimeout", "00:00:08"),
            ("DownloadIdleTimeout", "0:00:05.5"),
            ("MaxRepetitions", "3"),
            ("MaxDownloadLength", "5000000000"),
            ("MaxUnpackedLength", "6000000000"),
            ("AcceptLanguage", "zh-HK"),
            ("Proxy", "http://user:p%40ss@proxy.example:3128"),
            ("PlatformCertificates:0", TestMerchant.KeyText("platform.cert.pem")),
            ("PlatformCertificates:1", TestMerchant.KeyText("platform2.cert.pem")),
            ("FormerMerchantKeys:0:PrivateKey", TestMerchant.KeyText("merchant_private_pkcs1.pem")),
            ("FormerMerchantKeys:0:Until", "2026-03-01T00:00:00Z"),
            ("FormerApiV3Keys:0:Key", "TESTONLYapiv3key0123456789former"),
            ("FormerApiV3Keys:0:Until", "2026-03-01")));
        Assert.Empty(shop.Problems());
        var options = shop.Options;
        Assert.Equal("1900000007", options.MerchantId);
        Assert.Equal("TESTONLYpassword", options.MerchantPrivateKeyPassword);
        Assert.Contains("BEGIN CERTIFICATE", options.MerchantCertificate, StringComparison.Ordinal);
        Assert.Equal("TESTONLYapiv2key0123456789abcdef", options.ApiV2Key);
        Assert.False(options.AcceptMd5Notifications);
        Assert.False(options.FetchPlatformCertificates);
        Assert.Equal(new Uri("https://api.wechatpay.cn/"), options.BaseAddress);
        Assert.Equal(new Uri("https://api2.wechatpay.cn/"), options.BackupBaseAddress);
        Assert.Equal(TimeSpan.FromMinutes(2), options.ClockTolerance);
        Assert.Equal(Timeout.InfiniteTimeSpan, options.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(8), options.AttemptTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5.5), options.DownloadIdleTimeout);
        Assert.Equal(3, options.MaxRepetitions);
        Assert.Equal(5_000_000_000, options.MaxDownloadLength);
        Assert.Equal(6_000_000_000, options.MaxUnpackedLength);
        Assert.Equal("zh-HK", options.AcceptLanguage);
        var proxy = Assert.IsType<WebProxy>(options.Proxy);
        Assert.Equal("proxy.example", proxy.Address!.Host);
        Assert.Equal("p@ss", proxy.Credentials!.GetCredential(proxy.Address, "Basic")!.Password);
        Assert.Equal(2, options.PlatformCertificates.Count);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(options.FormerMerchantKeys).Until);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(8)), Assert.Single(options.FormerApiV3Keys).Until);
    }

    /// <summary>An option that is added later is read too, or is said to be none of the configuration's.</summary>
    [Fact]
    public async Task No_option_is_unknown_to_the_reader()
    {
        foreach (var property in typeof(WeChatPayOptions).GetProperties())
        {
            await using var shop = new ConfiguredShop(ConfiguredShop.Keys((property.Name, "x")));
            Assert.DoesNotContain(shop.Problems(), problem => problem.Contains("is no option", StringComparison.Ordinal));
        }

        foreach (var property in typeof(WeChatPayFormerMerchantKey).GetProperties())
        {
            await using var shop = new ConfiguredShop(ConfiguredShop.Keys(("FormerMerchantKeys:0:" + property.Name, "x")));
            Assert.DoesNotContain(shop.Problems(), problem => problem.Contains("is no option", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_empty_backup_address_is_none()
    {
        await using var with = new ConfiguredShop(ConfiguredShop.Keys());
        await using var without = new ConfiguredShop(ConfiguredShop.Keys(("BackupBaseAddress", "")));
        Assert.NotNull(with.Options.BackupBaseAddress);
        Assert.Null(without.Options.BackupBaseAddress);
    }

    [Fact]
    public async Task What_text_cannot_say_is_set_in_code_after_the_section()
    {
        var keys = ConfiguredShop.Keys();
        keys.Remove("MerchantPrivateKey");
        var key = WeChatPayMerchantKey.FromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        await using var shop = new ConfiguredShop(keys, configure: options => (options.MerchantKey, options.Timeout) = (key, TimeSpan.FromSeconds(7)));
        Assert.Empty(shop.Problems());
        Assert.Same(key, shop.Options.MerchantKey);
    }

    [Theory]
    [InlineData("MerchantPrivatKey", "WeChatPay:Shop:MerchantPrivatKey is no option: MerchantPrivateKey may be meant.")]
    [InlineData("ApiKeyV3", "WeChatPay:Shop:ApiKeyV3 is no option")]
    [InlineData("Weather", "WeChatPay:Shop:Weather is no option: remove it, or take one of AcceptLanguage, ")]
    [InlineData("Stall:MerchantId", "WeChatPay:Shop:Stall is no option")]
    [InlineData("FormerApiV3Keys:0:Untill", "WeChatPay:Shop:FormerApiV3Keys:0:Untill is no option: Until may be meant.")]
    [InlineData("MerchantKey", "WeChatPay:Shop:MerchantKey cannot come from configuration: set it in code")]
    [InlineData("ClientCertificate", "WeChatPay:Shop:ClientCertificate cannot come from configuration: name the file apiclient_cert.p12 in ClientCertificateFile")]
    [InlineData("FetchPlatformCertificates", "WeChatPay:Shop:FetchPlatformCertificates cannot be read: it takes true or false.")]
    [InlineData("Timeout", "WeChatPay:Shop:Timeout cannot be read: it takes hours:minutes:seconds such as 00:00:30, or Infinite.")]
    [InlineData("MaxRepetitions", "WeChatPay:Shop:MaxRepetitions cannot be read: it takes a whole number")]
    [InlineData("BaseAddress", "WeChatPay:Shop:BaseAddress cannot be read: it takes an absolute address")]
    [InlineData("Proxy", "WeChatPay:Shop:Proxy cannot be read: it takes an absolute address")]
    [InlineData("FormerMerchantKeys:0:Until", "WeChatPay:Shop:FormerMerchantKeys:0:Until cannot be read: it takes a time such as 2026-03-01T00:00:00+08:00.")]
    [InlineData("PlatformCertificates", "WeChatPay:Shop:PlatformCertificates takes a list, and holds one value")]
    [InlineData("ApiV3Key:Value", "WeChatPay:Shop:ApiV3Key takes one value, and holds several keys")]
    [InlineData("MerchantPrivateKeyFile", "WeChatPay:Shop:MerchantPrivateKeyFile and WeChatPay:Shop:MerchantPrivateKey are both set: keep one of them.")]
    [InlineData("ClientCertificateFile", "WeChatPay:Shop:ClientCertificateFile names a file that is not there: correct the path")]
    public async Task Mistakes_stop_the_start_and_are_told_by_their_path_without_the_value(string key, string problem)
    {
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys((key, "TESTONLYvalue")), name: "shop");
        var problems = shop.Problems();
        Assert.Contains(problem, Assert.Single(problems), StringComparison.Ordinal);
        Assert.DoesNotContain("TESTONLY", problems[0], StringComparison.Ordinal);
        Assert.EndsWith("(merchant 'shop')", problems[0], StringComparison.Ordinal);
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => shop.Client);
    }

    [Fact]
    public async Task A_plain_number_is_no_duration_because_it_would_mean_days()
    {
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(("Timeout", "30")));
        Assert.Contains("WeChatPay:Shop:Timeout cannot be read", Assert.Single(shop.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_validation_finds_says_in_which_section_it_stands()
    {
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(("MerchantId", "wx1"), ("ApiV3Key", "TESTONLYshort"), ("Timeuot", "00:00:10")));
        var problems = shop.Problems();
        Assert.Equal(3, problems.Count);
        Assert.Contains("WeChatPay:Shop:Timeuot is no option: Timeout may be meant.", problems[0], StringComparison.Ordinal);
        Assert.All(problems.Skip(1), problem => Assert.EndsWith("(Configuration section 'WeChatPay:Shop'.)", problem, StringComparison.Ordinal));
        Assert.DoesNotContain("TESTONLY", string.Concat(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_section_that_is_not_there_is_the_one_thing_that_is_said()
    {
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(), path: "Elsewhere");
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>(shop.Configuration.GetSection("WeChatPay"));
        using var provider = services.BuildServiceProvider();
        var failure = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => provider.GetRequiredService<TestClient>());
        Assert.Contains("no section 'WeChatPay'", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_configuration_in_place_of_a_section_is_told_once()
    {
        var keys = Enumerable.Range(0, 40).Select(i => KeyValuePair.Create("ENV_" + i, (string?)"TESTONLY"));
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>(new Microsoft.Extensions.Configuration.ConfigurationManager { Sources = { new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = keys } } });
        using var provider = services.BuildServiceProvider();
        var failure = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => provider.GetRequiredService<TestClient>());
        Assert.Contains("configuration.GetSection(\"WeChatPay\")", Assert.Single(failure.Failures, problem => problem.Contains("40 keys", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_registered_once_however()
    {
        var section = new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build().GetSection("WeChatPay");
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>("shop", section);
        Assert.Throws<InvalidOperationException>(() => services.AddWeChatPay<TestClient>("shop", section));
        Assert.Throws<InvalidOperationException>(() => services.AddWeChatPay<TestClient>("shop", _ => { }));
    }
}
