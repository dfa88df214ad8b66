using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using WeChatPay.Keys;
using WeChatPay.Runtime.Tests.Models;

namespace WeChatPay.Runtime.Tests.Core;

/// <summary>Every row of vectors/00: what is configured is what the client, its keys and its messages go by.</summary>
public sealed class ConfigVectorTests
{
    public static TheoryData<string> Identifiers => [.. VectorMerchant.Config.EnumerateObject().Select(member => member.Name).Where(name => name != "note")];

    public static TheoryData<string> KeyFiles => [.. VectorMerchant.Keys.EnumerateObject().Select(member => member.Name)];

    public static TheoryData<string> Serials => [.. VectorMerchant.SerialFormat.EnumerateObject().Select(member => member.Name).Where(name => name != "rule")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [VectorRows("00-config.json", "config")]
    [MemberData(nameof(Identifiers))]
    public async Task Identifier(string name)
    {
        var value = VectorMerchant.Config.Text(name);
        var api = new FakeApi("{}");
        switch (name)
        {
            case "mchid" or "merchant_serial":
                using (var client = new TestClient(VectorMerchant.Options(), api))
                    await Record.ExceptionAsync(() => client.SendAsync(new("GET"), "/v3/example", cancellationToken: Ct));
                Assert.Contains($"{(name == "mchid" ? "mchid" : "serial_no")}=\"{value}\"", Assert.Single(api.Requests).Header("Authorization"), StringComparison.Ordinal);
                break;
            case "brand_id":
                using (var client = new TestClient(VectorMerchant.BrandOptions(), api))
                    await Record.ExceptionAsync(() => client.SendAsync(new("GET"), "/brand/example", cancellationToken: Ct));
                Assert.StartsWith($"WECHATPAY-BRAND-SHA256-RSA2048 brand_id=\"{value}\",", Assert.Single(api.Requests).Header("Authorization"), StringComparison.Ordinal);
                break;
            case "sub_mchid":
                // The payment of a sub-merchant is the service provider's to receive, and nobody's whose own number this is.
                var resource = $$"""{"sp_mchid":"{{VectorMerchant.Config.Text("mchid")}}","sub_mchid":"{{value}}"}""";
                Assert.Equal(resource, Encoding.UTF8.GetString((await ReadAsync(resource)).GetResourceJson().Span));
                await Assert.ThrowsAsync<WeChatPaySignatureException>(() => ReadAsync($$"""{"mchid":"{{value}}"}"""));
                break;
            case "appid" or "openid":
                using (var client = new TestClient(VectorMerchant.ApiV2Options(), api))
                    Assert.Contains($"\"{value}\"", name == "appid" ? client.Invocation.Jsapi(value, "wx1").ToJson() : $"\"{value}\"", StringComparison.Ordinal);
                Assert.Contains(value, System.IO.File.ReadAllText(Vectors.PathOf("06-client-invocation.json")), StringComparison.Ordinal);
                break;
            case "apiv3_key" or "apiv2_key":
                Assert.Equal(32, Encoding.ASCII.GetByteCount(value));
                Assert.Null(Record.Exception(() => MerchantCredentials.Create(VectorMerchant.ApiV2Options())));
                break;
            case "public_key_id":
                Assert.True(MerchantCredentials.Create(VectorMerchant.Options()).PlatformKeys.TryGet(value, out _));
                break;
            case "platform_serial" or "platform2_serial" or "platform_expired_serial":
                Assert.Contains(MerchantCredentials.Create(VectorMerchant.Options()).PlatformKeys.Keys, key => key.Serial == value);
                break;
            case "sm2_merchant_serial" or "sm2_platform_serial":
                Assert.Equal(value, SerialIn(VectorMerchant.KeyText(name.Replace("_serial", "_certificate", StringComparison.Ordinal))));
                break;
            default:
                Assert.Fail($"The vectors hold an identifier that this test does not know: {name}");
                break;
        }
    }

    [Theory]
    [VectorRows("00-config.json", "keys")]
    [MemberData(nameof(KeyFiles))]
    public void Key(string name)
    {
        var pem = VectorMerchant.KeyText(name);
        if (name.StartsWith("sm2_", StringComparison.Ordinal))
        {
            // The base library reads these certificates and not their keys; WeChatPay.ShangMi.Tests do.
            if (name.EndsWith("_certificate", StringComparison.Ordinal))
                Assert.Equal(VectorMerchant.Config.Text(name.Replace("_certificate", "_serial", StringComparison.Ordinal)), SerialIn(pem));
            else
                Assert.Contains("PRIVATE KEY", pem, StringComparison.Ordinal);
            return;
        }

        // What belongs to one key pair.
        var partner = name switch
        {
            "merchant_private_key_pkcs1" or "merchant_certificate" => "merchant_private_key_pkcs8",
            "merchant_private_key_pkcs8" => "merchant_private_key_pkcs1",
            "platform_certificate" or "platform_expired_certificate" => "platform_private_key",
            "platform_private_key" => "platform_certificate",
            "platform2_certificate" => "platform2_private_key",
            "platform2_private_key" => "platform2_certificate",
            "public_key_mode_public_key" => "public_key_mode_private_key",
            "public_key_mode_private_key" => "public_key_mode_public_key",
            _ => throw new InvalidOperationException($"The vectors hold a key that this test does not know: {name}"),
        };
        Assert.Equal(PublicKeyIn(VectorMerchant.KeyText(partner)), PublicKeyIn(pem));
        if (name.StartsWith("merchant_private", StringComparison.Ordinal))
        {
            var options = VectorMerchant.Options();
            options.MerchantPrivateKey = pem;
            Assert.Equal(VectorMerchant.Config.Text("mchid"), MerchantCredentials.Create(options).MerchantId);
        }
    }

    [Theory]
    [VectorRows("00-config.json", "serial_format")]
    [MemberData(nameof(Serials))]
    public void Serial(string name)
    {
        var serial = VectorMerchant.SerialFormat.Text(name).Split(' ')[0];
        Assert.Matches("^[0-9A-F]{40}$", serial);
        Assert.Equal(serial, VectorMerchant.Config.Text(name + "_serial"));
        var options = VectorMerchant.Options();
        options.PlatformCertificates = [VectorMerchant.KeyText("platform2_certificate")];
        if (name == "merchant")
            Assert.Equal(serial, SerialIn(VectorMerchant.KeyText("merchant_certificate")));
        else
            Assert.Contains(MerchantCredentials.Create(options).PlatformKeys.Keys, key => key.Serial == serial);
    }

    private static Task<WeChatPayNotification> ReadAsync(string resource)
    {
        var receiver = new WeChatPayNotifications(MerchantKeyring.Of(MerchantCredentials.Create(VectorMerchant.Options())));
        return receiver.ReadAsync(NotificationMaker.Make(resource, apiV3Key: VectorMerchant.Config.Text("apiv3_key")).With("Wechatpay-Serial", VectorMerchant.Config.Text("public_key_id")).Message(), Ct).AsTask();
    }

    private static string SerialIn(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return certificate.SerialNumber;
    }

    private static string PublicKeyIn(string pem)
    {
        if (pem.Contains("CERTIFICATE", StringComparison.Ordinal))
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return Convert.ToBase64String(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
    }
}
