using System.Net;
using System.Net.Http;
using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Rule 18: who can reach the gateway, and what can be done over HTTP.</summary>
public sealed class MoneyRule18HostingTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private SandboxGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await SandboxGateway.StartAsync(
            new SandboxOptions { Merchants = { TestMerchants.First }, RefundDelay = null }, TestContext.Current.CancellationToken);
        _http.BaseAddress = _gateway.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public void It_listens_on_loopback()
    {
        Assert.Equal("127.0.0.1", _gateway.BaseAddress.Host);
        Assert.NotEqual(0, _gateway.BaseAddress.Port);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1:1")]
    public async Task A_foreign_host_name_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/orders") { Headers = { Host = host } };
        request.Headers.Add("Sandbox-Token", _gateway.ControlToken);

        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_foreign_origin_is_refused()
    {
        using var request = Control(HttpMethod.Get, "/sandbox/orders");
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Control_needs_the_token(string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/sandbox/orders/{Bodies.OutTradeNo}/pay");
        if (token is not null)
            request.Headers.Add("Sandbox-Token", token);

        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Another_process_can_pay_refund_and_look()
    {
        using var client = new HandMadeClient(_gateway);
        await client.PostAsync("/v3/pay/transactions/jsapi", Bodies.Jsapi(_gateway).ToJsonString());

        var payment = await ControlAsync(HttpMethod.Post, $"/sandbox/orders/{Bodies.OutTradeNo}/pay");
        await client.PostAsync("/v3/refund/domestic/refunds", Bodies.Refund("REFUND-1", 1, 100).ToJsonString());
        await ControlAsync(HttpMethod.Post, "/sandbox/refunds/REFUND-1/complete?result=abnormal");
        var orders = await ControlAsync(HttpMethod.Get, "/sandbox/orders");
        var deliveries = await ControlAsync(HttpMethod.Get, "/sandbox/deliveries");

        Assert.Equal(_gateway.Orders.Single().TransactionId, (string?)payment["transaction_id"]);
        Assert.Equal("REFUND", (string?)orders["orders"]![0]!["trade_state"]);
        Assert.NotNull(deliveries["deliveries"]);
        Assert.Equal("ABNORMAL", (string?)(await client.GetAsync("/v3/refund/domestic/refunds/REFUND-1")).Json["status"]);
    }

    [Fact]
    public async Task Paying_what_does_not_exist_is_a_conflict()
    {
        using var request = Control(HttpMethod.Post, "/sandbox/orders/NOBODY/pay");

        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact]
    public async Task Credentials_differ_on_every_start_and_log_nothing_secret()
    {
        await using var other = await SandboxGateway.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEqual(_gateway.Merchant.PrivateKey, other.Merchant.PrivateKey);
        Assert.NotEqual(_gateway.Merchant.ApiV3Key, other.Merchant.ApiV3Key);
        Assert.Equal(32, other.Merchant.ApiV3Key.Length);
        Assert.Matches("^PUB_KEY_ID_[0-9]{34}$", other.Merchant.PublicKeyId);
        Assert.Matches("^[0-9A-F]{40}$", other.Merchant.CertificateSerialNumber);
        using var client = new HandMadeClient(other);
        await client.GetAsync("/v3/certificates");
        Assert.DoesNotContain("Authorization", other.Exchanges.Single().RequestHeaders.Keys);
    }

    [Fact]
    public async Task A_stopped_gateway_gives_its_port_back()
    {
        var first = await SandboxGateway.StartAsync(new SandboxOptions { Merchants = { TestMerchants.Second } }, TestContext.Current.CancellationToken);
        var port = first.BaseAddress.Port;
        await first.DisposeAsync();

        await using var second = await SandboxGateway.StartAsync(
            new SandboxOptions { Merchants = { TestMerchants.Second }, Port = port }, TestContext.Current.CancellationToken);

        Assert.Equal(port, second.BaseAddress.Port);
    }

    private HttpRequestMessage Control(HttpMethod method, string path)
        => new(method, path) { Headers = { { "Sandbox-Token", _gateway.ControlToken } } };

    private async Task<JsonNode> ControlAsync(HttpMethod method, string path)
    {
        using var request = Control(method, path);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
