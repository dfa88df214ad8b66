using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>The merchant that vectors/00 describes. The tests of vectors take nothing about it from elsewhere, so that other vectors can be put in their place.</summary>
internal static class VectorMerchant
{
    private static readonly JsonElement Document = JsonDocument.Parse(System.IO.File.ReadAllBytes(Vectors.PathOf("00-config.json"))).RootElement;

    public static JsonElement Config => Document.GetProperty("config");

    public static JsonElement Keys => Document.GetProperty("keys");

    public static JsonElement SerialFormat => Document.GetProperty("serial_format");

    /// <summary>The PEM of a key; after its path stands a remark, perhaps.</summary>
    public static string KeyText(string name) => System.IO.File.ReadAllText(Vectors.PathOf(Keys.Text(name).Split(' ')[0]));

    /// <summary>All keys of the vectors: the public key, two certificates and an expired one.</summary>
    public static WeChatPayOptions Options(TimeProvider? clock = null) => new()
    {
        MerchantId = Config.Text("mchid"),
        MerchantCertificateSerialNumber = Config.Text("merchant_serial"),
        MerchantPrivateKey = KeyText("merchant_private_key_pkcs8"),
        ApiV3Key = Config.Text("apiv3_key"),
        PublicKeyId = Config.Text("public_key_id"),
        PublicKey = KeyText("public_key_mode_public_key"),
        PlatformCertificates = [KeyText("platform_certificate"), KeyText("platform2_certificate"), KeyText("platform_expired_certificate")],
        FetchPlatformCertificates = false,
        TimeProvider = clock ?? new FakeTimeProvider(TestMerchant.Now),
    };

    public static WeChatPayOptions BrandOptions()
    {
        var options = Options();
        (options.MerchantId, options.BrandId, options.PlatformCertificates) = (null, Config.Text("brand_id"), []);
        return options;
    }

    public static WeChatPayOptions ApiV2Options(string? apiV2Key = null)
    {
        var options = Options();
        options.ApiV2Key = apiV2Key ?? Config.Text("apiv2_key");
        return options;
    }
}
