using System.Net;
using System.Net.Http;
using System.Text;

namespace WeChatPay.Sandbox.Tests;

/// <summary>The interface rules: headers, characters, JSON.</summary>
public sealed class InterfaceRuleTests : IAsyncLifetime
{
    private const string Order = "/v3/pay/transactions/jsapi";

    private SandboxGateway _gateway = null!;
    private HandMadeClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await SandboxGateway.StartAsync(new SandboxOptions { Merchants = { TestMerchants.First } }, TestContext.Current.CancellationToken);
        _client = new HandMadeClient(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task User_agent_and_accept_are_demanded()
    {
        _client.UserAgent = null;
        Assert.Equal("User-Agent", (string?)(await Refused())["detail"]!["field"]);

        _client.UserAgent = "x";
        _client.Accept = null;
        Assert.Equal("Accept", (string?)(await Refused())["detail"]!["field"]);

        _client.Accept = "text/html";
        Assert.Equal("Accept", (string?)(await Refused())["detail"]!["field"]);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json, */*")]
    [InlineData("text/html, application/json;q=0.9")]
    public async Task Accept_has_to_admit_json(string accept)
    {
        _client.Accept = accept;

        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync(Order, Bodies.Jsapi(_gateway).ToJsonString())).Status);
    }

    [Fact]
    public async Task A_body_has_to_be_declared_as_json()
    {
        _client.ContentType = "text/plain";
        Assert.Equal("Content-Type", (string?)(await Refused())["detail"]!["field"]);

        _client.ContentType = "application/json; charset=utf-8";
        Assert.Equal(HttpStatusCode.OK, (await _client.PostAsync(Order, Bodies.Jsapi(_gateway).ToJsonString())).Status);
    }

    [Theory]
    [InlineData("not JSON", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{"attach":null}""", "null is not allowed")]
    [InlineData("""{"attach":"1","attach":"2"}""", "given twice")]
    [InlineData("""{"attach":"😀"}""", "Basic Multilingual Plane")]
    [InlineData("""{"attach":"\uD83D\uDE00"}""", "Basic Multilingual Plane")]
    [InlineData("""{"attach":"\uD83D"}""", "surrogate")]
    public async Task Bodies_outside_the_rules_are_refused(string body, string said)
    {
        var answer = await _client.PostAsync(Order, body);

        Assert.Equal("PARAM_ERROR", answer.Code);
        Assert.Contains(said, answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_refused_although_it_is_signed()
    {
        // Latin-1 é; the signature over the very bytes is right.
        byte[] body = [.. Encoding.ASCII.GetBytes("{\"attach\":\""), 0xE9, .. Encoding.ASCII.GetBytes("\"}")];

        var answer = await _client.SendAsync(HttpMethod.Post, Order, body);

        Assert.Equal("PARAM_ERROR", answer.Code);
        Assert.Contains("not UTF-8", answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_paths_and_methods_are_told_apart()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync("/v3/nothing/here")).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _client.GetAsync(Order)).Status);
    }

    private async Task<System.Text.Json.Nodes.JsonNode> Refused()
    {
        var answer = await _client.PostAsync(Order, Bodies.Jsapi(_gateway).ToJsonString());
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("PARAM_ERROR", answer.Code);
        return answer.Json;
    }
}
