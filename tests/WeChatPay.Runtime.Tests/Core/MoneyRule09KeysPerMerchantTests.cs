using System.Net.Http;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Rule 9: what one merchant trusts means nothing to another, also in one process and one container.</summary>
public class MoneyRule09KeysPerMerchantTests
{
    private static readonly RSA OtherPlatformKey = RSA.Create(2048);
    private static readonly RSA OtherMerchantKey = RSA.Create(2048);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_signed_for_one_merchant_is_refused_by_the_client_of_another()
    {
        // Both have a public key with the same id, as if one had been copied; the keys differ.
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        await using var provider = Host(api, OtherOptions(TestMerchant.PublicKeyId));
        var a = provider.GetRequiredKeyedService<TestClient>("a");
        var b = provider.GetRequiredKeyedService<TestClient>("b");

        Assert.Equal("wx1", (await a.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(() => b.Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(WeChatPaySignatureFailure.Mismatch, failure.Reason);
        Assert.Equal("wx1", (await a.Orders.PostAsync(new(), cancellationToken: Ct)).PrepayId);
    }

    [Fact]
    public async Task A_key_of_one_merchant_is_unknown_to_another()
    {
        var api = new FakeApi(_ => FakeApi.Signed("""{"prepay_id":"wx1"}""", withCertificate: true));
        await using var provider = Host(api, OtherOptions("PUB_KEY_ID_OTHER"));
        await provider.GetRequiredKeyedService<TestClient>("a").Orders.PostAsync(new(), cancellationToken: Ct);
        var failure = await Assert.ThrowsAsync<WeChatPaySignatureException>(
            () => provider.GetRequiredKeyedService<TestClient>("b").Orders.PostAsync(new(), cancellationToken: Ct));
        Assert.Equal(WeChatPaySignatureFailure.UnknownSerial, failure.Reason);
    }

    [Fact]
    public async Task Each_client_signs_as_its_own_merchant_and_asks_for_its_own_key()
    {
        var api = new FakeApi("{}");
        await using var provider = Host(api, OtherOptions("PUB_KEY_ID_OTHER"));
        await provider.GetRequiredKeyedService<TestClient>("a").Orders.PostAsync(new(), cancellationToken: Ct);
        await Assert.ThrowsAsync<WeChatPaySignatureException>(() => provider.GetRequiredKeyedService<TestClient>("b").Orders.PostAsync(new(), cancellationToken: Ct));

        SignedCallTests.AssertSigned(api.Requests[0]);
        Assert.Equal(TestMerchant.PublicKeyId, api.Requests[0].Header("Wechatpay-Serial"));
        Assert.Contains("mchid=\"1900000002\"", api.Requests[1].Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains("serial_no=\"AB\"", api.Requests[1].Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("PUB_KEY_ID_OTHER", api.Requests[1].Header("Wechatpay-Serial"));
    }

    [Fact]
    public void Clients_of_one_name_are_one_and_of_two_names_are_two()
    {
        using var provider = Host(new FakeApi("{}"), OtherOptions("PUB_KEY_ID_OTHER"));
        Assert.Same(provider.GetRequiredKeyedService<TestClient>("a"), provider.GetRequiredKeyedService<TestClient>("a"));
        Assert.NotSame(provider.GetRequiredKeyedService<WeChatPayCore>("a"), provider.GetRequiredKeyedService<WeChatPayCore>("b"));
        Assert.Null(provider.GetService<TestClient>());
    }

    /// <summary>Two delegates on one options object would mix the keys of two merchants.</summary>
    [Fact]
    public void A_second_merchant_under_the_same_name_is_refused()
    {
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>(_ => { });
        services.AddWeChatPay<TestClient>("a", _ => { });
        services.AddWeChatPay<TestClient>("A", _ => { });
        Assert.Contains(
            "without a name already", Assert.Throws<InvalidOperationException>(() => services.AddWeChatPay<TestClient>(_ => { })).Message, StringComparison.Ordinal);
        Assert.Contains("'a' already", Assert.Throws<InvalidOperationException>(() => services.AddWeChatPay<TestClient>("a", _ => { })).Message, StringComparison.Ordinal);
    }

    private static WeChatPayOptions OtherOptions(string publicKeyId)
    {
        var options = TestMerchant.Options();
        options.MerchantId = "1900000002";
        options.MerchantCertificateSerialNumber = "AB";
        options.MerchantPrivateKey = OtherMerchantKey.ExportPkcs8PrivateKeyPem();
        options.PublicKeyId = publicKeyId;
        options.PublicKey = OtherPlatformKey.ExportSubjectPublicKeyInfoPem();
        options.PlatformCertificates = [];
        return options;
    }

    private static ServiceProvider Host(HttpMessageHandler api, WeChatPayOptions other)
    {
        var services = SecretWatch.Services();
        services.AddWeChatPay<TestClient>("a", options => TestMerchant.Copy(TestMerchant.Options(), options));
        services.AddWeChatPay<TestClient>("b", options => TestMerchant.Copy(other, options));
        services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => api));
        services.AddHttpClient("WeChatPay:a").ConfigurePrimaryHttpMessageHandler(() => api);
        services.AddHttpClient("WeChatPay:b").ConfigurePrimaryHttpMessageHandler(() => api);
        return services.BuildServiceProvider();
    }
}
