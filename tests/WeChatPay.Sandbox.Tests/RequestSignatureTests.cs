using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Sandbox.Tests;

/// <summary>Only a request that is signed right, by the merchant it names, over exactly what was sent, gets through.</summary>
public sealed class RequestSignatureTests : IAsyncLifetime
{
    private const string Target = "/v3/pay/transactions/out-trade-no/UNKNOWN-1?mchid=1900000001";

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
    public async Task A_good_signature_is_accepted()
    {
        var answer = await _client.GetAsync(Target);

        Assert.Equal("ORDER_NOT_EXIST", answer.Code);
        Assert.Equal("1900000001", _gateway.Exchanges.Single().VerifiedMerchantId);
    }

    [Theory]
    [InlineData("/v3/pay/transactions/out-trade-no/A%2FB%20%E4%B8%AD?mchid=1900000001")]
    [InlineData("/v3/pay/transactions/out-trade-no/A-1_2*3?mchid=1900000001")]
    [InlineData("/v3/pay/transactions/out-trade-no/A-1_2%2A3?mchid=1900000001")]
    public async Task The_raw_target_is_what_is_signed(string target)
    {
        var answer = await _client.GetAsync(target);

        Assert.Equal("ORDER_NOT_EXIST", answer.Code);
        Assert.Equal(target, _gateway.Exchanges.Single().Target);
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public async Task The_clock_may_differ_by_five_minutes(int seconds, bool isAccepted)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await SandboxGateway.StartAsync(
            new SandboxOptions { Merchants = { TestMerchants.First }, TimeProvider = clock }, TestContext.Current.CancellationToken);
        using var client = new HandMadeClient(gateway)
        {
            Timestamp = (clock.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture),
        };

        Assert.Equal(isAccepted ? "ORDER_NOT_EXIST" : "SIGN_ERROR", (await client.GetAsync(Target)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("01760000000")]
    [InlineData("1760000000.5")]
    [InlineData("now")]
    public async Task A_malformed_timestamp_is_refused(string timestamp)
    {
        _client.Timestamp = timestamp;

        await AssertVerdict(false);
    }

    [Fact]
    public async Task Milliseconds_are_refused_and_explained()
    {
        _client.Timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)[..12];

        var answer = await _client.GetAsync(Target);

        Assert.Contains("milliseconds", answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_merchant_is_refused()
    {
        _client.MerchantId = "1900000002";

        Assert.Contains("no merchant 1900000002", (await AssertVerdict(false)).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_certificate_serial_is_refused()
    {
        _client.SerialNumber = TestMerchants.Second.CertificateSerialNumber;

        Assert.Contains(_gateway.Merchant.CertificateSerialNumber, (await AssertVerdict(false)).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_merchants_key_is_refused()
    {
        _client.PrivateKey = TestMerchants.Second.PrivateKey;

        var answer = await AssertVerdict(false);

        Assert.False((bool)answer.Json["sandbox"]!["signed_with_merchant_key"]!);
        Assert.Contains("not made with the private key", answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tampered_body_is_refused()
    {
        var body = Bodies.Jsapi(_gateway).ToJsonString();
        _client.Spoil = message => message.Replace("\"total\":100", "\"total\":101", StringComparison.Ordinal);

        var answer = await _client.PostAsync("/v3/pay/transactions/jsapi", body);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Empty(_gateway.Orders);
    }

    [Fact]
    public async Task Every_changed_byte_of_the_body_is_noticed()
    {
        var body = Encoding.UTF8.GetBytes("""{"mchid":"1900000001"}""");
        for (var i = 0; i < body.Length; i += 3)
        {
            var changed = body.ToArray();
            changed[i] ^= 1;
            _client.Spoil = message => message.Replace("""{"mchid":"1900000001"}""", Encoding.UTF8.GetString(changed), StringComparison.Ordinal);

            var answer = await _client.SendAsync(HttpMethod.Post, "/v3/pay/transactions/out-trade-no/UNKNOWN-1/close", body);

            Assert.Equal("SIGN_ERROR", answer.Code);
        }
    }

    [Fact]
    public async Task Pss_padding_and_sha1_are_refused_and_named()
    {
        _client.Padding = RSASignaturePadding.Pss;
        Assert.Contains("PSS", (await AssertVerdict(false)).Explanation, StringComparison.Ordinal);

        _client.Padding = RSASignaturePadding.Pkcs1;
        _client.Hash = HashAlgorithmName.SHA1;
        Assert.Contains("SHA-1", (await AssertVerdict(false)).Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no header", null)]
    [InlineData("other scheme", "WECHATPAY2-SM2-WITH-SM3 mchid=\"1\"")]
    [InlineData("nothing but the scheme", "WECHATPAY2-SHA256-RSA2048")]
    [InlineData("no quotes", "WECHATPAY2-SHA256-RSA2048 mchid=1900000001")]
    public async Task Malformed_authorization_is_refused(string why, string? header)
    {
        _client.SpoilAuthorization = _ => header;

        Assert.NotNull(why);
        await AssertVerdict(false);
    }

    [Theory]
    [InlineData("mchid")]
    [InlineData("nonce_str")]
    [InlineData("signature")]
    [InlineData("timestamp")]
    [InlineData("serial_no")]
    public async Task Every_parameter_is_needed_exactly_once(string name)
    {
        _client.SpoilAuthorization = header => header.Replace(name + "=", "x_" + name + "=", StringComparison.Ordinal);
        await AssertVerdict(false);

        _client.SpoilAuthorization = header => header + $",{name}=\"1\"";
        await AssertVerdict(false);
    }

    [Fact]
    public async Task The_order_of_parameters_is_free()
    {
        _client.SpoilAuthorization = header =>
        {
            var space = header.IndexOf(' ', StringComparison.Ordinal);
            return header[..space] + " " + string.Join(",", header[(space + 1)..].Split(',').AsEnumerable().Reverse());
        };

        await AssertVerdict(true);
    }

    [Fact]
    public async Task A_signature_that_is_not_standard_base64_is_refused()
    {
        _client.SpoilAuthorization = header => header.Replace("signature=\"", "signature=\"*", StringComparison.Ordinal);
        Assert.Contains("base64", (await AssertVerdict(false)).Explanation, StringComparison.Ordinal);

        _client.SpoilAuthorization = header => header.Replace("==\",timestamp", "\",timestamp", StringComparison.Ordinal);
        Assert.Contains("base64", (await AssertVerdict(false)).Explanation, StringComparison.Ordinal);

        // The same bytes in another text: the last digit has four bits that decoders ignore.
        _client.SpoilAuthorization = header =>
        {
            var at = header.IndexOf("==\",timestamp", StringComparison.Ordinal) - 1;
            return header[..at] + (char)(header[at] + 1) + header[(at + 1)..];
        };
        Assert.Contains("base64", (await AssertVerdict(false)).Explanation, StringComparison.Ordinal);
    }

    private async Task<Answer> AssertVerdict(bool isAccepted)
    {
        var answer = await _client.GetAsync(Target);
        Assert.Equal(isAccepted ? "ORDER_NOT_EXIST" : "SIGN_ERROR", answer.Code);
        Assert.Equal(isAccepted ? HttpStatusCode.NotFound : HttpStatusCode.Unauthorized, answer.Status);
        return answer;
    }
}
