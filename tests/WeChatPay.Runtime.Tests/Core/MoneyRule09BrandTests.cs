using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 9: a brand is a client of its own, in a scheme of its own, with a trust set of its own.</summary>
public sealed partial class MoneyRule09BrandTests
{
    private const string BrandScheme = "WECHATPAY-BRAND-SHA256-RSA2048";
    private const string MerchantScheme = "WECHATPAY2-SHA256-RSA2048";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_recorded_request_goes_out_through_the_client()
    {
        var row = Vectors.Cases("01-request-signing.json")["brand-scheme"];
        var api = new FakeApi(_ => Signed("""{"ok":true}"""));
        using var client = new TestClient(Options(), api);
        var answer = await client.SendAsync(new(row.Text("method")), row.Text("path_and_query"), row.Bytes("body_base64"), cancellationToken: Ct);

        Assert.True(answer.Http.Json.GetProperty("ok").GetBoolean());
        var request = Assert.Single(api.Requests);
        Assert.Equal(row.Text("url"), request.Address.AbsoluteUri);
        Assert.Equal(row.Text("body_utf8"), request.Text);

        // Nonce and signature are new each time; every other character is as recorded.
        var sent = Authorization().Match(request.Header("Authorization")!);
        Assert.True(sent.Success, request.Header("Authorization"));
        Assert.Equal(
            row.Text("authorization").Replace(row.Text("nonce"), "*", StringComparison.Ordinal).Replace(row.Text("signature"), "*", StringComparison.Ordinal),
            sent.Value.Replace(sent.Groups["nonce"].Value, "*", StringComparison.Ordinal).Replace(sent.Groups["signature"].Value, "*", StringComparison.Ordinal));
        var message = row.Text("message_utf8").Replace(row.Text("nonce"), sent.Groups["nonce"].Value, StringComparison.Ordinal);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        Assert.True(rsa.VerifyData(Encoding.UTF8.GetBytes(message), Convert.FromBase64String(sent.Groups["signature"].Value), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal(TestMerchant.PublicKeyId, request.Header("Wechatpay-Serial"));
    }

    [Theory]
    [InlineData(MerchantScheme)]
    [InlineData("WECHATPAY-BRAND-SM2-WITH-SM3")]
    [InlineData(null)]
    public async Task An_answer_in_another_scheme_is_refused(string? scheme)
    {
        using var client = new TestClient(Options(), new FakeApi(_ => Signed("{}", scheme)));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.SendAsync(HttpMethod.Get, "/brand/example", cancellationToken: Ct));
        Assert.Equal((WeChatPaySignatureFailure.UnsupportedAlgorithm, WeChatPayOutcome.Unknown), (failure.Reason, failure.Outcome));
    }

    [Fact]
    public async Task A_merchant_does_not_believe_the_brands_scheme()
    {
        using var client = new TestClient(TestMerchant.Options(), new FakeApi(_ => Signed("{}")));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.SendAsync(HttpMethod.Get, "/v3/example", cancellationToken: Ct));
        Assert.Equal(WeChatPaySignatureFailure.UnsupportedAlgorithm, failure.Reason);
    }

    [Fact]
    public async Task The_keys_of_a_merchant_prove_nothing_to_a_brand()
    {
        var options = Options();
        options.PublicKeyId = "PUB_KEY_ID_0210040000002025010100001200000001";
        using var client = new TestClient(options, new FakeApi(_ => Signed("{}")));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.SendAsync(HttpMethod.Get, "/brand/example", cancellationToken: Ct));
        Assert.Equal(WeChatPaySignatureFailure.UnknownSerial, failure.Reason);
    }

    [Fact]
    public async Task Each_calls_its_own_interfaces_only()
    {
        var api = new FakeApi(_ => Signed("{}"));
        using var brand = new TestClient(Options(), api);
        using var merchant = new TestClient(TestMerchant.Options(), api);
        foreach (var call in new Func<Task>[]
        {
            () => brand.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct),
            () => brand.SendAsync(HttpMethod.Post, "/v3/refund/domestic/refunds", "{}"u8.ToArray(), cancellationToken: Ct),
            () => brand.SendAsync(HttpMethod.Get, "/brandnew/x", cancellationToken: Ct),
            () => merchant.SendAsync(HttpMethod.Post, "/brand/example", "{}"u8.ToArray(), cancellationToken: Ct),
        })
        {
            Assert.Contains("nothing was sent", (await Assert.ThrowsAsync<InvalidOperationException>(call)).Message, StringComparison.Ordinal);
        }

        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task Platform_certificates_are_not_fetched_for_a_brand()
    {
        var options = Options();
        options.FetchPlatformCertificates = true;
        var api = new FakeApi(_ => Signed("{}"));
        using var client = new TestClient(options, api);
        await client.SendAsync(HttpMethod.Get, "/brand/example", cancellationToken: Ct);
        Assert.Equal("/brand/example", Assert.Single(api.Requests).Address.AbsolutePath);

        (options.PublicKeyId, options.PublicKey) = (null, null);
        Assert.Contains("No key of WeChat Pay is set", Assert.Throws<ArgumentException>(() => new TestClient(options, api)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "both", "MerchantId and WeChatPayOptions.BrandId are both set" },
        { "letters", "BrandId must consist of digits" },
        { "APIv2", "ApiV2Key belongs to a merchant" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Options_that_mix_the_two_are_refused(string what, string expected)
    {
        var options = Options();
        switch (what)
        {
            case "both":
                options.MerchantId = TestMerchant.MerchantId;
                break;
            case "letters":
                options.BrandId = "brand";
                break;
            default:
                options.ApiV2Key = "TESTONLYapiv2key0123456789ABCDEF";
                break;
        }

        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new TestClient(options)).Message, StringComparison.Ordinal);
        Assert.Contains("BrandId", Options().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reload_does_not_make_a_merchant_of_a_brand()
    {
        using var core = WeChatPayCore.Create(Options(), new FakeApi("{}"));
        var merchant = TestMerchant.Options();
        merchant.MerchantId = "1004";
        var problems = new List<string>();
        core.Reload(merchant, problems);
        Assert.Contains("MerchantId changed", Assert.Single(problems), StringComparison.Ordinal);
        Assert.True(core.Credentials.IsBrand);

        core.Reload(Options(), problems);
        Assert.Single(problems);
    }

    [Fact]
    public async Task What_a_brand_encrypts_is_for_its_own_key()
    {
        using var client = new TestClient(Options(), new FakeApi("{}"));
        Assert.Equal(TestMerchant.PublicKeyId, (await client.SensitiveData.EncryptAsync("张三", Ct)).Serial);
    }

    [Fact]
    public void A_brand_opens_no_payments()
    {
        using var client = new TestClient(Options(), new FakeApi("{}"));
        Assert.Throws<NotSupportedException>(() => client.Invocation.Jsapi("wx0000000000000001", "wx1"));
        Assert.Throws<NotSupportedException>(() => client.Invocation.App("wx0000000000000001", "wx1"));
        Assert.Throws<NotSupportedException>(() => client.Invocation.MerchantTransfer("wx0000000000000001", "p"));
        Assert.Throws<NotSupportedException>(() => client.Invocation.PayScore.Detail("1", "2"));
    }

    [Theory]
    [InlineData("""{"brand_id":"1004","mchid":"1900000001"}""", BrandScheme, true)]
    [InlineData("""{"brand_id":1004}""", BrandScheme, true)]
    [InlineData("""{"event":"x"}""", BrandScheme, true)]
    [InlineData("""{"brand_id":"1005"}""", BrandScheme, false)]
    [InlineData("""{"brand_id":"1004"}""", MerchantScheme, false)]
    public async Task A_notification_is_the_brands_own(string resource, string scheme, bool accepted)
    {
        using var client = new TestClient(Options(), new FakeApi("{}"));
        var message = NotificationMaker.Make(resource).With("Wechatpay-Signature-Type", scheme).Message();
        if (accepted)
        {
            await client.Notifications.ReadAsync(message, Ct);
        }
        else
        {
            var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(async () => await client.Notifications.ReadAsync(message, Ct));
            if (scheme == BrandScheme)
                Assert.Contains("its brand_id is not 1004: it belongs to another brand and is refused here.", failure.Message, StringComparison.Ordinal);
        }
    }

    internal static WeChatPayOptions Options()
    {
        var options = TestMerchant.Options();
        (options.MerchantId, options.BrandId, options.PlatformCertificates) = (null, "1004", []);
        return options;
    }

    private static HttpResponseMessage Signed(string body, string? scheme = BrandScheme)
    {
        var answer = FakeApi.Signed(body);
        answer.Headers.Remove("Wechatpay-Signature-Type");
        if (scheme is not null)
        {
            answer.Headers.Add("Wechatpay-Signature-Type", scheme);
        }

        return answer;
    }

    [GeneratedRegex("^WECHATPAY-BRAND-SHA256-RSA2048 brand_id=\"1004\",nonce_str=\"(?<nonce>[0-9A-Za-z]{32})\",signature=\"(?<signature>[^\"]+)\",timestamp=\"[0-9]+\",serial_no=\"[0-9A-F]{40}\"$")]
    private static partial Regex Authorization();
}
