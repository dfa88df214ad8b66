using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 11: keys that were replaced still open what was made for them, until their date; they sign and verify nothing.</summary>
public class MoneyRule11FormerKeysTests
{
    private const string FormerApiV3Key = "TESTONLYformerkey123456789abcdef";

    private static readonly RSA Former = RSA.Create(2048);
    private static readonly RSA Older = RSA.Create(3072);
    private static readonly TestCertificate Platform = new(TestCertificate.SerialOf(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_encrypted_for_a_former_key_are_opened_until_its_date(bool inVault)
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var api = new FakeApi(_ => FakeApi.Signed($$"""{"name":"{{Encrypt(Former, "张三")}}"}""", at: clock.GetUtcNow()));
        using var client = new TestClient(Options(clock, inVault), api);
        Assert.Equal("张三", (await client.Orders.PostAsync(new(), cancellationToken: Ct)).Name);
        Assert.Equal("张三", await client.SensitiveData.DecryptAsync(Encrypt(Older, "张三"), Ct));
        SignedCallTests.AssertSigned(api.Requests[0]);

        clock.Advance(TimeSpan.FromDays(30));
        Assert.True((await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct))).IsVerified);
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.SensitiveData.DecryptAsync(Encrypt(Former, "张三"), Ct).AsTask());
        Assert.Equal("张三", await client.SensitiveData.DecryptAsync(Encrypt(Older, "张三"), Ct));
    }

    [Fact]
    public async Task A_text_for_no_key_at_all_stays_closed()
    {
        using var stranger = RSA.Create(2048);
        using var client = new TestClient(Options(new FakeTimeProvider(TestMerchant.Now)), new FakeApi("{}"));
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.SensitiveData.DecryptAsync(Encrypt(stranger, "张三"), Ct).AsTask());
    }

    [Fact]
    public async Task Notifications_under_a_former_APIv3_key_are_opened_until_its_date()
    {
        var clock = new FakeTimeProvider(TestMerchant.Now);
        var options = Options(clock);
        options.ApiV3Key = new string('n', 32);
        options.PlatformCertificates = [Platform.Pem];
        options.FormerApiV3Keys = [new() { Key = FormerApiV3Key, Until = TestMerchant.Now.AddDays(9) }, new() { Key = TestMerchant.ApiV3Key, Until = TestMerchant.Now.AddDays(1) }];
        using var client = new TestClient(options, new FakeApi("{}"));
        Assert.Equal("EV-1", (await client.Notifications.ReadAsync(Platform.Notification(), Ct)).Id);

        clock.Advance(TimeSpan.FromDays(1));
        await Assert.ThrowsAsync<WeChatPayDecryptionException>(() => client.Notifications.ReadAsync(Platform.Notification(clock.GetUtcNow()), Ct).AsTask());
    }

    [Fact]
    public async Task A_list_of_certificates_under_a_former_APIv3_key_begins_no_trust()
    {
        var options = TestMerchant.Options();
        (options.PublicKey, options.PublicKeyId, options.PlatformCertificates, options.FetchPlatformCertificates) = (null, null, [], true);
        options.ApiV3Key = new string('n', 32);
        options.FormerApiV3Keys = [new() { Key = TestMerchant.ApiV3Key, Until = TestMerchant.Now.AddDays(1) }];
        using var client = new TestClient(options, new FakeApi(_ => Platform.Answer(TestCertificate.List(Platform))));
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => client.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.IsType<WeChatPayDecryptionException>(failure.InnerException);
    }

    private static string Encrypt(RSA key, string text) => Convert.ToBase64String(key.Encrypt(Encoding.UTF8.GetBytes(text), RSAEncryptionPadding.OaepSHA1));

    private static WeChatPayOptions Options(TimeProvider clock, bool inVault = false)
    {
        var options = TestMerchant.Options(clock);
        options.FormerMerchantKeys =
        [
            new() { PrivateKey = RSA.Create(2048).ExportPkcs8PrivateKeyPem(), Until = TestMerchant.Now.AddDays(-1) },
            new() { PrivateKey = Former.ExportPkcs8PrivateKeyPem(), Until = TestMerchant.Now.AddDays(30) },
            new() { Key = inVault ? new Vault(Older) : WeChatPayMerchantKey.FromRsa(Older), Until = TestMerchant.Now.AddDays(99) },
        ];
        return options;
    }

    private sealed class Vault(RSA key) : IMerchantKey
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
            => throw new InvalidOperationException("A former key does not sign.");

        public async ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return key.Decrypt(ciphertext.Span, RSAEncryptionPadding.OaepSHA1);
        }
    }
}
