using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.ShangMi.Tests;

/// <summary>Certificates of SM2 come out of the same download as those of RSA, sealed with SM4, and are believed by the same rules.</summary>
public sealed class SmCertificateTests
{
    private static readonly string Sm2List = SmMerchant.Vectors.Text("certificate_list_body_utf8");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_without_any_key_fetches_the_list()
    {
        using var api = new FakeApi(request => SmMerchant.Signed(IsDownload(request) ? Sm2List : """{"prepay_id":"wx1"}"""));
        using var client = new TestClient(WithoutKeys(), api);
        Assert.Equal("wx1", (await client.Orders.PostAsync(new() { SecretName = "张三" }, cancellationToken: Ct)).PrepayId);

        Assert.Equal(2, api.Requests.Count);
        Assert.Equal("/v3/certificates?algorithm_type=ALL", api.Requests[0].Address.PathAndQuery);
        var sent = Authorization.Read(api.Requests[0].Header("Authorization")!);
        Assert.Equal(SmMerchant.Scheme, sent.Scheme);
        Assert.True(SmMerchant.Merchant.Verify(Encoding.UTF8.GetBytes(sent.Message(api.Requests[0])), Convert.FromBase64String(sent.Signature)));
        Assert.Equal(SmMerchant.PlatformSerial, api.Requests[1].Header("Wechatpay-Serial"));
    }

    [Fact]
    public async Task A_list_may_hold_certificates_of_both_and_be_signed_by_either()
    {
        var list = Both();
        foreach (var signed in (HttpResponseMessage[])[SmMerchant.Signed(list), FakeApi.Signed(list, withCertificate: true)])
        {
            using var api = new FakeApi(request => IsDownload(request) ? signed : FakeApi.Signed("""{"prepay_id":"wx1"}""", withCertificate: true));
            using var client = new TestClient(WithoutKeys(), api);

            // The answer is signed with RSA, the request names SM2: each key does what it is for.
            Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
            Assert.Equal(SmMerchant.PlatformSerial, api.Requests[1].Header("Wechatpay-Serial"));
        }
    }

    [Fact]
    public async Task A_message_that_names_an_unknown_SM2_certificate_waits_for_the_list()
    {
        var options = WithoutKeys();
        options.MerchantKey = null;
        options.MerchantPrivateKey = TestMerchant.KeyText("merchant_private_pkcs8.pem");
        (options.PublicKeyId, options.PublicKey) = (TestMerchant.PublicKeyId, TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem"));
        using var api = new FakeApi(request => SmMerchant.Signed(IsDownload(request) ? Sm2List : """{"prepay_id":"wx1"}"""));
        using var client = new TestClient(options, api);
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        Assert.Equal(2, api.Requests.Count);
    }

    public static TheoryData<string> Flaws => ["stranger", "RSA signature under the SM2 serial", "serial", "cipher's name", "bit of the ciphertext", "merchant's own", "not of 国密"];

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task A_list_with_a_flaw_is_refused_as_a_whole(string flaw)
    {
        var options = WithoutKeys();
        var list = JsonNode.Parse(Sm2List)!;
        var box = list["data"]![0]!["encrypt_certificate"]!;
        switch (flaw)
        {
            case "serial":
                list["data"]![0]!["serial_no"] = SmMerchant.MerchantSerial;
                break;
            case "cipher's name":
                box["algorithm"] = "AEAD_AES_256_GCM";
                break;
            case "bit of the ciphertext":
                var bytes = Convert.FromBase64String(box["ciphertext"]!.GetValue<string>());
                bytes[100] ^= 1;
                box["ciphertext"] = Convert.ToBase64String(bytes);
                break;
            case "merchant's own":
                options = WithoutKeys(merchantKey: "sm2_platform_private_pkcs8.pem");
                break;
            case "not of 国密":
                options.AlgorithmSuite = null;
                options.MerchantKey = null;
                options.MerchantPrivateKey = TestMerchant.KeyText("merchant_private_pkcs8.pem");
                break;
        }

        var body = Encoding.UTF8.GetBytes(list.ToJsonString());
        using var api = new FakeApi(_ => flaw switch
        {
            "stranger" => SmMerchant.Answer(body, "1760000000", SmMerchant.Nonce, SmMerchant.PlatformSerial, SmMerchant.Merchant.SignText("1760000000", SmMerchant.Nonce, body), SmMerchant.Scheme),
            "RSA signature under the SM2 serial" => SmMerchant.Answer(body, "1760000000", SmMerchant.Nonce, SmMerchant.PlatformSerial, TestMerchant.Sign("1760000000", SmMerchant.Nonce, body), null),
            _ => SmMerchant.Signed(body),
        });
        using var client = new TestClient(options, api);
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal((WeChatPaySignatureFailure.NoPlatformKey, WeChatPayOutcome.NotSent), (failure.Reason, failure.Outcome));
        Assert.Single(api.Requests);
    }

    [Fact]
    public async Task An_SM2_key_does_not_go_out_under_a_list_of_RSA_alone()
    {
        var both = JsonNode.Parse(Both())!;
        both["data"]!.AsArray().RemoveAt(0);
        using var api = new FakeApi(_ => FakeApi.Signed(both.ToJsonString(), withCertificate: true));
        using var client = new TestClient(WithoutKeys(), api);
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(WeChatPayOutcome.NotSent, failure.Outcome);
        Assert.Single(api.Requests);
    }

    private static bool IsDownload(Received request) => request.Address.AbsolutePath == "/v3/certificates";

    private static WeChatPayOptions WithoutKeys(string merchantKey = "sm2_merchant_private_pkcs8.pem")
    {
        var options = SmMerchant.Options();
        options.PlatformCertificates = [];
        return options.UseShangMi(TestMerchant.KeyText(merchantKey), SmMerchant.MerchantSerial);
    }

    /// <summary>The list of the vectors, and the RSA certificate sealed with AES behind it.</summary>
    private static string Both()
    {
        const string Nonce = "TESTaescert1";
        var plain = Encoding.UTF8.GetBytes(TestMerchant.KeyText("platform.cert.pem"));
        var ciphertext = new byte[plain.Length + 16];
        using (var aes = new AesGcm(Encoding.ASCII.GetBytes(TestMerchant.ApiV3Key), 16))
            aes.Encrypt(Encoding.ASCII.GetBytes(Nonce), plain, ciphertext.AsSpan(0, plain.Length), ciphertext.AsSpan(plain.Length), "certificate"u8);
        var list = JsonNode.Parse(Sm2List)!;
        list["data"]!.AsArray().Add(new JsonObject
        {
            ["serial_no"] = TestMerchant.PlatformSerial,
            ["encrypt_certificate"] = new JsonObject
            {
                ["algorithm"] = "AEAD_AES_256_GCM",
                ["nonce"] = Nonce,
                ["associated_data"] = "certificate",
                ["ciphertext"] = Convert.ToBase64String(ciphertext),
            },
        });
        return list.ToJsonString();
    }
}
