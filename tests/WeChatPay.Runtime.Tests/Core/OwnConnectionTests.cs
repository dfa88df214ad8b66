using System.Net.Http;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>The client over the connections that it makes for itself, against a real socket.</summary>
public class OwnConnectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_request_line_on_the_wire_is_what_was_signed()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Signed("""{"prepay_id":"wx1"}"""));
        using var client = new TestClient(Options(server.Address));
        await client.Orders.GetAsync("a/b 测*'()!~", "1900000001", Ct);
        await client.SendAsync(HttpMethod.Get, "/v3/x?note=%e6%b5%8b&q='()*!|\"[]{}`&empty=&a=%7E%6b", cancellationToken: Ct);

        foreach (var request in server.Requests)
        {
            var line = request.RequestLine.Split(' ');
            Assert.Equal("HTTP/1.1", line[2]);
            SignedCallTests.AssertSigned(new(line[0], new(server.Address, line[1]), request.Headers, request.Body));
        }

        Assert.Equal("GET /v3/pay/transactions/out-trade-no/a%2Fb%20%E6%B5%8B%2A%27%28%29%21~?mchid=1900000001 HTTP/1.1", server.Requests[0].RequestLine);
    }

    [Fact]
    public async Task Only_the_headers_that_are_meant_go_out()
    {
        using var activity = new System.Diagnostics.Activity("caller").Start();
        await using var server = new LoopbackServer(_ => LoopbackServer.Signed("{}"));
        using var client = new TestClient(Options(server.Address));
        await client.Orders.PostAsync(new(), cancellationToken: Ct);
        await client.Orders.GetAsync("T1", null, Ct);
        Assert.Equal(
            ["Accept", "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent", "Wechatpay-Serial"],
            server.Requests[0].Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Accept", "Authorization", "Host", "User-Agent", "Wechatpay-Serial"],
            server.Requests[1].Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("application/json", server.Requests[0].Headers["Content-Type"]);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_never_followed(int status)
    {
        await using var other = new LoopbackServer(_ => LoopbackServer.Signed("{}"));
        await using var server = new LoopbackServer(_ => LoopbackServer.Raw($"HTTP/1.1 {status} X\r\nLocation: {other.Address}v3\r\nContent-Length: 0\r\n\r\n"));
        using var client = new TestClient(Options(server.Address));
        var failure = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((status, WeChatPayOutcome.Unknown, false), (failure.Status, failure.Outcome, failure.IsVerified));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_redirect_that_a_handed_in_client_follows_is_noticed()
    {
        await using var other = new LoopbackServer(_ => LoopbackServer.Signed("{}"));
        await using var server = new LoopbackServer(_ => LoopbackServer.Raw($"HTTP/1.1 302 X\r\nLocation: {other.Address}v3\r\nContent-Length: 0\r\n\r\n"));
        using var http = new HttpClient();
        using var client = new TestClient(Options(server.Address), http);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.GetAsync("T1", null, Ct));
        Assert.Equal((WeChatPayTransportFailure.Redirected, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
    }

    [Fact]
    public async Task A_dead_address_leads_to_the_backup()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Signed("""{"prepay_id":"wx1"}"""));
        var options = Options(LoopbackServer.DeadAddress());
        options.BackupBaseAddress = server.Address;
        using var client = new TestClient(options);
        Assert.Equal("wx1", (await client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct)).PrepayId);
        Assert.Equal("""{"out_trade_no":"T1"}""", System.Text.Encoding.UTF8.GetString(Assert.Single(server.Requests).Body));
    }

    [Fact]
    public async Task Two_dead_addresses_mean_not_sent()
    {
        var options = Options(LoopbackServer.DeadAddress());
        options.BackupBaseAddress = LoopbackServer.DeadAddress();
        using var client = new TestClient(options);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.ConnectFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_kept_connection_that_the_server_closed_does_not_repeat_a_request(string verb)
    {
        // The first answer keeps the connection; the second request is read and the connection closed without an answer.
        var count = 0;
        await using var server = new LoopbackServer(_ => ++count == 1 ? LoopbackServer.Signed("{}") : []);
        using var client = new TestClient(Options(server.Address));
        await client.Orders.GetAsync("T1", null, Ct);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.SendAsync(new(verb), "/v3/x", cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.ConnectionLost, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_chunked_answer_is_read_and_verified()
    {
        await using var server = new LoopbackServer(_ =>
        {
            var plain = System.Text.Encoding.ASCII.GetString(LoopbackServer.Signed("""{"prepay_id":"wx1"}"""));
            var body = plain[(plain.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
            var head = plain[..^body.Length].Replace($"Content-Length: {body.Length}", "Transfer-Encoding: chunked", StringComparison.Ordinal);
            return LoopbackServer.Raw($"{head}5\r\n{body[..5]}\r\n{body.Length - 5:x}\r\n{body[5..]}\r\n0\r\n\r\n");
        });
        using var client = new TestClient(Options(server.Address));
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
    }

    [Fact]
    public async Task Repeated_signature_headers_on_the_wire_are_refused()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Raw(
            System.Text.Encoding.ASCII.GetString(LoopbackServer.Signed("{}")).Replace("Wechatpay-Nonce: N\r\n", "Wechatpay-Nonce: N\r\nwechatpay-nonce: N\r\n", StringComparison.Ordinal)));
        using var client = new TestClient(Options(server.Address));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(WeChatPaySignatureFailure.DuplicateHeader, failure.Reason);
    }

    internal static WeChatPayOptions Options(Uri address)
    {
        var options = TestMerchant.Options(TimeProvider.System);
        options.BaseAddress = address;
        return options;
    }
}
