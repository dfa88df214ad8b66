using System.Net.Http;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WeChatPay.Runtime.Tests.Core;
using WeChatPay.Serialization;

namespace WeChatPay.ShangMi.Tests;

/// <summary>Whole calls over an API in memory, which checks and answers with the textbook's SM2.</summary>
public sealed class SmCallTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_signed_encrypted_verified_and_decrypted()
    {
        using var api = new FakeApi(request =>
        {
            using var body = JsonDocument.Parse(request.Body);
            var name = Encoding.UTF8.GetString(SmMerchant.Platform.Decrypt(body.RootElement.Bytes("name")));
            Assert.Equal("张三", name);
            return SmMerchant.Signed($$"""{"prepay_id":"wx1","name":"{{Convert.ToBase64String(SmMerchant.Merchant.Encrypt(Encoding.UTF8.GetBytes(name + "𠮷")))}}"}""");
        });
        using var client = new TestClient(SmMerchant.BothOptions(), api);

        var order = await client.Orders.PostAsync(new() { OutTradeNo = "T1", SecretName = "张三" }, cancellationToken: Ct);

        Assert.Equal(("wx1", "张三𠮷"), (order.PrepayId, order.Name));
        var request = Assert.Single(api.Requests);
        var sent = Authorization.Read(request.Header("Authorization")!);
        Assert.Equal((SmMerchant.Scheme, SmMerchant.MerchantSerial), (sent.Scheme, sent.Serial));
        Assert.True(SmMerchant.Merchant.Verify(Encoding.UTF8.GetBytes(sent.Message(request)), Convert.FromBase64String(sent.Signature)));
        Assert.False(SmMerchant.Merchant.Verify(Encoding.UTF8.GetBytes(sent.Message(request)), Convert.FromBase64String(sent.Signature), identity: ""));

        // Though RSA keys are there, and a public key of RSA would otherwise come first: what is sent keeps to the merchant's own algorithm.
        Assert.Equal(SmMerchant.PlatformSerial, request.Header("Wechatpay-Serial"));
    }

    [Fact]
    public async Task An_answer_to_it_may_still_be_signed_with_RSA_before_WeChat_Pay_has_switched()
    {
        using var client = SmMerchant.Client(SmMerchant.BothOptions(), _ => FakeApi.Signed("""{"prepay_id":"wx1"}"""));
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);

        using var strict = SmMerchant.Client(SmMerchant.Options(), _ => FakeApi.Signed("""{"prepay_id":"wx1"}"""));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => strict.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(WeChatPaySignatureFailure.UnknownSerial, failure.Reason);
    }

    [Fact]
    public async Task A_merchant_of_RSA_keeps_to_RSA_beside_an_SM2_certificate()
    {
        var options = TestMerchant.Options().UseShangMi();
        options.PlatformCertificates = [TestMerchant.KeyText("sm2_platform.cert.pem"), TestMerchant.KeyText("platform.cert.pem")];
        (options.PublicKeyId, options.PublicKey) = (null, null);
        using var api = new FakeApi(_ => FakeApi.Signed("{}", withCertificate: true));
        using var client = new TestClient(options, api);
        await client.Orders.PostAsync(new() { SecretName = "张三" }, cancellationToken: Ct);
        Assert.Equal("WECHATPAY2-SHA256-RSA2048", Authorization.Read(api.Requests[0].Header("Authorization")!).Scheme);
        Assert.Equal(TestMerchant.PlatformSerial, api.Requests[0].Header("Wechatpay-Serial"));
    }

    [Fact]
    public async Task A_public_key_of_SM2_is_taken_as_one_of_RSA_is()
    {
        var options = SmMerchant.Options();
        (options.PublicKeyId, options.PublicKey) = (TestMerchant.PublicKeyId, TestMerchant.KeyText("sm2_platform_public.pem"));
        options.PlatformCertificates = [];
        var body = Encoding.UTF8.GetBytes("""{"prepay_id":"wx1"}""");
        using var client = SmMerchant.Client(
            options,
            _ => SmMerchant.Answer(body, "1760000000", SmMerchant.Nonce, TestMerchant.PublicKeyId, SmMerchant.Platform.SignText("1760000000", SmMerchant.Nonce, body), SmMerchant.Scheme));
        Assert.Equal("wx1", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
    }

    [Fact]
    public async Task Personal_data_by_hand()
    {
        using var client = SmMerchant.Client(SmMerchant.BothOptions(), _ => throw new InvalidOperationException());
        var encrypted = client.SensitiveData.Encrypt("110101199001011234");
        Assert.Equal(SmMerchant.PlatformSerial, encrypted.Serial);
        Assert.Equal("110101199001011234", Encoding.ASCII.GetString(SmMerchant.Platform.Decrypt(Convert.FromBase64String(encrypted.Text))));

        var forMerchant = Convert.ToBase64String(SmMerchant.Merchant.Encrypt("张三"u8.ToArray()));
        Assert.Equal("张三", await client.SensitiveData.DecryptAsync(forMerchant, Ct));
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.SensitiveData.DecryptAsync(encrypted.Text, Ct).AsTask());
        Assert.DoesNotContain(new string('a', 913), Assert.Throws<ArgumentException>(() => client.SensitiveData.Encrypt(new string('a', 913))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_of_a_notification_that_is_encrypted_once_more_is_opened_without_waiting()
    {
        using var client = SmMerchant.Client(SmMerchant.Options(), _ => throw new InvalidOperationException());
        var name = Convert.ToBase64String(SmMerchant.Merchant.Encrypt("张三"u8.ToArray()));
        var notification = await client.Notifications.ReadAsync(Seal($$"""{"mchid":"1900000001","user_name":"{{name}}"}"""), Ct);
        Assert.Equal("张三", notification.As<Payment>().Resource.UserName);
        Assert.Equal("张三", (await notification.AsAsync<Payment>(Ct)).Resource.UserName);
    }

    [Fact]
    public async Task Another_merchants_notification_is_refused()
    {
        using var client = SmMerchant.Client(SmMerchant.Options(), _ => throw new InvalidOperationException());
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Notifications.ReadAsync(Seal("""{"mchid":"1900000009"}"""), Ct).AsTask());
    }

    [Fact]
    public async Task A_notification_sealed_under_another_key_is_refused()
    {
        var options = SmMerchant.Options();
        options.ApiV3Key = "TESTONLYapiv3key0123456789abcdeF";
        using var client = SmMerchant.Client(options, _ => throw new InvalidOperationException());
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.Notifications.ReadAsync(Seal("""{"mchid":"1900000001"}"""), Ct).AsTask());
    }

    [Fact]
    public async Task After_the_switch_the_RSA_key_still_opens_what_was_encrypted_for_it()
    {
        using var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        var forRsa = Convert.ToBase64String(rsa.Encrypt("李四"u8, System.Security.Cryptography.RSAEncryptionPadding.OaepSHA1));
        var forSm2 = Convert.ToBase64String(SmMerchant.Merchant.Encrypt("张三"u8.ToArray()));

        var options = SmMerchant.Options();
        options.FormerMerchantKeys.Add(new() { PrivateKey = TestMerchant.KeyText("merchant_private_pkcs8.pem"), Until = TestMerchant.Now.AddDays(1) });
        using var client = SmMerchant.Client(options, _ => throw new InvalidOperationException());
        Assert.Equal("李四", await client.SensitiveData.DecryptAsync(forRsa, Ct));
        Assert.Equal("张三", await client.SensitiveData.DecryptAsync(forSm2, Ct));

        // And the other way round, for whoever goes back.
        options = TestMerchant.Options();
        options.FormerMerchantKeys.Add(new() { Key = WeChatPayShangMi.ReadMerchantKey(TestMerchant.KeyText("sm2_merchant_private_pkcs8.pem")), Until = TestMerchant.Now.AddDays(1) });
        using var back = SmMerchant.Client(options, _ => throw new InvalidOperationException());
        Assert.Equal("李四", await back.SensitiveData.DecryptAsync(forRsa, Ct));
        Assert.Equal("张三", await back.SensitiveData.DecryptAsync(forSm2, Ct));
    }

    [Fact]
    public async Task A_key_in_a_vault_signs_and_decrypts()
    {
        var options = SmMerchant.Options();
        options.MerchantKey = new Vault();
        using var api = new FakeApi(_ => SmMerchant.Signed($$"""{"name":"{{Convert.ToBase64String(SmMerchant.Merchant.Encrypt("张三"u8.ToArray()))}}"}"""));
        using var client = new TestClient(options, api);
        Assert.Equal("张三", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).Name);
        var sent = Authorization.Read(api.Requests[0].Header("Authorization")!);
        Assert.Equal(SmMerchant.Scheme, sent.Scheme);
        Assert.True(SmMerchant.Merchant.Verify(Encoding.UTF8.GetBytes(sent.Message(api.Requests[0])), Convert.FromBase64String(sent.Signature)));
    }

    [Fact]
    public async Task One_client_serves_many_threads()
    {
        // The textbook would take most of the time; what counts here is that the package's objects are shared by the threads of both sides.
        var platform = WeChatPayShangMi.ReadMerchantKey(TestMerchant.KeyText("sm2_platform_private_pkcs8.pem"));
        var merchant = Sm2CipherTests.PublicKey("merchant");
        using var api = new FakeApi(request =>
        {
            var sent = Authorization.Read(request.Header("Authorization")!);
            Assert.True(merchant.Verify(Encoding.UTF8.GetBytes(sent.Message(request)), Convert.FromBase64String(sent.Signature)));
            using var document = JsonDocument.Parse(request.Body);
            var ciphertext = new byte[1024];
            var length = merchant.Encrypt(platform.Decrypt(document.RootElement.Bytes("name")), ciphertext);
            var body = Encoding.UTF8.GetBytes($$"""{"name":"{{Convert.ToBase64String(ciphertext.AsSpan(0, length))}}"}""");
            var signature = platform.Sign([.. Encoding.ASCII.GetBytes($"1760000000\n{SmMerchant.Nonce}\n"), .. body, (byte)'\n']);
            return SmMerchant.Answer(body, "1760000000", SmMerchant.Nonce, SmMerchant.PlatformSerial, Convert.ToBase64String(signature), SmMerchant.Scheme);
        });
        using var client = new TestClient(SmMerchant.Options(), api);
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (i, ct) =>
            Assert.Equal($"name {i}", (await client.Orders.PostAsync(new() { SecretName = $"name {i}" }, cancellationToken: ct)).Name));
    }

    [Fact]
    public async Task Opening_a_payment_is_refused_rather_than_signed_under_a_wrong_name()
    {
        using var client = SmMerchant.Client(SmMerchant.Options(), _ => throw new InvalidOperationException());
        Assert.Contains(SmMerchant.Scheme, Assert.Throws<NotSupportedException>(() => client.Invocation.Jsapi("wx1", "p1")).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => client.Invocation.App("wx1", "p1"));
        Assert.Throws<NotSupportedException>(() => client.Invocation.MiniProgram("wx1", "p1"));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.Invocation.JsapiAsync("wx1", "p1", cancellationToken: Ct).AsTask());
    }

    [Fact]
    public async Task Dependency_injection_takes_it_in_one_call()
    {
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>(options =>
        {
            options.MerchantId = TestMerchant.MerchantId;
            options.ApiV3Key = TestMerchant.ApiV3Key;
            options.PlatformCertificates.Add(TestMerchant.KeyText("sm2_platform.cert.pem"));
            options.UseShangMi(TestMerchant.KeyText("sm2_merchant_private_pkcs8.pem"), SmMerchant.MerchantSerial);
            options.TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestMerchant.Now);
        });
        using var api = new FakeApi(_ => SmMerchant.Signed("""{"prepay_id":"wx1"}"""));
        services.AddHttpClient("WeChatPay").ConfigurePrimaryHttpMessageHandler(() => api);
        await using var provider = services.BuildServiceProvider();
        Assert.Equal("wx1", (await provider.GetRequiredService<TestClient>().Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
    }

    /// <summary>A signed notification, sealed with BouncyCastle's SM4 through its general cipher API.</summary>
    private static WeChatPayNotificationMessage Seal(string resource)
    {
        var cipher = Org.BouncyCastle.Security.CipherUtilities.GetCipher("SM4/GCM/NoPadding");
        var key = TextbookSm2.Sm3(Encoding.ASCII.GetBytes(TestMerchant.ApiV3Key))[..16];
        cipher.Init(true, new Org.BouncyCastle.Crypto.Parameters.AeadParameters(new(key), 128, "TESTsm4nonce"u8.ToArray(), "transaction"u8.ToArray()));
        var ciphertext = Convert.ToBase64String(cipher.DoFinal(Encoding.UTF8.GetBytes(resource)));
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"id":"EV-1","event_type":"TRANSACTION.SUCCESS","resource":{"original_type":"transaction","algorithm":"AEAD_SM4_GCM","ciphertext":"{{{ciphertext}}}","associated_data":"transaction","nonce":"TESTsm4nonce"}}""");
        var signature = SmMerchant.Platform.SignText("1760000000", SmMerchant.Nonce, body);
        return new(
            header => header switch
            {
                "Wechatpay-Timestamp" => ["1760000000"],
                "Wechatpay-Nonce" => [SmMerchant.Nonce],
                "Wechatpay-Serial" => [SmMerchant.PlatformSerial],
                "Wechatpay-Signature" => [signature],
                "Wechatpay-Signature-Type" => [SmMerchant.Scheme],
                _ => [],
            },
            body);
    }

    private sealed class Payment : INotificationResource<Payment>
    {
        public static string EventType => "TRANSACTION.SUCCESS";

        public static string? OriginalType => "transaction";

        public string? UserName { get; private init; }

        static Payment IJsonReadable<Payment>.Read(ref JsonBodyReader r)
        {
            string? name = null;
            do
            {
                if (r.At("user_name"u8))
                    name = r.Decrypted();
            }
            while (r.More());
            return new() { UserName = name };
        }
    }

    private sealed class Vault : IMerchantKey
    {
        public string Scheme => WeChatPayShangMi.Scheme;

        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return SmMerchant.Merchant.Sign(message.ToArray());
        }

        public async ValueTask<byte[]> DecryptAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return SmMerchant.Merchant.Decrypt(ciphertext.ToArray());
        }

        public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
