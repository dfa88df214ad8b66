using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 11: a key in a vault or an HSM is all that a merchant needs, for everything that signs or decrypts, and nothing waits for it by blocking.</summary>
public class MoneyRule11VaultTests
{
    private static readonly TestCertificate Platform = new(TestCertificate.SerialOf(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificates_calls_uploads_notifications_and_invocations_work_with_a_key_elsewhere()
    {
        var vault = new Vault();
        var api = new FakeApi(request => Platform.Answer(request.Address.AbsolutePath switch
        {
            "/v3/certificates" => TestCertificate.List(Platform),
            "/v3/pay/transactions/jsapi" => $$"""{"prepay_id":"wx1","name":"{{Encrypt("张三")}}"}""",
            _ => """{"media_id":"M-1"}""",
        }));
        using var client = new TestClient(Options(vault), api);

        var order = await client.Orders.PostAsync(new() { OutTradeNo = "T1" }, cancellationToken: Ct);
        Assert.Equal(("wx1", "张三"), (order.PrepayId, order.Name));
        Assert.Equal("M-1", (await client.Uploads.ImageAsync(WeChatPayFile.FromBytes("abc"u8.ToArray(), "a.jpg"), cancellationToken: Ct)).MediaId);
        Assert.Equal(3, vault.Signed);
        Assert.All(api.Requests.Take(2), SignedCallTests.AssertSigned);

        PaymentResource? handled = null;
        var dispatcher = new WeChatPayNotificationDispatcher().On<PaymentResource>((notification, _) =>
        {
            handled = notification.Resource;
            return Task.CompletedTask;
        });
        var message = Platform.Notification(resource: $$"""{"mchid":"1900000001","user_name":"{{Encrypt("李四")}}"}""");
        Assert.InRange((await dispatcher.DispatchAsync(client.Notifications, message, Ct)).StatusCode, 200, 204);
        Assert.Equal("李四", handled?.UserName);

        Assert.NotEmpty((await client.Invocation.JsapiAsync("wx0000000000000001", "wx1", cancellationToken: Ct)).PaySign);
        Assert.NotEmpty((await client.Invocation.MiniProgramAsync("wx0000000000000001", "wx1", cancellationToken: Ct)).PaySign);
        Assert.NotEmpty((await client.Invocation.AppAsync("wx0000000000000001", "wx1", cancellationToken: Ct)).Sign);
        Assert.Equal("王五", await client.SensitiveData.DecryptAsync(Encrypt("王五"), Ct));
        Assert.Equal((6, 3), (vault.Signed, vault.Decrypted));
    }

    [Fact]
    public async Task A_vault_that_is_slow_is_given_up_at_the_calls_end_and_nothing_is_sent()
    {
        var vault = new Vault { Delay = Timeout.InfiniteTimeSpan };
        var api = new FakeApi("{}");
        var options = Options(vault);
        (options.PublicKeyId, options.PublicKey) = (TestMerchant.PublicKeyId, TestMerchant.KeyText("wechatpay_pubkey_mode_public.pem"));
        using var client = new TestClient(options, api);
        using var impatient = new CancellationTokenSource();
        var call = client.Orders.PostAsync(new(), cancellationToken: impatient.Token);
        await impatient.CancelAsync();
        Assert.Equal(WeChatPayOutcome.NotSent, (await Assert.ThrowsAsync<WeChatPayCanceledException>(() => call)).Outcome);
        Assert.Empty(api.Requests);
    }

    private static string Encrypt(string text)
    {
        using var certificate = X509Certificate2.CreateFromPem(TestMerchant.KeyText("merchant.cert.pem"));
        return Convert.ToBase64String(certificate.GetRSAPublicKey()!.Encrypt(Encoding.UTF8.GetBytes(text), RSAEncryptionPadding.OaepSHA1));
    }

    private static WeChatPayOptions Options(IMerchantKey vault)
    {
        var options = TestMerchant.Options();
        (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.FetchPlatformCertificates) = (null, null, [], true);
        (options.MerchantKey, options.MerchantPrivateKey) = (vault, null);
        return options;
    }

    private sealed class Vault : IMerchantKey
    {
        private readonly IMerchantKey _key = WeChatPayMerchantKey.FromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        private int _signed;
        private int _decrypted;

        public int Signed => _signed;

        public int Decrypted => _decrypted;

        public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(1);

        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            await Task.Delay(Delay, cancellationToken);
            Interlocked.Increment(ref _signed);
            return await _key.SignAsync(message, cancellationToken);
        }

        public async ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        {
            await Task.Delay(Delay, cancellationToken);
            Interlocked.Increment(ref _decrypted);
            return await _key.DecryptOaepAsync(ciphertext, cancellationToken);
        }
    }
}
