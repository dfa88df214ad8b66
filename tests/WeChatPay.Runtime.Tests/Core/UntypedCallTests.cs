using System.Net.Http;
using System.Text;
using System.Text.Json;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary><c>client.SendAsync</c>: what has no spec is signed, sent and believed like everything else.</summary>
public sealed class UntypedCallTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://api.mch.weixin.qq.com/", "/hk/v3/merchants?sp_mchid=1900000001")]
    [InlineData("https://apihk.mch.weixin.qq.com/", "/v3/global/transactions/jsapi")]
    [InlineData("https://apius.mch.weixin.qq.com/", "/v3/global/transactions/app")]
    [InlineData("https://apieu.mch.weixin.qq.com/", "/hk/v3/transactions/micropay")]
    [InlineData("https://api.wechatpay.cn/", "/v3/x/%E6%B5%8B%2F1/y?a=%20&b=+&c")]
    [InlineData("http://127.0.0.1:5999/", "/v3/x/")]
    public async Task It_goes_to_the_base_address_with_the_path_as_it_was_written(string baseAddress, string pathAndQuery)
    {
        var body = """{"名":"值","n":1.0}"""u8.ToArray();
        foreach (var verb in (string[])["POST", "PUT", "PATCH", "DELETE"])
        {
            var api = new FakeApi("""{"ok":[1]}""");
            using var client = new TestClient(Options(baseAddress), api);
            var answer = await client.SendAsync(new(verb), pathAndQuery, body, cancellationToken: Ct);

            var request = Assert.Single(api.Requests);
            Assert.Equal((verb, baseAddress.TrimEnd('/') + pathAndQuery), (request.Method, request.Address.AbsoluteUri));
            Assert.Equal(body, request.Body);
            Assert.Equal("application/json", request.Header("Content-Type"));
            SignedCallTests.AssertSigned(request);
            Assert.Equal("""{"ok":[1]}""", Encoding.UTF8.GetString(answer.Http.RawBody.Span));
            Assert.Equal(1, answer.Http.Json.GetProperty("ok")[0].GetInt32());
            Assert.Equal("08TESTONLY0000000000-0", answer.Http.RequestId);
        }
    }

    [Fact]
    public async Task Neither_side_needs_a_body()
    {
        var api = new FakeApi(_ => FakeApi.Signed("", 204));
        using var client = new TestClient(TestMerchant.Options(), api);
        var answer = await client.SendAsync(HttpMethod.Post, "/v3/x", cancellationToken: Ct);
        Assert.Equal((204, JsonValueKind.Undefined), (answer.Http.Status, answer.Http.Json.ValueKind));
        var request = Assert.Single(api.Requests);
        Assert.Empty(request.Body);
        SignedCallTests.AssertSigned(request);
    }

    public static TheoryData<string, Type, WeChatPayOutcome, bool> Failures => new()
    {
        { "unsigned success", typeof(WeChatPaySignatureException), WeChatPayOutcome.Unknown, false },
        { "signed code", typeof(WeChatPayApiException), WeChatPayOutcome.Unknown, true },
        { "signed 202", typeof(WeChatPayApiException), WeChatPayOutcome.Unknown, true },
        { "signed 400", typeof(WeChatPayApiException), WeChatPayOutcome.Rejected, true },
        { "unsigned 400", typeof(WeChatPayApiException), WeChatPayOutcome.Rejected, false },
        { "unsigned 500", typeof(WeChatPayApiException), WeChatPayOutcome.Unknown, false },
        { "html 404", typeof(WeChatPayApiException), WeChatPayOutcome.Unknown, false },
        { "lost", typeof(WeChatPayTransportException), WeChatPayOutcome.Unknown, false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failures_say_what_is_known_by_the_same_rules(string what, Type type, WeChatPayOutcome outcome, bool isVerified)
    {
        const string Code = """{"code":"PARAM_ERROR","message":"m"}""";
        var api = new FakeApi(_ => what switch
        {
            "unsigned success" => FakeApi.Unsigned("{}", 200),
            "signed code" => FakeApi.Signed(Code),
            "signed 202" => FakeApi.Signed("{}", 202),
            "signed 400" => FakeApi.Signed(Code, 400),
            "unsigned 400" => FakeApi.Unsigned(Code, 400),
            "unsigned 500" => FakeApi.Unsigned(Code, 500),
            _ => FakeApi.Unsigned("<html/>", 404),
        });
        if (what == "lost")
        {
            api.Before = (_, _) => throw new HttpRequestException("reset");
        }

        using var client = new TestClient(TestMerchant.Options(), api);
        var failure = (WeChatPayException)await Assert.ThrowsAsync(
            type, () => client.SendAsync(HttpMethod.Post, "/hk/v3/x", """{"out_refund_no":"R1","out_trade_no":"T1"}"""u8.ToArray(), cancellationToken: Ct));
        Assert.Equal((outcome, isVerified, "R1", "POST /hk/v3/x"), (failure.Outcome, failure.IsVerified, failure.BusinessNumber, failure.Operation));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task Overseas_no_other_address_stands_in_unless_it_is_set()
    {
        var hosts = new List<string>();
        var options = Options("https://apihk.mch.weixin.qq.com/");
        using (var client = new TestClient(options, new NoConnection(hosts)))
        {
            var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.SendAsync(HttpMethod.Post, "/v3/global/x", "{}"u8.ToArray(), cancellationToken: Ct));
            Assert.Equal((WeChatPayTransportFailure.ConnectFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        }

        Assert.Equal(["apihk.mch.weixin.qq.com"], hosts);
        hosts.Clear();
        options.BackupBaseAddress = new("https://apius.mch.weixin.qq.com/");
        using var both = new TestClient(options, new NoConnection(hosts));
        await Assert.ThrowsAsync<WeChatPayTransportException>(() => both.SendAsync(HttpMethod.Post, "/v3/global/x", "{}"u8.ToArray(), cancellationToken: Ct));
        Assert.Equal(["apihk.mch.weixin.qq.com", "apius.mch.weixin.qq.com"], hosts);
    }

    private static WeChatPayOptions Options(string baseAddress)
    {
        var options = TestMerchant.Options();
        options.BaseAddress = new(baseAddress);
        return options;
    }

    private sealed class NoConnection(List<string> hosts) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            hosts.Add(request.RequestUri!.Host);
            return Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.NameResolutionError, "no"));
        }
    }
}
