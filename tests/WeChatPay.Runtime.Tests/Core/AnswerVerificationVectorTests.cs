using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;
using WeChatPay.Signing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Every row of vectors/02: the signature on its own, and errors, which need none, through a client.</summary>
public class AnswerVerificationVectorTests
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Rows = Vectors.Cases("02-response-verification.json");

    public static TheoryData<string> Names => [.. Rows.Where(row => row.Value.Text("expect") != "error_not_verified").Select(row => row.Key)];

    public static TheoryData<string> Errors => [.. Rows.Where(row => row.Value.Text("expect") == "error_not_verified").Select(row => row.Key)];

    [Theory]
    [VectorRows("02-response-verification.json")]
    [MemberData(nameof(Names))]
    public void Row(string name)
    {
        var row = Rows[name];
        var headers = row.GetProperty("headers").EnumerateObject()
            .ToLookup(header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(row.GetProperty("now_unix").GetInt64()));
        var verifier = MerchantCredentials.Create(VectorMerchant.Options(clock)).Verifier;

        void Verify() => verifier.Verify(SignatureHeaders.Read(header => [.. headers[header]]), row.Bytes("body_base64"));

        switch (row.Text("expect"))
        {
            case "valid":
                Verify();
                break;
            case "either":
                // Implementations differ at exactly 300 s; this one accepts it, and refuses 301.
                Assert.Equal("boundary-300-seconds", name);
                Verify();
                break;
            case var expected:
                var failure = Assert.Throws<WeChatPaySignatureException>(Verify);
                Assert.Contains(failure.Reason, Reasons(expected));
                Assert.Equal(name.Contains("probe", StringComparison.Ordinal), failure.IsProbe);
                Assert.False(failure.IsVerified);
                Assert.Equal(WeChatPayOutcome.Unknown, failure.Outcome);
                break;
        }
    }

    [Theory]
    [VectorRows("02-response-verification.json")]
    [MemberData(nameof(Errors))]
    public async Task Error_row(string name)
    {
        var row = Rows[name];
        var api = new FakeApi(_ =>
        {
            var answer = new System.Net.Http.HttpResponseMessage((System.Net.HttpStatusCode)row.GetProperty("status").GetInt32()) { Content = new System.Net.Http.ByteArrayContent(row.Bytes("body_base64")) };
            foreach (var header in row.GetProperty("headers").EnumerateObject())
                answer.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
            return answer;
        });
        using var client = new TestClient(VectorMerchant.Options(new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(row.GetProperty("now_unix").GetInt64()))), api);
        var failure = await Assert.ThrowsAsync<WeChatPayApiException>(() => client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: TestContext.Current.CancellationToken));

        // Nothing of it is proven, so a 4xx that the API would send is a refusal, and whatever else stands there leaves all open.
        Assert.Equal((row.GetProperty("status").GetInt32(), false), (failure.Status, failure.IsVerified));
        Assert.Equal(row.Bytes("body_base64"), failure.GetRawBody().ToArray());
        Assert.Equal(row.GetProperty("headers").TryGetProperty("Request-ID", out var id) ? id.GetString() : null, failure.RequestId);
        if (row.Text("body_utf8").StartsWith('{'))
        {
            using var body = JsonDocument.Parse(row.Bytes("body_base64"));
            Assert.Equal(
                (body.RootElement.Text("code"), body.RootElement.Text("message"), WeChatPayOutcome.Rejected), (failure.Code, failure.ApiMessage, failure.Outcome));
        }
        else
        {
            Assert.Equal((null, WeChatPayOutcome.Unknown), (failure.Code, failure.Outcome));
        }
    }

    private static WeChatPaySignatureFailure[] Reasons(string expected) => expected switch
    {
        "invalid_signature" => [WeChatPaySignatureFailure.Mismatch, WeChatPaySignatureFailure.MalformedSignature],
        "bad_headers" => [WeChatPaySignatureFailure.MissingHeader, WeChatPaySignatureFailure.MalformedHeader],
        "timestamp_out_of_range" => [WeChatPaySignatureFailure.ClockSkew],
        "unknown_serial" => [WeChatPaySignatureFailure.UnknownSerial],
        "expired_certificate" => [WeChatPaySignatureFailure.ExpiredCertificate],
        "unsupported_signature_type" => [WeChatPaySignatureFailure.UnsupportedAlgorithm],
        _ => throw new InvalidOperationException($"The vectors hold a verdict that this test does not know: {expected}"),
    };
}
