using System.IO;
using System.Security.Cryptography;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Hosting;

/// <summary>Rule 11: a change of the configuration is taken over as a whole, or not at all.</summary>
public class MoneyRule11ConfigurationReloadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("shop")]
    public async Task A_changed_configuration_counts_from_the_next_call_on(string? name)
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(), api, name);
        await shop.Client.Orders.PostAsync(new(), cancellationToken: Ct);
        using var key = RSA.Create(2048);
        shop.Change("MerchantPrivateKey", key.ExportPkcs8PrivateKeyPem());
        shop.Change("MerchantCertificateSerialNumber", "0C1B2C3D4E5F60718293A4B5C6D7E8F901234567");
        await shop.Client.Orders.PostAsync(new(), cancellationToken: Ct);
        SignedCallTests.AssertSigned(api.Requests[0]);
        Assert.Contains("serial_no=\"0C1B2C3D", api.Requests[1].Header("Authorization"), StringComparison.Ordinal);
        Assert.Contains(shop.Logs, log => log.Contains("taken over", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MerchantPrivateKey", "TESTONLYkey", "WeChatPayOptions.MerchantPrivateKey")]
    [InlineData("ApiV3Key", "TESTONLYshort", "WeChatPayOptions.ApiV3Key")]
    [InlineData("Timeout", "TESTONLY", "WeChatPay:Shop:Timeout cannot be read")]
    [InlineData("PublicKeyIdd", "TESTONLY", "WeChatPay:Shop:PublicKeyIdd is no option: PublicKeyId may be meant.")]
    [InlineData("PublicKeyFile", "TESTONLY", "WeChatPay:Shop:PublicKeyFile and WeChatPay:Shop:PublicKey are both set")]
    [InlineData("MerchantId", "1900000002", "a client stays with its merchant")]
    public async Task A_bad_change_keeps_the_old_set_and_is_logged_by_its_path(string key, string value, string problem)
    {
        var api = new FakeApi("""{"prepay_id":"wx1"}""");
        await using var shop = new ConfiguredShop(ConfiguredShop.Keys(), api);
        var before = shop.Client.Core.Credentials;
        shop.Change(key, value);
        Assert.Same(before, shop.Client.Core.Credentials);
        var refusal = Assert.Single(shop.Logs, log => log.Contains("refused", StringComparison.Ordinal));
        Assert.Contains(problem, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTONLY", refusal, StringComparison.Ordinal);
        await shop.Client.Orders.PostAsync(new(), cancellationToken: Ct);
        SignedCallTests.AssertSigned(Assert.Single(api.Requests));
    }

    [Fact]
    public async Task A_file_is_read_again_with_each_change()
    {
        var folder = Directory.CreateTempSubdirectory("wechatpay-config-").FullName;
        try
        {
            var file = Path.Combine(folder, "apiv3");
            await File.WriteAllTextAsync(file, TestMerchant.ApiV3Key, Ct);
            await using var shop = new ConfiguredShop(ConfiguredShop.Keys(("ApiV3Key", null), ("ApiV3KeyFile", file)));
            var before = shop.Client.Core.Credentials.ApiV3Key;
            await File.WriteAllTextAsync(file, "TESTONLYapiv3key0123456789second", Ct);
            shop.Configuration.Reload();
            Assert.NotEqual(before, shop.Client.Core.Credentials.ApiV3Key);

            File.Delete(file);
            shop.Configuration.Reload();
            Assert.Equal("TESTONLYapiv3key0123456789second"u8.ToArray(), shop.Client.Core.Credentials.ApiV3Key);
            Assert.Contains(shop.Logs, log => log.Contains("WeChatPay:Shop:ApiV3KeyFile names a file that is not there", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
