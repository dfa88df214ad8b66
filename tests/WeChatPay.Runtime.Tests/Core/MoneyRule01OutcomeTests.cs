using System.IO;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 1: every failure says what is known about its effect, and unknown is the default.</summary>
public class MoneyRule01OutcomeTests
{
    private const string Code = """{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/amount/total"}}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, "PARAM_ERROR", WeChatPayOutcome.Rejected)]
    [InlineData(401, "SIGN_ERROR", WeChatPayOutcome.Rejected)]
    [InlineData(403, "NO_AUTH", WeChatPayOutcome.Rejected)]
    [InlineData(404, "ORDER_NOT_EXIST", WeChatPayOutcome.Rejected)]
    [InlineData(409, "OUT_TRADE_NO_USED", WeChatPayOutcome.Rejected)]
    [InlineData(400, "SYSTEM_ERROR", WeChatPayOutcome.Unknown)]
    [InlineData(400, "SYSTEMERROR", WeChatPayOutcome.Unknown)]
    [InlineData(400, "BANKERROR", WeChatPayOutcome.Unknown)]
    [InlineData(400, "USERPAYING", WeChatPayOutcome.Unknown)]
    [InlineData(403, "FREQUENCY_LIMITED", WeChatPayOutcome.Unknown)]
    [InlineData(429, "RATELIMIT_EXCEEDED", WeChatPayOutcome.Unknown)]
    [InlineData(408, "PARAM_ERROR", WeChatPayOutcome.Unknown)]
    [InlineData(500, "SYSTEM_ERROR", WeChatPayOutcome.Unknown)]
    [InlineData(500, "PARAM_ERROR", WeChatPayOutcome.Unknown)]
    [InlineData(503, "SERVICE_UNAVAILABLE", WeChatPayOutcome.Unknown)]
    [InlineData(302, "PARAM_ERROR", WeChatPayOutcome.Unknown)]
    public async Task Status_and_code_decide(int status, string code, WeChatPayOutcome outcome)
    {
        var body = $$"""{"code":"{{code}}","message":"m"}""";

        var unsigned = await FailAsync<WeChatPayApiException>(new FakeApi(_ => FakeApi.Unsigned(body, status)));
        Assert.Equal(outcome, unsigned.Outcome);
        Assert.False(unsigned.IsVerified);

        var signed = await FailAsync<WeChatPayApiException>(new FakeApi(body, status));
        Assert.Equal(outcome, signed.Outcome);
        Assert.True(signed.IsVerified);
        Assert.Equal(status, signed.Status);
        Assert.Equal(code, signed.Code);
        Assert.Equal("m", signed.ApiMessage);
    }

    [Fact]
    public async Task An_error_tells_operation_number_request_id_and_keeps_its_body()
    {
        var failure = await FailAsync<WeChatPayApiException>(new FakeApi(_ => FakeApi.Unsigned(Code, 400)));
        Assert.Equal("POST /v3/pay/transactions/jsapi", failure.Operation);
        Assert.Equal("T1", failure.BusinessNumber);
        Assert.Equal("08TESTONLY0000000000-0", failure.RequestId);
        Assert.Equal("/amount/total", failure.Detail!.Value.GetProperty("field").GetString());
        Assert.Equal(Code, Encoding.UTF8.GetString(failure.GetRawBody().Span));
        Assert.Equal(
            "POST /v3/pay/transactions/jsapi: The API answered 400 PARAM_ERROR: 参数错误. Outcome: rejected (the answer carries no valid signature). Request-ID: 08TESTONLY0000000000-0.",
            failure.Message);
    }

    [Theory]
    [InlineData("<html><body>Forbidden</body></html>")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"code\"")]
    [InlineData("{\"code\":null}")]
    [InlineData("{\"code\":\"\"}")]
    [InlineData("{\"code\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800abcd\":1}")]
    [InlineData("{\"\\u0063od\\ud800\":1}")]
    [InlineData("{\"code\":{\"a\":1}}")]
    public async Task A_4xx_that_is_not_the_APIs_own_is_unknown(string body)
    {
        var failure = await FailAsync<WeChatPayApiException>(new FakeApi(_ => FakeApi.Unsigned(body, 403)));
        Assert.Equal(WeChatPayOutcome.Unknown, failure.Outcome);
        Assert.Null(failure.Code);
        Assert.Equal(403, failure.Status);
        Assert.DoesNotContain("<html>", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error-400-unsigned", 400, "PARAM_ERROR", WeChatPayOutcome.Rejected)]
    [InlineData("error-502-html", 502, null, WeChatPayOutcome.Unknown)]
    public async Task Error_rows_of_the_vectors(string name, int status, string? code, WeChatPayOutcome outcome)
    {
        var row = Vectors.Cases("02-response-verification.json")[name];
        Assert.Equal("error_not_verified", row.Text("expect"));
        var failure = await FailAsync<WeChatPayApiException>(new FakeApi(_ => FakeApi.Unsigned(row.Bytes("body_base64"), row.GetProperty("status").GetInt32())));
        Assert.Equal((status, code, outcome, false), (failure.Status, failure.Code, failure.Outcome, failure.IsVerified));
    }

    [Fact]
    public async Task An_error_signed_for_another_body_is_not_verified()
    {
        var failure = await FailAsync<WeChatPayApiException>(new FakeApi(_ =>
        {
            var answer = FakeApi.Signed(Code, 400);
            answer.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Code.Replace("PARAM", "ORDER", StringComparison.Ordinal)));
            return answer;
        }));
        Assert.False(failure.IsVerified);
    }

    [Fact]
    public async Task A_202_is_never_plain_success()
    {
        var failure = await FailAsync<WeChatPayApiException>(new FakeApi("""{"prepay_id":"wx1"}""", 202));
        Assert.Equal((202, WeChatPayOutcome.Unknown, true), (failure.Status, failure.Outcome, failure.IsVerified));

        using var client = new TestClient(TestMerchant.Options(), new FakeApi("", 202));
        var close = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.CloseAsync("T9", cancellationToken: Ct));
        Assert.Equal("T9", close.BusinessNumber);
        await Assert.ThrowsAsync<WeChatPayApiException>(() => client.SendAsync(HttpMethod.Post, "/v3/x", "{}"u8.ToArray(), cancellationToken: Ct));
    }

    [Theory]
    [InlineData("""{"code":"SYSTEM_ERROR","message":"m"}""")]
    [InlineData("""{"prepay_id":"wx1","code":"PARAM_ERROR"}""")]
    [InlineData("""{"prepay_id":"wx1","c\u006fde":"PARAM_ERROR"}""")]
    [InlineData("""{"prepay_id":"wx1","code":7}""")]
    public async Task A_body_with_a_code_is_an_error_even_with_200(string body)
    {
        var failure = await FailAsync<WeChatPayApiException>(new FakeApi(body));
        Assert.Equal((200, WeChatPayOutcome.Unknown, true), (failure.Status, failure.Outcome, failure.IsVerified));
    }

    [Theory]
    [InlineData("""{"prepay_id":"code"}""")]
    [InlineData("""{"prepay_id":"x","code":null}""")]
    [InlineData("""{"prepay_id":"x","detail":{"code":"A"}}""")]
    public async Task A_code_that_is_none_does_not_make_an_error(string body)
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(body));
        Assert.NotNull((await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
    }

    [Fact]
    public async Task A_200_without_signature_is_an_unknown_signature_failure()
    {
        var failure = await FailAsync<WeChatPaySignatureException>(new FakeApi(_ => FakeApi.Unsigned("""{"prepay_id":"wx1"}""", 200)));
        Assert.Equal((WeChatPaySignatureFailure.MissingHeader, WeChatPayOutcome.Unknown, false), (failure.Reason, failure.Outcome, failure.IsVerified));
        Assert.Equal("T1", failure.BusinessNumber);
        Assert.Contains("query with number 'T1'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_200_at_a_wrong_clock_is_unknown()
    {
        var failure = await FailAsync<WeChatPaySignatureException>(new FakeApi(_ => FakeApi.Signed("{}", at: TestMerchant.Now.AddSeconds(-301))));
        Assert.Equal((WeChatPaySignatureFailure.ClockSkew, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
        Assert.Contains("301 s behind the local clock", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"total":"one"}""")]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("{\"prepay_id\":\"wx1\"}x")]
    public async Task A_verified_body_that_cannot_be_read_is_unknown_and_kept(string body)
    {
        var failure = await FailAsync<WeChatPaySerializationException>(new FakeApi(body));
        Assert.Equal((WeChatPayOutcome.Unknown, true, "T1"), (failure.Outcome, failure.IsVerified, failure.BusinessNumber));
        Assert.Equal(body, Encoding.UTF8.GetString(failure.GetRawBody().Span));
    }

    [Fact]
    public async Task A_time_out_is_unknown()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var arrived = new TaskCompletionSource();
        var api = new FakeApi("{}") { Before = (_, ct) => Hang(arrived, ct) };
        using var client = new TestClient(TestMerchant.Options(clock), api);
        var call = client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => call);
        Assert.Equal((WeChatPayTransportFailure.Timeout, WeChatPayOutcome.Unknown, "T1"), (failure.Reason, failure.Outcome, failure.BusinessNumber));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task A_call_may_have_a_time_limit_of_its_own()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var arrived = new TaskCompletionSource();
        using var client = new TestClient(TestMerchant.Options(clock), new FakeApi("{}") { Before = (_, ct) => Hang(arrived, ct) });
        var call = client.Orders.PostAsync(new(), new() { Timeout = TimeSpan.FromSeconds(2) }, Ct);
        await arrived.Task;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("within 2 s", (await Assert.ThrowsAsync<WeChatPayTransportException>(() => call)).Message, StringComparison.Ordinal);
        foreach (var odd in new[] { TimeSpan.Zero, TimeSpan.MaxValue })
        {
            var refused = await Assert.ThrowsAsync<ArgumentException>(() => client.Orders.PostAsync(new(), new() { Timeout = odd }, Ct));
            Assert.Contains("WeChatPayRequestOptions.Timeout", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_callers_cancellation_under_way_is_a_cancellation_with_unknown_outcome()
    {
        using var cancel = new CancellationTokenSource();
        var arrived = new TaskCompletionSource();
        using var client = new TestClient(TestMerchant.Options(), new FakeApi("{}") { Before = (_, ct) => Hang(arrived, ct) });
        var call = client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: cancel.Token);
        await arrived.Task;
        await cancel.CancelAsync();

        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(call.IsCanceled);
        Assert.Equal(cancel.Token, failure.CancellationToken);
        var known = Assert.IsAssignableFrom<IWeChatPayFailure>(failure);
        Assert.Equal((WeChatPayOutcome.Unknown, "T1", "POST /v3/pay/transactions/jsapi"), (known.Outcome, known.BusinessNumber, known.Operation));
    }

    [Fact]
    public async Task The_callers_cancellation_before_sending_is_not_sent()
    {
        var api = new FakeApi("{}");
        using var client = new TestClient(TestMerchant.Options(), api);
        var failure = await Assert.ThrowsAsync<WeChatPayCanceledException>(() => client.Orders.PostAsync(new(), cancellationToken: new(true)));
        Assert.Equal(WeChatPayOutcome.NotSent, failure.Outcome);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_unknown()
    {
        var failure = await FailAsync<WeChatPayTransportException>(new FakeApi("{}") { Before = (_, _) => throw new HttpRequestException("reset") });
        Assert.Equal((WeChatPayTransportFailure.ConnectionLost, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));

        var half = await FailAsync<WeChatPayTransportException>(new FakeApi(_ =>
        {
            var answer = FakeApi.Signed("{}");
            answer.Content = new StreamContent(new Broken());
            return answer;
        }));
        Assert.Equal((WeChatPayTransportFailure.ConnectionLost, WeChatPayOutcome.Unknown), (half.Reason, half.Outcome));
    }

    [Fact]
    public async Task A_failure_to_connect_that_is_told_behind_an_answer_is_none()
    {
        // A handler that fetches bodies by itself, say; where headers came back, the request was sent.
        var api = new FakeApi(_ =>
        {
            var answer = FakeApi.Signed("{}");
            answer.Content = new StreamContent(new Broken(new HttpRequestException(HttpRequestError.ConnectionError, "no")));
            return answer;
        });
        using var client = new TestClient(TestMerchant.Options(), api);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.GetAsync("T1", null, Ct));
        Assert.Equal((WeChatPayTransportFailure.ConnectionLost, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
    }

    [Fact]
    public async Task A_status_counts_even_if_the_body_behind_it_breaks()
    {
        var failure = await FailAsync<WeChatPayApiException>(new FakeApi(_ => new((System.Net.HttpStatusCode)400) { Content = new StreamContent(new Broken()) }));
        Assert.Equal((400, WeChatPayOutcome.Unknown), (failure.Status, failure.Outcome));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    public async Task An_encoded_answer_is_refused_unread(string encoding)
    {
        var failure = await FailAsync<WeChatPayTransportException>(new FakeApi(_ =>
        {
            var answer = FakeApi.Signed("{}");
            answer.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            return answer;
        }));
        Assert.Equal((WeChatPayTransportFailure.UnexpectedEncoding, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_over_8_MB_is_refused(bool announced)
    {
        var failure = await FailAsync<WeChatPayTransportException>(new FakeApi(_ =>
        {
            var answer = FakeApi.Signed("{}");
            var body = new MemoryStream(new byte[(8 * 1024 * 1024) + 1]);
            answer.Content = announced ? new StreamContent(body) : new StreamContent(new Unseekable(body));
            return answer;
        }));
        Assert.Equal((WeChatPayTransportFailure.AnswerTooLarge, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
    }

    [Fact]
    public async Task An_answer_of_8_MB_without_announced_length_is_read()
    {
        var body = Encoding.UTF8.GetBytes("{\"prepay_id\":\"" + new string('x', (8 * 1024 * 1024) - 16) + "\"}");
        Assert.Equal(8 * 1024 * 1024, body.Length);
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(_ =>
        {
            var answer = FakeApi.Signed(body);
            answer.Content = new StreamContent(new Unseekable(new MemoryStream(body)));
            return answer;
        }));
        Assert.Equal(body.Length - 16, (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId!.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task An_answer_that_is_not_as_long_as_announced_is_refused(int difference)
    {
        var failure = await FailAsync<WeChatPayTransportException>(new FakeApi(_ =>
        {
            var answer = FakeApi.Signed("{}");
            answer.Content = new StreamContent(new Unseekable(new MemoryStream("{}"u8.ToArray())));
            answer.Content.Headers.ContentLength = 2 + difference;
            return answer;
        }));
        Assert.Equal(WeChatPayOutcome.Unknown, failure.Outcome);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("Thu, 09 Oct 2025 08:53:50 GMT", 30)]
    [InlineData("Thu, 09 Oct 2025 08:53:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task Retry_after_is_kept(string header, int? seconds)
    {
        var failure = await FailAsync<WeChatPayApiException>(new FakeApi(_ =>
        {
            var answer = FakeApi.Unsigned("""{"code":"RATELIMIT_EXCEEDED"}""", 429);
            answer.Headers.TryAddWithoutValidation("Retry-After", header);
            return answer;
        }));
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, failure.RetryAfter);
    }

    [Fact]
    public async Task The_business_number_is_that_of_what_the_request_creates()
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(_ => FakeApi.Unsigned(Code, 500)));
        Assert.Equal("R1", (await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.RefundAsync(new() { OutTradeNo = "T1", OutRefundNo = "R1" }, Ct))).BusinessNumber);
        Assert.Equal("a/b", (await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.GetAsync("a/b", "1900000001", Ct))).BusinessNumber);
        Assert.Equal("T7", (await Assert.ThrowsAsync<WeChatPayApiException>(
            () => client.SendAsync(HttpMethod.Post, "/v3/x", """{"out_trade_no":"T7"}"""u8.ToArray(), cancellationToken: Ct))).BusinessNumber);
        Assert.Null((await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct))).BusinessNumber);
    }

    [Fact]
    public async Task A_handler_that_fails_for_its_own_reasons_leaves_the_outcome_unknown()
    {
        var failure = await FailAsync<WeChatPayTransportException>(new FakeApi("{}") { Before = (_, _) => throw new InvalidOperationException("circuit") });
        Assert.Equal((WeChatPayTransportFailure.HandlerFailed, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
    }

    [Fact]
    public async Task A_key_elsewhere_that_cannot_sign_means_not_sent()
    {
        var options = TestMerchant.Options();
        options.MerchantPrivateKey = null;
        options.MerchantKey = new LockedVault();
        var api = new FakeApi("{}");
        using var client = new TestClient(options, api);
        var failure = await Assert.ThrowsAsync<WeChatPayTransportException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPayTransportFailure.SigningFailed, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.IsType<IOException>(failure.InnerException);
        Assert.Empty(api.Requests);
    }

    private static async Task<T> FailAsync<T>(FakeApi api)
        where T : WeChatPayException
    {
        using var client = new TestClient(TestMerchant.Options(), api);
        return await Assert.ThrowsAsync<T>(() => client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct));
    }

    private static async Task Hang(TaskCompletionSource arrived, CancellationToken ct)
    {
        arrived.SetResult();
        await Task.Delay(Timeout.Infinite, ct);
    }

    private sealed class LockedVault : IMerchantKey
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => throw new IOException("vault is sealed");

        public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => throw new IOException("vault is sealed");
    }
}
