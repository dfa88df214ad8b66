using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.AspNetCore.Tests;

/// <summary>Money rule 17: a health check without network tells of what will break soon; it never takes an instance out for it.</summary>
public sealed class MoneyRule17HealthCheckTests : IAsyncDisposable
{
    private const string Id = TestMerchant.MerchantId;

    private readonly FakeTimeProvider _clock = new(TestMerchant.Now);
    private readonly ServiceCollection _services = new();
    private FakeApi _api = new("{}");
    private ServiceProvider? _provider;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_provider is not null)
            await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_merchant_that_is_well_is_healthy_and_its_facts_hold_no_secret()
    {
        Add(options => options.MerchantCertificate = CertificateOf(options, TestMerchant.Now.AddYears(4)));
        var report = await CheckAsync();
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Null(report.Description);
        Assert.Equal(["ready"], report.Tags);
        Assert.Equal(TestMerchant.PublicKeyId, report.Data[Id + ".platformKey"]);
        Assert.Equal(TestMerchant.Now.AddYears(4), report.Data[Id + ".merchantCertificateEnds"]);
        Assert.Equal(1, report.Data["merchants"]);
        Assert.Empty(_api.Requests);
        var all = string.Join('\n', report.Data.Select(fact => $"{fact.Key}={fact.Value}"));
        foreach (var secret in new[] { TestMerchant.ApiV3Key, "BEGIN", "MII" })
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(29, "the merchant API certificate ends at")]
    [InlineData(-1, "the merchant API certificate ended at")]
    public async Task The_end_of_the_merchant_certificate_is_told_a_month_before(int days, string? problem)
    {
        Add(options => options.MerchantCertificate = CertificateOf(options, TestMerchant.Now.AddDays(days)));
        Expect(await CheckAsync(), problem);
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(29, "the TLS client certificate ends at")]
    public async Task The_end_of_the_client_certificate_is_told_too(int days, string? problem)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=TEST ONLY", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TestMerchant.Now.AddYears(-1), TestMerchant.Now.AddDays(days));
        Add(options => options.ClientCertificate = certificate);
        Expect(await CheckAsync(), problem);
    }

    [Theory]
    [InlineData(31, false, null)]
    [InlineData(29, false, "the last platform certificate ends at")]
    [InlineData(6, true, null)]
    [InlineData(4, true, "and no successor has been fetched")]
    public async Task Platform_certificates_count_by_the_last_one_and_later_where_successors_come_by_themselves(int days, bool fetches, string? problem)
    {
        var earlier = new TestCertificate(TestCertificate.SerialOf(1), notAfter: TestMerchant.Now.AddDays(1));
        var last = new TestCertificate(TestCertificate.SerialOf(2), notAfter: TestMerchant.Now.AddDays(days));
        Add(options => (options.PublicKeyId, options.PublicKey, options.PlatformCertificates, options.FetchPlatformCertificates) = (null, null, [earlier.Pem, last.Pem], fetches));
        Expect(await CheckAsync(), problem);
    }

    [Theory]
    [InlineData(HealthStatus.Degraded)]
    [InlineData(HealthStatus.Unhealthy)]
    public async Task Without_any_usable_key_the_status_is_what_the_application_says(HealthStatus failureStatus)
    {
        var certificate = new TestCertificate(TestCertificate.SerialOf(1), notAfter: TestMerchant.Now.AddDays(40));
        Add(options => (options.PublicKeyId, options.PublicKey, options.PlatformCertificates) = (null, null, [certificate.Pem]));
        _services.Configure<HealthCheckServiceOptions>(options => Assert.Single(options.Registrations).FailureStatus = failureStatus);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
        _clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync()).Status);
        _clock.Advance(TimeSpan.FromDays(21));
        var report = await CheckAsync();
        Assert.Equal(failureStatus, report.Status);
        Assert.Contains("no key of WeChat Pay is valid now, so no call can be made", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refreshes_that_fail_again_and_again_are_told_and_one_that_works_ends_that()
    {
        var certificate = new TestCertificate(TestCertificate.SerialOf(1));
        var isUp = false;
        _api = new(_ => isUp ? certificate.Answer(TestCertificate.List(certificate), _clock.GetUtcNow()) : FakeApi.Unsigned("{}", 500));
        Add(options => (options.PlatformCertificates, options.FetchPlatformCertificates) = ([], true));
        var keyring = Core().Keyring;
        await keyring.RefreshAsScheduledAsync();
        await keyring.RefreshAsScheduledAsync();
        Expect(await CheckAsync(), null);
        await keyring.RefreshAsScheduledAsync();
        var report = await CheckAsync();
        Expect(report, "never fetched yet, and the last 3 attempts failed; see the log.");
        Assert.Equal(3, report.Data[Id + ".failedRefreshes"]);
        isUp = true;
        await keyring.RefreshAsScheduledAsync();
        report = await CheckAsync();
        Expect(report, null);
        Assert.Equal(_clock.GetUtcNow(), report.Data[Id + ".lastRefresh"]);
    }

    [Fact]
    public async Task A_refresh_that_is_long_ago_is_told()
    {
        Add(options => (options.PlatformCertificates, options.FetchPlatformCertificates) = ([], true));
        _api.Answer = _ => FakeApi.Unsigned("{}", 404);
        await Core().Keyring.RefreshAsScheduledAsync();
        Expect(await CheckAsync(), null);
        _api.Answer = _ => FakeApi.Unsigned("{}", 500);
        _clock.Advance(TimeSpan.FromHours(25));
        Expect(await CheckAsync(), "the platform certificates were last fetched at 2025-10-09 08:53:20Z");
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(59, null)]
    [InlineData(61, "the clock of this machine is 61 s behind WeChat Pay's: synchronise it.")]
    [InlineData(-61, "the clock of this machine is 61 s ahead of WeChat Pay's: synchronise it.")]
    [InlineData(400, "the clock of this machine is 400 s behind WeChat Pay's: synchronise it.")]
    public async Task The_clock_is_measured_by_signed_answers_also_by_those_that_it_makes_unacceptable(int ahead, string? problem)
    {
        _api = new(_ => FakeApi.Signed("{}", at: TestMerchant.Now.AddSeconds(ahead)));
        Add();
        Expect(await CheckAsync(), null);
        await Record.ExceptionAsync(CallAsync);
        Expect(await CheckAsync(), problem);

        // Of an hour ago nothing is known any more.
        _clock.Advance(TimeSpan.FromMinutes(61));
        Expect(await CheckAsync(), null);
    }

    [Fact]
    public async Task Slow_answers_and_forged_ones_say_nothing_about_the_clock()
    {
        var times = new Queue<int>([-100, -2, -100]);
        _api = new(_ => FakeApi.Signed("{}", at: TestMerchant.Now.AddSeconds(times.Dequeue())));
        Add();
        for (var i = 0; i < 3; i++)
            await CallAsync();
        var report = await CheckAsync();
        Expect(report, null);
        Assert.Equal(-2L, report.Data[Id + ".clockSkewSeconds"]);

        _api.Answer = _ =>
        {
            var answer = FakeApi.Signed("{}", at: TestMerchant.Now.AddSeconds(1000));
            answer.Content = new ByteArrayContent("{ }"u8.ToArray());
            return answer;
        };
        await Assert.ThrowsAsync<WeChatPaySignatureException>(CallAsync);
        Expect(await CheckAsync(), null);
    }

    [Fact]
    public async Task Replaced_keys_that_have_lapsed_are_to_be_removed()
    {
        Add(options =>
        {
            options.FormerApiV3Keys = [new() { Key = "TESTONLYapiv3key0123456789former", Until = TestMerchant.Now.AddDays(1) }];
            options.FormerMerchantKeys = [new() { PrivateKey = TestMerchant.KeyText("merchant_private_pkcs1.pem"), Until = TestMerchant.Now.AddDays(2) }];
        });
        Expect(await CheckAsync(), null);
        _clock.Advance(TimeSpan.FromDays(1));
        var report = await CheckAsync();
        Expect(report, "WeChatPayOptions.FormerApiV3Keys[0] has opened nothing since 2025-10-10");
        Assert.DoesNotContain("FormerMerchantKeys", report.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_merchants_are_in_one_check_and_thresholds_can_be_changed()
    {
        Add(options => options.MerchantCertificate = CertificateOf(options, TestMerchant.Now.AddDays(40)), health: options => options.ExpiryWarning = TimeSpan.FromDays(50));
        _services.AddWeChatPay<TestClient>("b", options =>
        {
            TestApp.CopyTo(options);
            (options.MerchantId, options.TimeProvider, options.FetchPlatformCertificates) = ("1900000009", _clock, false);
        });
        var report = await CheckAsync();
        Expect(report, "Merchant 1900000001: the merchant API certificate ends at");
        Assert.Equal(2, report.Data["merchants"]);
        Assert.Equal(TestMerchant.PublicKeyId, report.Data["1900000009.platformKey"]);
    }

    private static void Expect(HealthReportEntry report, string? problem)
    {
        Assert.Equal(problem is null ? HealthStatus.Healthy : HealthStatus.Degraded, report.Status);
        if (problem is null)
            Assert.Null(report.Description);
        else
            Assert.Contains(problem, report.Description, StringComparison.Ordinal);
    }

    private void Add(Action<WeChatPayOptions>? change = null, Action<WeChatPayHealthCheckOptions>? health = null)
    {
        _services.AddLogging();
        _services.AddWeChatPay<TestClient>(options =>
        {
            TestApp.CopyTo(options);
            (options.TimeProvider, options.FetchPlatformCertificates) = (_clock, false);
            change?.Invoke(options);
        });
        _services.AddHttpClient("WeChatPay").ConfigurePrimaryHttpMessageHandler(() => _api);
        _services.AddHealthChecks().AddWeChatPay(configure: health);
    }

    private WeChatPayCore Core() => (_provider ??= _services.BuildServiceProvider()).GetRequiredService<TestClient>().Core;

    private Task CallAsync()
    {
        _ = Core();
        return _provider!.GetRequiredService<TestClient>().SendAsync(HttpMethod.Get, "/v3/x", cancellationToken: Ct);
    }

    private async Task<HealthReportEntry> CheckAsync()
    {
        _ = Core();
        return Assert.Single((await _provider!.GetRequiredService<HealthCheckService>().CheckHealthAsync(Ct)).Entries).Value;
    }

    private static string CertificateOf(WeChatPayOptions options, DateTimeOffset notAfter)
    {
        using var key = RSA.Create();
        key.ImportFromPem(options.MerchantPrivateKey);
        return new TestCertificate(TestMerchant.MerchantSerial, key, notAfter: notAfter).Pem;
    }
}
