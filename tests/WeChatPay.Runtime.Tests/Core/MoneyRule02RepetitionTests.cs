using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 2: one more attempt, on the backup address, and only when no byte of the request was sent.</summary>
public class MoneyRule02RepetitionTests
{
    private const string Backup = "api2.mch.weixin.qq.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task A_failure_to_connect_is_tried_once_on_the_backup_address(HttpRequestError error)
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        var wire = new Wire(api, request => request.RequestUri!.Host == Backup ? null : new HttpRequestException(error, "no"));
        using var client = new TestClient(TestMerchant.Options(), wire);

        var order = await client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct);

        Assert.Equal("wx1", order.PrepayId);
        Assert.Equal(["api.mch.weixin.qq.com", Backup], wire.Hosts);
        var request = Assert.Single(api.Requests);
        Assert.Equal("""{"out_trade_no":"T1"}""", request.Text);
        SignedCallTests.AssertSigned(request);

        // The host is not signed, so the very same signature goes to the backup.
        Assert.Equal(wire.Authorizations[0], wire.Authorizations[1]);
    }

    [Fact]
    public async Task If_neither_address_can_be_reached_nothing_was_sent()
    {
        var wire = new Wire(new FakeApi("{}"), _ => new HttpRequestException(HttpRequestError.ConnectionError, "no"));
        using var client = new TestClient(TestMerchant.Options(), wire);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.ConnectFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Equal(2, wire.Hosts.Count);
    }

    [Fact]
    public async Task A_proxy_that_does_not_connect_means_not_sent()
    {
        var wire = new Wire(new FakeApi("{}"), _ => new HttpRequestException(HttpRequestError.ProxyTunnelError, "no"));
        using var client = new TestClient(TestMerchant.Options(), wire);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(WeChatPayOutcome.NotSent, failure.Outcome);
        Assert.Single(wire.Hosts);
    }

    public static TheoryData<string> FailuresUnderWay => ["unknown", "ended", "response", "io", "timeout", "own time-out"];

    [Theory]
    [MemberData(nameof(FailuresUnderWay))]
    public async Task A_failure_that_is_no_failure_to_connect_is_never_repeated(string kind)
    {
        var wire = new Wire(new FakeApi("{}"), _ => kind switch
        {
            "unknown" => new HttpRequestException("boom", new SocketException(10061)),
            "ended" => new HttpRequestException(HttpRequestError.ResponseEnded, "boom"),
            "response" => new HttpRequestException(HttpRequestError.InvalidResponse, "boom"),
            "io" => new IOException("boom"),
            "timeout" => new TaskCanceledException("boom", new TimeoutException()),
            _ => new OperationCanceledException("boom"),
        });
        using var client = new TestClient(TestMerchant.Options(), wire);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(WeChatPayOutcome.Unknown, failure.Outcome);
        Assert.Single(wire.Hosts);
    }

    [Fact]
    public async Task A_connect_error_after_the_body_was_read_is_not_believed()
    {
        var api = new FakeApi("{}") { Before = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "late") };
        using var client = new TestClient(TestMerchant.Options(), api);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(WeChatPayOutcome.Unknown, failure.Outcome);
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Errors_of_the_API_are_never_repeated()
    {
        foreach (var status in new[] { 429, 500, 502, 503 })
        {
            var api = new FakeApi(_ => FakeApi.Unsigned("", status));
            using var client = new TestClient(TestMerchant.Options(), api);
            await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.GetAsync("T1", null, Ct));
            Assert.Single(api.Requests);
        }
    }

    [Fact]
    public async Task The_callers_cancellation_while_connecting_is_not_repeated()
    {
        using var cancel = new CancellationTokenSource();
        var wire = new Wire(new FakeApi("{}"), _ =>
        {
            cancel.Cancel();
            return new HttpRequestException(HttpRequestError.ConnectionError, "no");
        });
        using var client = new TestClient(TestMerchant.Options(), wire);
        var failure = await Record.ExceptionAsync(() => client.Orders.PostAsync(new(), cancellationToken: cancel.Token));
        Assert.Equal(WeChatPayOutcome.NotSent, Assert.IsAssignableFrom<IWeChatPayFailure>(failure).Outcome);
        Assert.Single(wire.Hosts);
    }

    [Fact]
    public async Task A_signature_older_than_240_seconds_is_made_anew()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var options = TestMerchant.Options(clock);
        options.Timeout = TimeSpan.FromMinutes(10);
        var api = new FakeApi(_ => FakeApi.Signed("{}", at: clock.GetUtcNow()));
        var wire = new Wire(api, request =>
        {
            if (request.RequestUri!.Host == Backup)
            {
                return null;
            }

            clock.Advance(TimeSpan.FromSeconds(240));
            return new HttpRequestException(HttpRequestError.ConnectionError, "no");
        });
        using var client = new TestClient(options, wire);
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        Assert.NotEqual(wire.Authorizations[0], wire.Authorizations[1]);
        Assert.Contains("timestamp=\"1760000240\"", wire.Authorizations[1], StringComparison.Ordinal);
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
    }

    [Fact]
    public async Task The_connect_time_limit_of_sockets_counts_as_a_failure_to_connect()
    {
        using var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            ConnectCallback = async (_, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                throw new InvalidOperationException();
            },
        };
        var options = TestMerchant.Options(TimeProvider.System);
        using var client = new TestClient(options, sockets);
        foreach (var call in new Func<Task>[] { () => client.Orders.PostAsync(new(), cancellationToken: Ct), () => client.Orders.GetAsync("T1", null, Ct) })
        {
            var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(call);
            Assert.Equal((WeChatPayTransportFailure.ConnectFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
            Assert.Contains(Backup, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_time_limit_of_a_hosts_HTTP_client_is_no_failure_to_connect()
    {
        await using var server = new LoopbackServer(_ =>
        {
            Thread.Sleep(2000);
            return LoopbackServer.Signed("{}");
        });
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>(options =>
        {
            TestMerchant.Copy(TestMerchant.Options(TimeProvider.System), options);
            options.BaseAddress = server.Address;
            options.BackupBaseAddress = server.Address;
        });
        services.AddHttpClient("WeChatPay").ConfigureHttpClient(http => http.Timeout = TimeSpan.FromMilliseconds(400));
        await using var provider = services.BuildServiceProvider();
        var orders = provider.GetRequiredService<TestClient>().Orders;
        foreach (var call in new Func<Task>[] { () => orders.PostAsync(new(), cancellationToken: Ct), () => orders.GetAsync("T1", null, Ct) })
        {
            var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(call);
            Assert.Equal((WeChatPayTransportFailure.Timeout, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        }

        // A slow machine may end a call before its request is read; a third request would be a repetition.
        Assert.InRange(server.Requests.Count, 0, 2);
    }

    [Theory]
    [InlineData("https://api.mch.weixin.qq.com/", "https://api2.mch.weixin.qq.com/")]
    [InlineData("https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com/")]
    [InlineData("https://api.wechatpay.cn/", null)]
    [InlineData("https://apihk.mch.weixin.qq.com/", null)]
    [InlineData("http://127.0.0.1:8080/", null)]
    public void Only_the_default_address_has_a_default_backup(string address, string? backup)
        => Assert.Equal(backup, new WeChatPayOptions { BaseAddress = new(address) }.BackupBaseAddress?.AbsoluteUri);

    [Fact]
    public async Task The_backup_can_be_switched_off()
    {
        var options = TestMerchant.Options();
        options.BackupBaseAddress = null;
        var wire = new Wire(new FakeApi("{}"), _ => new HttpRequestException(HttpRequestError.ConnectionError, "no"));
        using var client = new TestClient(options, wire);
        await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Single(wire.Hosts);
    }

    [Theory]
    [InlineData("https://api.mch.weixin.qq.com/", "https://apihk.mch.weixin.qq.com/", "another environment")]
    [InlineData("https://api.mch.weixin.qq.com/", "http://localhost:8080/", "another environment")]
    [InlineData("http://localhost:8080/", "https://api2.mch.weixin.qq.com/", "another environment")]
    [InlineData("https://apihk.mch.weixin.qq.com/", "https://api.mch.weixin.qq.com/", "another environment")]
    [InlineData("https://api.mch.weixin.qq.com/", "https://api2.mch.weixin.qq.com.evil.example/", "another environment")]
    [InlineData("http://api.mch.weixin.qq.com/", null, "uses http")]
    [InlineData("http://192.168.0.1/", null, "uses http")]
    [InlineData("https://gateway.example/wechat/", null, "scheme and host only")]
    [InlineData("https://user:secret@gateway.example/", null, "scheme and host only")]
    [InlineData("ftp://gateway.example/", null, "https address")]
    [InlineData("/v3", null, "https address")]
    public void Addresses_that_would_leave_the_environment_or_TLS_are_refused(string address, string? backup, string expected)
    {
        var options = TestMerchant.Options();
        options.BaseAddress = new(address, UriKind.RelativeOrAbsolute);
        options.BackupBaseAddress = backup is null ? null : new(backup);
        var failure = Assert.Throws<ArgumentException>(() => new TestClient(options));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The network before the API: fails some requests before their content is touched.</summary>
    private sealed class Wire(HttpMessageHandler api, Func<HttpRequestMessage, Exception?> failure) : DelegatingHandler(api)
    {
        public List<string> Hosts { get; } = [];

        public List<string> Authorizations { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Hosts.Add(request.RequestUri!.Host);
            Authorizations.Add(request.Headers.NonValidated["Authorization"].ToString());
            return failure(request) is { } e ? Task.FromException<HttpResponseMessage>(e) : base.SendAsync(request, cancellationToken);
        }
    }
}
