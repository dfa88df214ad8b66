using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WeChatPay.Invocation;
using WeChatPay.Keys;
using WeChatPay.Runtime.Tests.Core;

namespace WeChatPay.Runtime.Tests.Models;

/// <summary>The rows of vectors/06 that are signed with the merchant's RSA key, and H5; <see cref="ApiV2InvocationVectorTests"/> has the others.</summary>
public sealed class InvocationVectorTests
{
    private static readonly JsonElement Rows = Load();
    private static readonly MerchantCredentials Merchant = MerchantCredentials.Create(VectorMerchant.Options());
    private static readonly WeChatPayInvocation Invocation = new(() => Merchant);

    private static string AppId => Rows.GetProperty("app").GetProperty("params").Text("appid");

    private static string PrepayId => Rows.GetProperty("app").GetProperty("params").Text("prepayid");

    [Theory]
    [VectorRows("06-client-invocation.json")]
    [InlineData("jsapi")]
    [InlineData("mini_program")]
    [InlineData("app")]
    [InlineData("jsapi_with_instalment")]
    public void Row(string name)
    {
        var row = Rows.GetProperty(name);
        var line = row.Text("message_utf8").Split('\n');
        var nonce = line[2];
        Assert.Equal((AppId, $"{TestMerchant.Now.ToUnixTimeSeconds()}"), (line[0], line[1]));
        var draft = name switch
        {
            "app" => PaymentDraft.ForApp(AppId, PrepayId, null, Merchant, nonce),
            "jsapi_with_instalment" => PaymentDraft.ForJsapi(
                AppId, PrepayId, [new("subsidy_period_type", "PERIOD"), new("selected_installment_number", "3")], Merchant, nonce),
            _ => PaymentDraft.ForJsapi(AppId, PrepayId, null, Merchant, nonce),
        };

        Assert.Equal(row.Text("message_utf8"), draft.Message);
        Assert.Equal(row.Text("message_sha256"), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(draft.Message))));
        Assert.Equal(row.Text("signature"), draft.Sign());
        var json = name switch
        {
            "jsapi" => new JsapiInvocation(draft, draft.Sign()).ToJson(),
            "mini_program" => new MiniProgramInvocation(draft, draft.Sign()).ToJson(),
            "app" => new AppInvocation(draft, draft.Sign()).ToJson(),
            _ => null,
        };
        if (json is not null)
            Assert.Equal(Members(row.GetProperty("params").GetRawText()), Members(json));
    }

    [Theory]
    [VectorRows("06-client-invocation.json")]
    [InlineData("h5")]
    public void H5_row(string name)
    {
        var row = Rows.GetProperty(name);
        Assert.Equal(row.Text("url"), Invocation.H5(row.Text("h5_url"), row.Text("redirect_url")));
    }

    [Fact]
    public async Task The_synchronous_and_the_asynchronous_forms_sign_alike()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        foreach (var jsapi in (JsapiInvocation[])[Invocation.Jsapi(AppId, PrepayId), await Invocation.JsapiAsync(AppId, PrepayId, null, cancellationToken)])
        {
            Assert.Equal((AppId, "1760000000", $"prepay_id={PrepayId}", "RSA"), (jsapi.AppId, jsapi.TimeStamp, jsapi.Package, jsapi.SignType));
            Assert.True(IsSigned($"{AppId}\n1760000000\n{jsapi.NonceStr}\nprepay_id={PrepayId}\n", jsapi.PaySign));
        }

        foreach (var mini in (MiniProgramInvocation[])[Invocation.MiniProgram(AppId, PrepayId), await Invocation.MiniProgramAsync(AppId, PrepayId, null, cancellationToken)])
            Assert.True(IsSigned($"{AppId}\n1760000000\n{mini.NonceStr}\nprepay_id={PrepayId}\n", mini.PaySign));

        foreach (var app in (AppInvocation[])[Invocation.App(AppId, PrepayId), await Invocation.AppAsync(AppId, PrepayId, null, cancellationToken)])
        {
            Assert.Equal(("Sign=WXPay", Merchant.MerchantId), (app.Package, app.Partnerid));
            Assert.True(IsSigned($"{AppId}\n1760000000\n{app.Noncestr}\n{PrepayId}\n", app.Sign));
        }

        Assert.Equal("1900000009", Invocation.App(AppId, PrepayId, "1900000009").Partnerid);
        Assert.NotEqual(Invocation.Jsapi(AppId, PrepayId).NonceStr, Invocation.Jsapi(AppId, PrepayId).NonceStr);
    }

    [Fact]
    public void Any_serializer_gives_the_names_that_WeChat_wants()
    {
        var app = Invocation.App(AppId, PrepayId);
        Assert.Equal(Members(app.ToJson()), Members(JsonSerializer.Serialize(app)));
        var jsapi = Invocation.Jsapi(AppId, PrepayId);
        Assert.Equal(Members(jsapi.ToJson()), Members(JsonSerializer.Serialize(jsapi)));
        var mini = Invocation.MiniProgram(AppId, PrepayId);
        Assert.Equal(Members(mini.ToJson()), Members(JsonSerializer.Serialize(mini)));
    }

    [Theory]
    [InlineData("", "wx1")]
    [InlineData("wx0000000000000001", "")]
    [InlineData("wx0000000000000001", "a\nb")]
    [InlineData("wx0000000000000001", "a&b=1")]
    [InlineData("wx0000000000000001", "中")]
    public void What_would_sign_something_else_is_refused(string appId, string prepayId)
    {
        Assert.Throws<ArgumentException>(() => Invocation.Jsapi(appId, prepayId));
        Assert.Throws<ArgumentException>(() => Invocation.MiniProgram(appId, prepayId));
        Assert.Throws<ArgumentException>(() => Invocation.App(appId, prepayId));
    }

    [Theory]
    [InlineData("", "https://example.com/")]
    [InlineData("https://wx.tenpay.com/x", "javascript:alert(1)")]
    [InlineData("https://wx.tenpay.com/x", "/relative")]
    public void H5_takes_web_addresses_only(string h5Url, string redirectUrl) => Assert.Throws<ArgumentException>(() => Invocation.H5(h5Url, redirectUrl));

    [Fact]
    public void A_merchant_transfer_is_confirmed_with_what_its_answer_said()
    {
        const string Package = "affffddafdfafddffda==";
        var transfer = Invocation.MerchantTransfer(AppId, Package);
        Assert.Equal([("mchId", Merchant.MerchantId), ("appId", AppId), ("package", Package)], Members(transfer.ToJson()));
        Assert.Equal(Members(transfer.ToJson()), Members(JsonSerializer.Serialize(transfer)));
        Assert.Equal("requestMerchantTransfer", transfer.BusinessType);
        Assert.Equal($"mchId={Merchant.MerchantId}&appId={AppId}&package=affffddafdfafddffda%3D%3D", transfer.ToAppQuery());

        var partner = Invocation.MerchantTransfer(AppId, Package, "oUser", "1900000109", "wx0000000000000009");
        Assert.Equal(
            [("mchId", Merchant.MerchantId), ("appId", AppId), ("package", Package), ("openId", "oUser"), ("subMchId", "1900000109"), ("subAppId", "wx0000000000000009")],
            Members(partner.ToJson()));
        Assert.Equal(Members(partner.ToJson()), Members(JsonSerializer.Serialize(partner)));
        Assert.Throws<ArgumentException>(() => Invocation.MerchantTransfer(AppId, ""));
        Assert.Throws<ArgumentException>(() => Invocation.MerchantTransfer(AppId, "a&mchId=1900000009"));
    }

    [Fact]
    public async Task A_key_outside_of_the_process_signs_asynchronously_only()
    {
        var options = VectorMerchant.Options();
        options.MerchantKey = new Vault(Merchant.Key);
        options.MerchantPrivateKey = null;
        var credentials = MerchantCredentials.Create(options);
        var invocation = new WeChatPayInvocation(() => credentials);

        Assert.Throws<NotSupportedException>(() => invocation.Jsapi(AppId, PrepayId));
        var jsapi = await invocation.JsapiAsync(AppId, PrepayId, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(IsSigned($"{AppId}\n1760000000\n{jsapi.NonceStr}\nprepay_id={PrepayId}\n", jsapi.PaySign));
    }

    internal static List<(string Name, string? Value)> Members(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(member => (member.Name, member.Value.GetString()))];
    }

    private static bool IsSigned(string message, string signature)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestMerchant.KeyText("merchant_private_pkcs8.pem"));
        return rsa.VerifyData(Encoding.UTF8.GetBytes(message), Convert.FromBase64String(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    internal static JsonElement Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Vectors.PathOf("06-client-invocation.json")));
        return document.RootElement.Clone();
    }

    private sealed class Vault(IMerchantKey inner) : IMerchantKey
    {
        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) => inner.SignAsync(message, cancellationToken);

        public ValueTask<byte[]> DecryptOaepAsync(ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
