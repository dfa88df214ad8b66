using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using WeChatPay.Keys;
using WeChatPay.Signing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Every row of vectors/02 that concerns the signature.</summary>
public class AnswerVerificationVectorTests
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Rows = Vectors.Cases("02-response-verification.json");

    public static TheoryData<string> Names => [.. Rows.Where(row => row.Value.Text("expect") != "error_not_verified").Select(row => row.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Row(string name)
    {
        var row = Rows[name];
        var headers = row.GetProperty("headers").EnumerateObject()
            .ToLookup(header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(row.GetProperty("now_unix").GetInt64()));
        var verifier = MerchantCredentials.Create(TestMerchant.Options(clock)).Verifier;

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
