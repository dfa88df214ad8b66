using System.Text.Json.Nodes;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Whoever signs the wrong message is told which one the gateway expected, and what the mistake looks like.</summary>
public sealed class SignatureDiagnosisTests : IAsyncLifetime
{
    private const string Query = "/v3/pay/transactions/out-trade-no/%E4%B8%AD-1?mchid=1900000001";

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
    public async Task The_expected_message_is_shown_as_it_was_expected()
    {
        _client.Timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        _client.Spoil = _ => "something else";

        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", """{"a":"中"}""");

        Assert.Equal(
            $"POST\n/v3/pay/transactions/jsapi\n{_client.Timestamp}\n{_client.Nonce}\n{{\"a\":\"中\"}}\n",
            (string?)answer.Json["sandbox"]!["expected_message"]);
        Assert.Equal("sign not match", (string?)answer.Json["detail"]!["detail"]!["issue"]);
        Assert.Equal("/v3/pay/transactions/jsapi", (string?)answer.Json["detail"]!["sign_information"]!["url"]);
    }

    [Theory]
    [InlineData("LF at the end", "{0}", "cut-last")]
    [InlineData("CR LF", "{0}", "crlf")]
    [InlineData("query is missing", "?mchid=1900000001", "")]
    [InlineData("decoded", "%E4%B8%AD", "中")]
    [InlineData("lower case", "GET\n", "get\n")]
    [InlineData("'?' too many", "1900000001\n", "1900000001?\n")]
    [InlineData("scheme and host", "GET\n", "GET\nhttp://{host}")]
    [InlineData("first '/'", "GET\n/", "GET\n")]
    [InlineData("no body sent", "\n\n", "\n{}\n")]
    public async Task Common_mistakes_are_recognised(string said, string find, string replace)
    {
        _client.Spoil = message => replace switch
        {
            "cut-last" => message[..^1],
            "crlf" => message.Replace("\n", "\r\n", StringComparison.Ordinal),
            _ => message.Replace(find, replace.Replace("{host}", _gateway.BaseAddress.Authority, StringComparison.Ordinal), StringComparison.Ordinal),
        };

        var answer = await _client.GetAsync(Query);

        Assert.Equal("SIGN_ERROR", answer.Code);
        Assert.Contains(said, answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_was_serialized_twice_is_recognised()
    {
        var body = Bodies.Jsapi(_gateway);
        var indented = body.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
        _client.Spoil = message => message.Replace(body.ToJsonString(), indented, StringComparison.Ordinal);

        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", body.ToJsonString());

        Assert.Contains("serialized twice", answer.Explanation, StringComparison.Ordinal);
        Assert.IsType<JsonValue>(answer.Json["sandbox"]!["signed_message"], exactMatch: false);
    }

    [Fact]
    public async Task An_unknown_mistake_still_tells_that_the_key_is_right()
    {
        _client.Spoil = message => message + "odd";

        var answer = await _client.GetAsync(Query);

        Assert.True((bool)answer.Json["sandbox"]!["signed_with_merchant_key"]!);
        Assert.NotEqual((string?)answer.Json["sandbox"]!["expected_message_sha256"], (string?)answer.Json["sandbox"]!["signed_message_sha256"]);
    }
}
