using System.IO;
using System.Security.Cryptography;
using WeChatPay.Keys;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>What keys say of themselves: sizes, ends, and what a merchant without one is told.</summary>
public sealed class KeyFactsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2048, 256, 214)]
    [InlineData(3072, 384, 342)]
    public void An_RSA_key_has_the_sizes_of_its_modulus(int bits, int signature, int text)
    {
        using var rsa = RSA.Create(bits);
        var platform = PlatformKey.FromPublicKey("PUB_KEY_ID_1", rsa).Key;
        Assert.Equal((signature, signature, text), (platform.ShortestSignature, platform.LongestSignature, platform.LongestText));

        // The size of OAEP with SHA-1 as .NET sees it.
        Assert.Equal(signature, rsa.Encrypt(new byte[text], RSAEncryptionPadding.OaepSHA1).Length);
        Assert.ThrowsAny<CryptographicException>(() => rsa.Encrypt(new byte[text + 1], RSAEncryptionPadding.OaepSHA1));
    }

    [Fact]
    public void Each_replaced_key_has_its_end_by_the_option_that_holds_it()
    {
        var options = TestMerchant.Options();
        options.FormerMerchantKeys =
        [
            new() { Key = WeChatPayMerchantKey.FromRsa(RSA.Create(2048)), Until = TestMerchant.Now.AddDays(30) },
            new() { Key = WeChatPayMerchantKey.FromRsa(RSA.Create(2048)), Until = TestMerchant.Now.AddDays(99) },
        ];
        options.FormerApiV3Keys = [new() { Key = "TESTONLYformerkey123456789abcdef", Until = TestMerchant.Now.AddDays(7) }];
        Assert.Equal(
            [
                new("WeChatPayOptions.FormerMerchantKeys[0]", TestMerchant.Now.AddDays(30)),
                new("WeChatPayOptions.FormerMerchantKeys[1]", TestMerchant.Now.AddDays(99)),
                new("WeChatPayOptions.FormerApiV3Keys[0]", TestMerchant.Now.AddDays(7)),
            ],
            MerchantCredentials.Create(options).FormerKeyEnds);
        Assert.Empty(MerchantCredentials.Create(TestMerchant.Options()).FormerKeyEnds);
    }

    [Fact]
    public async Task A_merchant_without_a_key_is_told_what_the_key_is_for()
    {
        var key = new NoMerchantKey("1900000001");
        Assert.StartsWith(
            "The options of merchant 1900000001 hold the APIv2 key and nothing of APIv3, and this signature takes the keys of APIv3:",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => key.SignAsync(default, Ct).AsTask())).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "and a member that is encrypted for the merchant takes the keys of APIv3:",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => key.DecryptOaepAsync(default, Ct).AsTask())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_may_hold_the_key_in_any_of_its_forms()
    {
        using var rsa = RSA.Create(2048);
        byte[][] forms = [rsa.ExportPkcs8PrivateKey(), rsa.ExportRSAPrivateKey(), System.Text.Encoding.UTF8.GetBytes("0 the key of TEST ONLY\n" + rsa.ExportPkcs8PrivateKeyPem())];
        foreach (var form in forms)
        {
            var path = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(path, form);
                Assert.Equal(rsa.ExportParameters(false).Modulus, ((RsaMerchantKey)WeChatPayMerchantKey.FromFile(path)).Modulus);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }
}
